/**
 * Anchor and fresh scores apart, and their gap. A system that has been tuned on what it is asked does
 * better on the anchors than on items it has not met: anchor less fresh, surely above 0, is the signal
 * of that. Detectors take anchors alone.
 */
import { newcombe } from '../../aggregate/newcombe.ts'
import { type Interval, wilson } from '../../aggregate/wilson.ts'
import type { Part } from './rotation.ts'

export interface PartScore {
  passed: number
  n: number
  /** Undefined without an answer that could be read. */
  rate: Interval | undefined
}

export interface OverfitReport {
  anchor: PartScore
  fresh: PartScore
  /** Pass rate of anchors less that of fresh items; undefined when a side is empty. */
  gap: Interval | undefined
  /** The whole interval of the gap is above 0. */
  overfit: boolean
  /** Of both kinds, left out of the scores. */
  unscored: number
}

/** @param outcomes of different items; `passed` undefined: the answer could not be read */
export function overfitReport(
  outcomes: Iterable<{ id: string; passed: boolean | undefined }>,
  partOf: (id: string) => Part,
): OverfitReport {
  const counts = { anchor: { passed: 0, n: 0 }, fresh: { passed: 0, n: 0 } }
  let unscored = 0
  for (const { id, passed } of outcomes) {
    if (passed === undefined) {
      unscored++
      continue
    }
    const count = counts[partOf(id).kind]
    count.n++
    if (passed) count.passed++
  }
  const { anchor, fresh } = counts
  const gap = newcombe(
    { successes: anchor.passed, trials: anchor.n },
    { successes: fresh.passed, trials: fresh.n },
  )
  return {
    anchor: { ...anchor, rate: wilson(anchor.passed, anchor.n) },
    fresh: { ...fresh, rate: wilson(fresh.passed, fresh.n) },
    gap,
    overfit: gap !== undefined && gap.lo > 0,
    unscored,
  }
}
