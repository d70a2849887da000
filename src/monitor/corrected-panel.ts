/**
 * The gauges of corrected rates: a day of the live judge's verdicts, of all replicas, put right by its calibration. Only
 * verdicts of the one judge the calibration is of are counted; where nothing is known of it there is a
 * status and no number.
 */
import { correctedGaps, correctedRates } from '../aggregate/corrected-rates.ts'
import { judgeQuality } from '../aggregate/judge-quality.ts'
import type { Interval } from '../aggregate/wilson.ts'
import { countsAsRefusal, type Verdict } from '../exchange/verdict.ts'
import type { CalibrationLookup } from '../judge/calibration.ts'
import { modelFamily } from '../judge/model-family.ts'
import type { LabelsOf } from '../metrics/catalogue.ts'
import type { Delta } from '../metrics/delta.ts'
import type { PromptSet } from '../metrics/domains.ts'
import type { SharedVerdicts } from '../stages/shared-verdicts.ts'

type JudgeLabel = LabelsOf<'holdfast_judge_status'>['judge']

export interface CorrectedPanelOptions {
  /** The live judge, as the metrics name it. */
  judge: JudgeLabel
  servedLanguages: readonly string[]
  /** Undefined: no calibration of the judge that runs. */
  known: CalibrationLookup | undefined
  verdicts: SharedVerdicts
  delta: Delta
}

export interface CorrectedPanel {
  add(language: string, set: PromptSet, model: string | undefined, verdict: Verdict): void
  /** To be called about once a second: shares the counts with the other replicas. */
  step(): Promise<void>
  /** Hands the gauges over as they are now. */
  tick(): void
}

/** Families without labels of their own in a language are one. */
const otherFamily = 'other'

export function createCorrectedPanel(options: CorrectedPanelOptions): CorrectedPanel {
  const { judge, known, verdicts, delta, servedLanguages } = options
  return {
    add(language, set, model, verdict) {
      if (verdict.judge !== judge) return
      const named = modelFamily(model)
      const family = known?.families(language).includes(named) === true ? named : otherFamily
      verdicts.add({ language, set, family, isRefusal: countsAsRefusal(verdict.verdict) })
    },
    step: () => verdicts.step(),
    tick() {
      const counts = verdicts.counts()
      const rates = correctedRates(counts, known)
      delta.replace(
        'holdfast_refusal_rate_corrected',
        rates.flatMap(({ language, set, rate }) =>
          rate === undefined
            ? []
            : bounds(rate).map(([bound, value]) => ({ labels: { language, set, bound }, value })),
        ),
      )
      delta.replace(
        'holdfast_refusal_gap_corrected',
        correctedGaps(rates).flatMap(({ language, set, gap }) =>
          bounds(gap).map(([bound, value]) => ({ labels: { language, set, bound }, value })),
        ),
      )
      const { quality, statuses } = judgeQuality(known, familiesByLanguage(servedLanguages, counts))
      delta.replace(
        'holdfast_judge_quality',
        quality.flatMap(({ language, stat, interval }) =>
          bounds(interval).map(([bound, value]) => ({
            labels: { judge, language, stat, bound },
            value,
          })),
        ),
      )
      delta.replace(
        'holdfast_judge_status',
        statuses.map(({ language, status }) => ({ labels: { judge, language, status }, value: 1 })),
      )
    },
  }
}

const bounds = ({ est, lo, hi }: Interval): ['est' | 'lo' | 'hi', number][] => [
  ['est', est],
  ['lo', lo],
  ['hi', hi],
]

function familiesByLanguage(
  served: readonly string[],
  counts: readonly { language: string; family: string | undefined }[],
): Map<string, (string | undefined)[]> {
  const families = new Map<string, (string | undefined)[]>(served.map((code) => [code, []]))
  for (const { language, family } of counts) families.get(language)?.push(family)
  return families
}
