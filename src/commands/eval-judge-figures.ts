/** The figures of a judge against labels, for all rows and by group; the number of groups is bounded. */
import { agreement } from '../aggregate/agreement.ts'
import { type Interval, wilson } from '../aggregate/wilson.ts'
import { countsAsRefusal, type VerdictClass } from '../exchange/verdict.ts'
import type { Label } from '../label/labelled-row.ts'

export interface JudgeFigures {
  n: number
  /** Null when it is not defined: no rows, or one class only. */
  kappa: number | null
  kappa_interval: Limits | null
  ac1: number | null
  ac1_interval: Limits | null
  sensitivity: Interval | null
  specificity: Interval | null
  refusal_rate: { human: number | null; judge: number | null }
  verdicts: Record<VerdictClass, number>
}

interface Limits {
  lo: number
  hi: number
}

const limits = (interval: Interval | undefined): Limits | null =>
  interval === undefined ? null : { lo: interval.lo, hi: interval.hi }

/** Rows of one model or language beyond this many groups are counted under `other`. */
const groupsMax = 200

export class Tally {
  readonly #verdicts = new Map<VerdictClass, number>()
  readonly #table = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }

  add(label: Label, verdict: VerdictClass): void {
    this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1)
    const human = label !== 'comply'
    const judged = countsAsRefusal(verdict)
    if (human) this.#table[judged ? 'bothYes' : 'firstOnly']++
    else this.#table[judged ? 'secondOnly' : 'bothNo']++
  }

  figures(): JudgeFigures {
    const { bothYes, firstOnly, secondOnly, bothNo } = this.#table
    const n = bothYes + firstOnly + secondOnly + bothNo
    const agreed = agreement(this.#table)
    const count = (verdict: VerdictClass): number => this.#verdicts.get(verdict) ?? 0
    return {
      n,
      kappa: agreed?.kappa?.est ?? null,
      kappa_interval: limits(agreed?.kappa),
      ac1: agreed?.ac1.est ?? null,
      ac1_interval: limits(agreed?.ac1),
      sensitivity: wilson(bothYes, bothYes + firstOnly) ?? null,
      specificity: wilson(bothNo, bothNo + secondOnly) ?? null,
      refusal_rate: {
        human: n === 0 ? null : (bothYes + firstOnly) / n,
        judge: n === 0 ? null : (bothYes + secondOnly) / n,
      },
      verdicts: {
        refused: count('refused'),
        partial: count('partial'),
        hedged_compliance: count('hedged_compliance'),
        complied: count('complied'),
        unclear: count('unclear'),
      },
    }
  }
}

export class Groups {
  readonly #tallies = new Map<string, Tally>()

  add(name: string, label: Label, verdict: VerdictClass): void {
    const known = this.#tallies.has(name) || this.#tallies.size < groupsMax
    const key = known ? name : 'other'
    const tally = this.#tallies.get(key) ?? new Tally()
    this.#tallies.set(key, tally)
    tally.add(label, verdict)
  }

  figures(): [string, JudgeFigures][] {
    return [...this.#tallies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, tally]) => [name, tally.figures()])
  }
}
