/**
 * Numbers the words of all phrases, so that an answer's words are looked up once and compared as
 * numbers afterwards. A word may be given whole, by its beginning or by its end.
 */

import { NumberSet } from './model/number-set.ts'

export type WordMatch = 'exact' | 'prefix' | 'suffix'

/** What a word is to the phrases: its number, 0 when no phrase has it whole. */
export interface PhraseWord {
  readonly exact: number
  /** Numbers of beginnings and ends that fit, for the few words that have any. */
  readonly wild: readonly number[] | undefined
}

const unknown: PhraseWord = { exact: 0, wild: undefined }

/** Steps are numbered in 16 bits beside a UTF-16 unit. */
const stepsMax = 0xffff

/** Beginnings (or ends) of words as a tree of characters, the outermost at its root. */
class Affixes {
  readonly #isPrefix: boolean
  /** A step has the number of the one before it and the character in it; it is known by its place. */
  readonly #steps = new NumberSet()
  /** The affix that is complete with a step; by the step's number, from 1. */
  readonly #ids: (number | undefined)[] = [undefined]

  constructor(isPrefix: boolean) {
    this.#isPrefix = isPrefix
  }

  /** The step from another to the character so far from the outer end. */
  #key(step: number, text: string, depth: number): number {
    return (step << 16) | text.charCodeAt(this.#isPrefix ? depth : text.length - 1 - depth)
  }

  add(text: string, id: number): void {
    let step = 0
    for (let depth = 0; depth < text.length; depth++) {
      const key = this.#key(step, text, depth)
      if (this.#steps.add(key)) this.#ids.push(undefined)
      step = this.#steps.indexOf(key) + 1
    }
    if (step > stepsMax) throw new Error(`too many beginnings or ends of words at "${text}"`)
    this.#ids[step] = id
  }

  /** Those of two characters and more come first, in the order they were added. */
  find(token: string, found: number[] | undefined): number[] | undefined {
    let ids = found
    let ofOne: number | undefined
    const from = found?.length ?? 0
    let step = 0
    for (let depth = 0; depth < token.length; depth++) {
      step = this.#steps.indexOf(this.#key(step, token, depth)) + 1
      if (step === 0) break
      const id = this.#ids[step]
      if (id === undefined) continue
      if (depth === 0) ofOne = id
      else if (ids === undefined) ids = [id]
      else insert(ids, id, from)
    }
    if (ofOne === undefined) return ids
    return ids === undefined ? [ofOne] : [...ids, ofOne]
  }
}

/** Puts an id among those behind `from`, in rising order: that is the order they were given out in. */
const insert = (ids: number[], id: number, from: number): void => {
  let at = ids.length
  while (at > from && (ids[at - 1] ?? 0) > id) at--
  ids.splice(at, 0, id)
}

export class Vocabulary {
  readonly #exact = new Map<string, number>()
  /** Words of one character, by its code: all of Chinese, Japanese and Thai. */
  readonly #single = new Int32Array(0x10000)
  /** By what is numbered, written so that the three kinds cannot meet. */
  readonly #wild = new Map<string, number>()
  readonly #prefixes = new Affixes(true)
  readonly #suffixes = new Affixes(false)
  /** Words with a number of their own that were looked up, by that number. */
  #known: (PhraseWord | undefined)[] = []
  #size = 1

  /** Numbers in use lie below this. */
  get size(): number {
    return this.#size
  }

  add(text: string, match: WordMatch): number {
    const ids = match === 'exact' ? this.#exact : this.#wild
    const key = match === 'exact' ? text : `${match} ${text}`
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = this.#size++
    ids.set(key, id)
    if (match === 'exact' && text.length === 1) this.#single[text.charCodeAt(0)] = id
    if (match === 'prefix') this.#prefixes.add(text, id)
    if (match === 'suffix') this.#suffixes.add(text, id)
    return id
  }

  look(token: string): PhraseWord {
    const single = token.length === 1
    const exact = (single ? this.#single[token.charCodeAt(0)] : this.#exact.get(token)) ?? 0
    if (exact === 0) {
      const wild = this.#wildOf(token)
      return wild === undefined ? unknown : { exact, wild }
    }
    // Another word may be a beginning or an end of those known.
    if (this.#known.length !== this.#size) this.#known = Array.from({ length: this.#size })
    const known = this.#known[exact] ?? { exact, wild: this.#wildOf(token) }
    this.#known[exact] = known
    return known
  }

  #wildOf(token: string): number[] | undefined {
    return this.#suffixes.find(token, this.#prefixes.find(token, undefined))
  }
}
