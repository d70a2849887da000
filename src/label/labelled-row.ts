/** One answer with a label given by a person: a line of the files that judges are measured on. */
import type { Turn } from '../exchange/exchange.ts'
import { historyOf } from './history.ts'
import { fieldsOf } from './json-line.ts'

export const labels = ['comply', 'refuse', 'partial'] as const
export type Label = (typeof labels)[number]

export interface LabelledRow {
  prompt: string
  /** Oldest first, the prompt's turn included. */
  turns: Turn[]
  response: string
  label: Label
  lang: string | undefined
  model: string | undefined
  /** Who gave the label. */
  labeller: string | undefined
}

export type ParsedRow = { ok: true; row: LabelledRow } | { ok: false; why: string }

const optionalText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string'

export const parseRow = (line: string): ParsedRow => {
  const fields = fieldsOf(line)
  if (typeof fields === 'string') return { ok: false, why: fields }
  const prompt = fields.get('prompt')
  const response = fields.get('response')
  const label = labels.find((known) => known === fields.get('label'))
  const lang = fields.get('lang')
  const model = fields.get('model')
  const labeller = fields.get('labeller')
  if (typeof prompt !== 'string') return { ok: false, why: '"prompt" is not a string' }
  if (typeof response !== 'string') return { ok: false, why: '"response" is not a string' }
  if (label === undefined) {
    return { ok: false, why: `"label" is not one of ${labels.join(', ')}` }
  }
  const turns = historyOf(fields.get('messages'), prompt)
  if (turns === undefined) return { ok: false, why: '"messages" is not a list of {role, content}' }
  if (!optionalText(lang)) return { ok: false, why: '"lang" is not a string' }
  if (!optionalText(model)) return { ok: false, why: '"model" is not a string' }
  if (!optionalText(labeller)) return { ok: false, why: '"labeller" is not a string' }
  return { ok: true, row: { prompt, turns, response, label, lang, model, labeller } }
}
