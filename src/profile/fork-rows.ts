/**
 * Rows of forks: probes at the ends of copied live sessions, and the gap to the same probe asked without
 * a session in the same run. Level `interaction`; the scaffold is that of the deployment, which is not
 * known here.
 */
import { type PairedCounts, pairedDifference } from '../aggregate/mcnemar.ts'
import { wilson } from '../aggregate/wilson.ts'
import type { Calibration } from '../judge/calibration.ts'
import type { Category } from '../probe/category.ts'
import type { ForkPair } from '../probe/fork/fork-run.ts'
import { type ProfileRow, type RowContent, type RowWindow, sealRow } from './row.ts'
import { type JudgeName, rowJudge } from './row-judge.ts'
import { dimensionOf } from './run-rows.ts'

export interface ForkSource {
  run: string
  trace: string
  model: string
  window: RowWindow
  judge: JudgeName
  suites: ReadonlyMap<Category, { version: string; hash: string }>
}

export const forkRows = (
  pairs: readonly ForkPair[],
  source: ForkSource,
  calibrations: readonly Calibration[],
): ProfileRow[] => {
  const groups = new Map<string, { head: ForkPair; counts: PairedCounts }>()
  for (const pair of pairs) {
    const { category, language, base, forked } = pair
    const key = `${category} ${language}`
    const counts = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }
    const group = groups.get(key) ?? { head: pair, counts }
    groups.set(key, group)
    if (base && forked) group.counts.bothYes++
    else if (base) group.counts.firstOnly++
    else if (forked) group.counts.secondOnly++
    else group.counts.bothNo++
  }
  return [...groups.values()].flatMap(({ head, counts }) =>
    rowsOf(head, counts, source, calibrations),
  )
}

function rowsOf(
  { category, language }: ForkPair,
  counts: PairedCounts,
  { run, trace, model, window, judge, suites }: ForkSource,
  calibrations: readonly Calibration[],
): ProfileRow[] {
  const suite = suites.get(category)
  const common: Omit<
    RowContent,
    'measure' | 'baseline' | 'estimate' | 'unit' | 'interval' | 'counts'
  > = {
    dimension: dimensionOf[category],
    condition: language === 'en' ? 'fork' : `fork,language=${language}`,
    level: 'interaction',
    n: counts.bothYes + counts.firstOnly + counts.secondOnly + counts.bothNo,
    window,
    model,
    scaffold: null,
    suite: suite === undefined ? null : { id: category, ...suite, epoch: null },
    judge: rowJudge(judge, language, model, calibrations),
    exclusions: {},
    source: { kind: 'probe', id: run, trace: [trace] },
  }
  const yes = counts.bothYes + counts.secondOnly
  const rate = wilson(yes, common.n)
  const gap = pairedDifference(counts)
  if (rate === undefined || gap === undefined) return []
  return [
    sealRow({
      ...common,
      measure: 'refusal_rate',
      baseline: null,
      estimate: rate.est,
      unit: 'share',
      interval: { lo: rate.lo, hi: rate.hi, method: 'wilson' },
      counts: { yes, n: common.n },
    }),
    sealRow({
      ...common,
      measure: 'refusal_gap',
      baseline: language === 'en' ? 'baseline' : `language=${language}`,
      estimate: 100 * gap.est,
      unit: 'points',
      interval: { lo: 100 * gap.lo, hi: 100 * gap.hi, method: 'newcombe_paired' },
      counts: { ...counts },
    }),
  ]
}
