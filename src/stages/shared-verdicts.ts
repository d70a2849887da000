/**
 * The live judge's verdicts of a day, of all replicas that share a store: what the gauges of corrected
 * rates are made from.
 */
import type { VerdictCount } from '../aggregate/corrected-rates.ts'
import { VerdictCounts } from '../aggregate/verdict-counts.ts'
import { isCount, readList } from '../drift/stored-values.ts'
import { type PromptSet, promptSets } from '../metrics/domains.ts'
import { createSharedHours, type HourlySums, type SharedHoursOptions } from './shared-hours.ts'

export interface SharedVerdictsOptions
  extends Omit<SharedHoursOptions<VerdictCounts>, 'sums' | 'hours'> {
  /** What is reported: replicas that are configured otherwise may know more. */
  languages: ReadonlySet<string>
}

export interface SharedVerdicts {
  add(verdict: { language: string; set: PromptSet; family: string; isRefusal: boolean }): void
  /** Of the last 24 clock hours. */
  counts(): VerdictCount<PromptSet>[]
  /** To be called again and again; looks at the store now and then. */
  step(): Promise<void>
}

const hours = 24
const keysMax = 2000

export function createSharedVerdicts(options: SharedVerdictsOptions): SharedVerdicts {
  const { languages, clock } = options
  const window = createSharedHours({ ...options, hours, sums: verdictCounts })
  return {
    add({ isRefusal, ...name }) {
      window.own(clock.now())?.add([{ ...name, refused: isRefusal ? 1 : 0, n: 1 }])
    },
    counts() {
      const total = new VerdictCounts(Number.POSITIVE_INFINITY)
      for (const { rows } of window.all()) total.add(rows)
      return total.rows.flatMap((row) => {
        const set = promptSets.find((one) => one === row.set)
        return set === undefined || !languages.has(row.language) ? [] : [{ ...row, set }]
      })
    },
    step: () => window.step(),
  }
}

function readRow(row: unknown): VerdictCount | undefined {
  if (!Array.isArray(row) || row.length !== 5) return undefined
  const [language, set, family, refused, n] = row as unknown[]
  if (typeof language !== 'string' || typeof set !== 'string') return undefined
  if (typeof family !== 'string' || !isCount(refused) || !isCount(n) || refused > n)
    return undefined
  return { language, set, family, refused, n }
}

const verdictCounts: HourlySums<VerdictCounts> = {
  empty: () => new VerdictCounts(keysMax),
  add: (to, more) => to.add(more.rows),
  rowsOf: ({ rows }) =>
    rows.map(({ language, set, family, refused, n }) => [language, set, family ?? '', refused, n]),
  read(rows) {
    const counts = readList(rows, readRow, keysMax)
    if (counts === undefined) return undefined
    const sums = new VerdictCounts(keysMax)
    sums.add(counts)
    return sums
  },
}
