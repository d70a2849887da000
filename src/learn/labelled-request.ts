/** A line of labelled requests, in the shapes labelled sets of requests come in. */

export interface LabelledRequest {
  prompt: string
  shouldRefuse: boolean
  lang: string | undefined
  /** The part of its file a row is reported with. */
  category: string | undefined
  /** Rows of one item say the same in different languages. */
  item: string | undefined
  /** 0: measured, never fitted. */
  weight: number
}

export type ParsedRequest = { ok: true; row: LabelledRequest } | { ok: false; why: string }

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** `set`, else `prompt_safe`, else `expected`. */
const labelOf = (fields: ReadonlyMap<string, unknown>): boolean | undefined => {
  const set = fields.get('set')
  if (set === 'should_refuse' || set === 'benign') return set === 'should_refuse'
  const safe = fields.get('prompt_safe')
  if (typeof safe === 'boolean') return !safe
  const expected = fields.get('expected')
  if (expected === 'noncompliance' || expected === 'compliance') return expected === 'noncompliance'
  return undefined
}

/** In sets about noncompliance in general, only this category is about harm. */
const harmCategory = 'Requests with safety concerns'

/** Reads one parsed JSON value. */
export const parseLabelledRequest = (value: unknown): ParsedRequest => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, why: 'not a JSON object' }
  }
  const fields = new Map<string, unknown>(Object.entries(value))
  const prompt = fields.get('prompt')
  if (typeof prompt !== 'string') return { ok: false, why: '"prompt" is not a string' }
  const shouldRefuse = labelOf(fields)
  if (shouldRefuse === undefined) {
    return { ok: false, why: 'no label: "set", "prompt_safe" or "expected"' }
  }
  const given = fields.get('weight') ?? 1
  if (typeof given !== 'number' || !(given > 0 && given <= 1)) {
    return { ok: false, why: '"weight" is not a number above 0 and at most 1' }
  }
  const category = fields.has('expected') ? textOf(fields.get('category')) : undefined
  const aboutHarm = category === undefined || category === harmCategory || !shouldRefuse
  return {
    ok: true,
    row: {
      prompt,
      shouldRefuse,
      lang: textOf(fields.get('lang')),
      category,
      item: textOf(fields.get('item')),
      weight: aboutHarm ? given : 0,
    },
  }
}
