/** Items of one request: the refusal core, factual questions, code, grounding, verification. */
import type { Fields } from '../fields.ts'
import { plainProbe } from '../probe.ts'
import {
  type Item,
  type ItemContext,
  type ReadItem,
  readCommon,
  readItemScoring,
  readTexts,
} from './item-context.ts'

/** What an item carries for people and tests beside its request. */
const readExtras = (fields: Fields, keys: readonly string[]): void => {
  for (const key of keys) fields.node(key)
}

const single =
  (textKeys: readonly string[], extras: readonly string[]): ReadItem =>
  (fields: Fields, id: string, context: ItemContext): Item | undefined => {
    const common = readCommon(fields, context)
    const scoring = readItemScoring(fields, context)
    readExtras(fields, extras)
    const key = textKeys.find((name) => fields.has(name)) ?? textKeys[0] ?? 'text'
    const texts = readTexts(fields, id, key, context)
    if (common === undefined || scoring === undefined || texts === undefined) return undefined
    const probe = plainProbe({
      id,
      ...common,
      category: context.category,
      language: 'en',
      scoring,
      ...texts,
      depths: context.depths,
      instruction: scoring.scorer === 'yes_no' ? context.instruction : undefined,
    })
    return { kind: 'probe', probe }
  }

export const refusalCoreItem = single(['text'], [])
export const factualItem = single(
  ['question', 'text'],
  ['truth', 'style', 'code_language', 'careless', 'careful'],
)
export const groundingItem = single(['text'], ['missing'])
export const verificationItem = single(['text'], [])
