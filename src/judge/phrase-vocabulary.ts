/**
 * Numbers the words of all phrases, so that an answer's words are looked up once and compared as
 * numbers afterwards. A word may be given whole, by its beginning or by its end.
 */

export type WordMatch = 'exact' | 'prefix' | 'suffix'

/** What a word is to the phrases: its number, 0 when no phrase has it whole. */
export interface PhraseWord {
  readonly exact: number
  /** Numbers of beginnings and ends that fit, for the few words that have any. */
  readonly wild: readonly number[] | undefined
}

const unknown: PhraseWord = { exact: 0, wild: undefined }

/** Two UTF-16 units as one number. */
const pairOf = (first: number, second: number): number => (first << 16) | second

/** Beginnings (or ends) by their two outermost characters, or the only one. */
class Affixes {
  readonly #isPrefix: boolean
  readonly #byOne = new Map<number, [text: string, id: number][]>()
  readonly #byTwo = new Map<number, [text: string, id: number][]>()
  /** 1 where some affix has this character at the outer end: most words are told by it. */
  readonly #outer = new Uint8Array(0x10000)

  constructor(isPrefix: boolean) {
    this.#isPrefix = isPrefix
  }

  /** The character so far from the outer end. */
  #code(text: string, depth: number): number {
    return text.charCodeAt(this.#isPrefix ? depth : text.length - 1 - depth)
  }

  add(text: string, id: number): void {
    const outer = this.#code(text, 0)
    this.#outer[outer] = 1
    const [map, key] =
      text.length === 1 ? [this.#byOne, outer] : [this.#byTwo, pairOf(outer, this.#code(text, 1))]
    const known = map.get(key)
    if (known === undefined) map.set(key, [[text, id]])
    else known.push([text, id])
  }

  find(token: string, found: number[] | undefined): number[] | undefined {
    const outer = this.#code(token, 0)
    if (this.#outer[outer] !== 1) return found
    if (token.length === 1) return this.#collect(this.#byOne.get(outer), token, found)
    const two = this.#byTwo.get(pairOf(outer, this.#code(token, 1)))
    return this.#collect(this.#byOne.get(outer), token, this.#collect(two, token, found))
  }

  #collect(
    known: readonly [text: string, id: number][] | undefined,
    token: string,
    found: number[] | undefined,
  ): number[] | undefined {
    if (known === undefined) return found
    let ids = found
    for (const [text, id] of known) {
      const fits = this.#isPrefix ? token.startsWith(text) : token.endsWith(text)
      if (!fits) continue
      if (ids === undefined) ids = [id]
      else ids.push(id)
    }
    return ids
  }
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
