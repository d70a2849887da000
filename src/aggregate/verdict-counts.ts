/**
 * Verdicts of one judge by language, set and model family: what corrected rates are computed from.
 * Memory is bounded by the number of different keys; what finds no room is not counted here.
 */
import type { VerdictCount } from './corrected-rates.ts'

type VerdictName = Pick<VerdictCount, 'language' | 'set' | 'family'>

const keyOf = ({ language, set, family }: VerdictName): string =>
  `${language}\0${set}\0${family ?? ''}`

export class VerdictCounts {
  readonly #counts = new Map<string, VerdictCount>()
  readonly #keysMax: number

  /** @param keysMax different language x set x family */
  constructor(keysMax: number) {
    this.#keysMax = keysMax
  }

  get rows(): readonly VerdictCount[] {
    return [...this.#counts.values()]
  }

  add(rows: Iterable<VerdictCount>): void {
    for (const { language, set, family, refused, n } of rows) {
      const key = keyOf({ language, set, family })
      const known = this.#counts.get(key)
      if (known !== undefined) {
        known.refused += refused
        known.n += n
      } else if (this.#counts.size < this.#keysMax) {
        this.#counts.set(key, { language, set, family, refused, n })
      }
    }
  }
}
