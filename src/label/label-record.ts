/**
 * One label as it is stored: a line that `eval judge` reads as it stands, with who gave it and for
 * which item.
 */
import type { LabelItem } from './item.ts'
import { fieldsOf } from './json-line.ts'
import { type Label, labels } from './labelled-row.ts'

export interface LabelRecord {
  item: string
  labeller: string
  label: Label
}

export type ParsedRecord = { ok: true; record: LabelRecord } | { ok: false; why: string }

export const parseRecord = (line: string): ParsedRecord => {
  const fields = fieldsOf(line)
  if (typeof fields === 'string') return { ok: false, why: fields }
  const item = fields.get('item')
  const labeller = fields.get('labeller')
  const label = labels.find((known) => known === fields.get('label'))
  if (typeof item !== 'string') return { ok: false, why: '"item" is not a string' }
  if (typeof labeller !== 'string') return { ok: false, why: '"labeller" is not a string' }
  if (label === undefined) return { ok: false, why: `"label" is not one of ${labels.join(', ')}` }
  return { ok: true, record: { item, labeller, label } }
}

/** With its line end. */
export const recordLine = (item: LabelItem, label: Label, labeller: string, at: string): string =>
  `${JSON.stringify({
    item: item.id,
    labeller,
    label,
    lang: item.lang,
    model: item.model,
    at,
    prompt: item.prompt,
    response: item.response,
  })}\n`
