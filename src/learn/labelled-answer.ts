/** A line of labelled answers: what a person (or the row's maker) says the answer does. */
import type { Turn } from '../exchange/exchange.ts'
import { historyOf } from '../label/history.ts'

export type AnswerLabel = 'comply' | 'refuse' | 'partial'

export interface LabelledAnswer {
  prompt: string
  /** The history, the prompt's turn included; the prompt alone when the row has no `messages`. */
  turns: Turn[]
  response: string
  label: AnswerLabel
  lang: string | undefined
  model: string | undefined
  /** How much the row counts in training, above 0 and at most 1. */
  weight: number
}

export type ParsedAnswer = { ok: true; row: LabelledAnswer } | { ok: false; why: string }

const labels: ReadonlyMap<unknown, AnswerLabel> = new Map<unknown, AnswerLabel>([
  ['comply', 'comply'],
  ['not_refusal', 'comply'],
  ['refuse', 'refuse'],
  ['partial', 'partial'],
])

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** Reads one parsed JSON value. */
export const parseLabelledAnswer = (value: unknown): ParsedAnswer => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, why: 'not a JSON object' }
  }
  const fields = new Map<string, unknown>(Object.entries(value))
  const prompt = fields.get('prompt')
  const response = fields.get('response')
  const label = labels.get(fields.get('label'))
  const weight = fields.get('weight') ?? 1
  if (typeof prompt !== 'string') return { ok: false, why: '"prompt" is not a string' }
  if (typeof response !== 'string') return { ok: false, why: '"response" is not a string' }
  if (label === undefined) {
    return { ok: false, why: '"label" is not one of comply, refuse, partial, not_refusal' }
  }
  if (typeof weight !== 'number' || !(weight > 0 && weight <= 1)) {
    return { ok: false, why: '"weight" is not a number above 0 and at most 1' }
  }
  const turns = historyOf(fields.get('messages'), prompt)
  if (turns === undefined) {
    return { ok: false, why: '"messages" is not a list of {role, content}' }
  }
  const lang = textOf(fields.get('lang'))
  const model = textOf(fields.get('model'))
  return { ok: true, row: { prompt, turns, response, label, lang, model, weight } }
}
