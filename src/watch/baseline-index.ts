/** Which baselines are pinned, and which one the nulls are learned from. */
import { baselineNameForm } from '../drift/baseline.ts'
import { fieldsOf, parseJson } from '../drift/stored-values.ts'

export interface BaselineIndex {
  /** Oldest pin first. */
  names: readonly string[]
  active: string | undefined
}

const version = 1
export const baselinesMax = 100
export const emptyIndex: BaselineIndex = { names: [], active: undefined }

export const indexText = ({ names, active }: BaselineIndex): string =>
  JSON.stringify({ version, names, active })

const isName = (value: unknown): value is string =>
  typeof value === 'string' && baselineNameForm.test(value)

export const readIndex = (text: string): BaselineIndex | undefined => {
  const fields = fieldsOf(parseJson(text))
  const names = fields?.get('names')
  const active = fields?.get('active')
  if (fields?.get('version') !== version || !Array.isArray(names)) return undefined
  if (names.length > baselinesMax || !names.every(isName)) return undefined
  if (active !== undefined && !(isName(active) && names.includes(active))) return undefined
  return { names, active }
}
