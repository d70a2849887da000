/** What a caller may hand to a store; anything else is a fault of the program and throws a RangeError. */
import type { Watched, Writes } from './store.ts'

const keyPattern = /^[a-z0-9_-]+:[a-z0-9_:-]+$/
const keyCharactersMax = 200
const writerPattern = /^[A-Za-z0-9_.:-]{1,200}$/
/** Ten years: beyond it an expiry is a mistake. */
const ttlMsMax = 315_576_000_000

export const isKey = (key: string): boolean =>
  key.length <= keyCharactersMax && keyPattern.test(key)
export const isWriter = (writer: string): boolean => writerPattern.test(writer)

export function checkKey(key: string): void {
  if (isKey(key)) return
  throw new RangeError(
    `key ${quoted(key)}: group:rest of a-z, 0-9, "_", ":" and "-", at most ${keyCharactersMax} characters`,
  )
}

export function checkWriter(writer: string): void {
  if (isWriter(writer)) return
  throw new RangeError(`writer ${quoted(writer)}: 1 to 200 letters, digits, "_", ".", ":" and "-"`)
}

/** A lone surrogate would come back as another character from where text is kept as UTF-8. */
export function checkValue(value: string): void {
  if (/\p{Surrogate}/u.test(value)) throw new RangeError('a value must be well-formed Unicode')
}

export function checkTtl(ttlMs: number): void {
  if (Number.isSafeInteger(ttlMs) && ttlMs >= 1 && ttlMs <= ttlMsMax) return
  throw new RangeError(`ttl ${ttlMs}: whole milliseconds from 1 to ${ttlMsMax}`)
}

export const groupOf = (key: string): string => key.slice(0, key.indexOf(':'))

export function checkWatched({ values, parts }: Watched): void {
  const keys = [...values, ...parts]
  for (const key of keys) checkKey(key)
  if (keys.length === 0) throw new RangeError('a transaction needs a key to watch')
  if (new Set(keys).size !== keys.length) throw new RangeError('a key is watched once')
  if (new Set(keys.map(groupOf)).size !== 1)
    throw new RangeError('the keys of a transaction share one group')
}

/** Of a group that was checked before: what is written stands beside what was watched. */
export function checkWrites({ set = [], drop = [] }: Writes, group: string): void {
  const keys = [...set.map(({ key }) => key), ...drop]
  for (const key of keys) {
    checkKey(key)
    if (groupOf(key) !== group)
      throw new RangeError(`key ${quoted(key)}: the keys of a transaction share one group`)
  }
  if (new Set(keys).size !== keys.length) throw new RangeError('a key is written once')
  for (const { value, ttlMs } of set) {
    checkValue(value)
    checkTtl(ttlMs)
  }
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, keyCharactersMax))
