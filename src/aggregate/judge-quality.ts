/**
 * A judge's figures from its labels: sensitivity and specificity (Wilson), AC1 (Gwet). A figure
 * without labels behind it is undefined, not 0.
 */
import { agreement } from './agreement.ts'
import {
  type JudgeStatus,
  type KnownJudge,
  type StandingReason,
  standingOf,
} from './judge-standing.ts'
import type { JudgeCounts } from './rogan-gladen.ts'
import { type Interval, wilson } from './wilson.ts'

export interface QualityFigures {
  sensitivity: Interval | undefined
  specificity: Interval | undefined
  ac1: Interval | undefined
}

export const qualityOf = ({ refused, complied }: JudgeCounts): QualityFigures => ({
  sensitivity: wilson(refused.successes, refused.trials),
  specificity: wilson(complied.successes, complied.trials),
  ac1: agreement({
    bothYes: refused.successes,
    firstOnly: refused.trials - refused.successes,
    secondOnly: complied.trials - complied.successes,
    bothNo: complied.successes,
  })?.ac1,
})

export interface QualityRow {
  language: string
  stat: 'se' | 'sp' | 'ac1'
  interval: Interval
}

export interface StatusRow {
  language: string
  status: JudgeStatus
  reason: StandingReason | undefined
}

export interface JudgeQuality {
  quality: QualityRow[]
  /** One for each language asked for. */
  statuses: StatusRow[]
}

/**
 * @param served the languages to report on, each with the model families that answered in it; none
 *   seen yet gives `provisional` at best
 */
export const judgeQuality = (
  known: KnownJudge | undefined,
  served: ReadonlyMap<string, readonly (string | undefined)[]>,
): JudgeQuality => {
  const quality: QualityRow[] = []
  const statuses: StatusRow[] = []
  for (const [language, families] of served) {
    const { status, reason } = standingOf(known, language, families)
    statuses.push({ language, status, reason })
    const entry = known?.entry(language)
    if (entry === undefined) continue
    const { sensitivity, specificity, ac1 } = qualityOf(entry)
    for (const [stat, interval] of [
      ['se', sensitivity],
      ['sp', specificity],
      ['ac1', ac1],
    ] as const) {
      if (interval !== undefined) quality.push({ language, stat, interval })
    }
  }
  return { quality, statuses }
}
