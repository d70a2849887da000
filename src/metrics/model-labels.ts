/**
 * Model names come from requests and responses, so anyone can invent them. Only those of the
 * allow-list become labels; without one, the first few seen do. All the others are `other`.
 */
import { scrub } from '../scrub.ts'
import { otherValue, unknownModel } from './initial-series.ts'

/** Printable ASCII without a space at either end. */
const form = /^[!-~](?:[ -~]{0,126}[!-~])?$/

export interface ModelPolicy {
  models: readonly string[]
  modelsAutoMax: number
}

export function createModelLabels({
  models,
  modelsAutoMax,
}: ModelPolicy): (model: string) => string {
  const listed = new Set(models)
  const seen = new Set<string>([otherValue, unknownModel])
  const reserved = seen.size
  return (model) => {
    if (listed.has(model) || seen.has(model)) return model
    if (listed.size > 0 || seen.size - reserved >= modelsAutoMax) return otherValue
    // A label is read by many: a name with a credential or a line end in it stays out.
    if (!form.test(model) || scrub(model) !== model) return otherValue
    seen.add(model)
    return model
  }
}
