/**
 * Names of suites, scaffolds, judges and their versions come from files, from the configuration and from
 * a store. So many different ones become label values, in a form that is safe to read; the rest are
 * `other`.
 */
import { scrub } from '../scrub.ts'
import { otherValue } from './initial-series.ts'

/** Printable ASCII without a space at either end. */
const form = /^[!-~](?:[ -~]{0,126}[!-~])?$/

/** Of one label, while the process lives. */
export const instrumentNamesMax = 100

export function createInstrumentLabels(): (name: string) => string {
  const seen = new Set<string>()
  return (name) => {
    if (seen.has(name)) return name
    if (seen.size >= instrumentNamesMax) return otherValue
    if (!form.test(name) || scrub(name) !== name) return otherValue
    seen.add(name)
    return name
  }
}
