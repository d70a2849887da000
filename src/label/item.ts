/** One answer to be labelled: a line of the file handed to `holdfast label`. */
import { createHash } from 'node:crypto'
import { fieldsOf } from './json-line.ts'

export interface LabelItem {
  /** Its `id`, or a hash of prompt and answer: the same item in every file and session. */
  id: string
  prompt: string
  response: string
  lang: string | undefined
  model: string | undefined
}

export type ParsedItem = { ok: true; item: LabelItem } | { ok: false; why: string }

const idCharsMax = 200

/** A label that the line may carry already is not read: nobody shall see it before their own. */
export const parseItem = (line: string): ParsedItem => {
  const fields = fieldsOf(line)
  if (typeof fields === 'string') return { ok: false, why: fields }
  const of = (name: string): unknown => fields.get(name)
  const [prompt, response, lang, model, id] = ['prompt', 'response', 'lang', 'model', 'id'].map(of)
  if (typeof prompt !== 'string') return { ok: false, why: '"prompt" is not a string' }
  if (typeof response !== 'string') return { ok: false, why: '"response" is not a string' }
  if (lang !== undefined && typeof lang !== 'string')
    return { ok: false, why: '"lang" is not a string' }
  if (model !== undefined && typeof model !== 'string') {
    return { ok: false, why: '"model" is not a string' }
  }
  if (id !== undefined && (typeof id !== 'string' || id === '' || id.length > idCharsMax)) {
    return { ok: false, why: `"id" is not a string of 1 to ${idCharsMax} characters` }
  }
  const own = createHash('sha256')
    .update(JSON.stringify([prompt, response]))
    .digest('hex')
  return { ok: true, item: { id: id ?? own.slice(0, 16), prompt, response, lang, model } }
}
