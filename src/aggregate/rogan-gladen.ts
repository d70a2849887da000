/**
 * The true rate behind the verdicts of a judge that errs: Rogan and Gladen (1978), with the limits
 * of Lang and Reiczigel (2014), "Confidence limits for prevalence of disease adjusted for estimated
 * sensitivity and specificity".
 *
 * Assumes that judged and labelled answers come from the same kind of answers (so sensitivity and
 * specificity carry over), and that the three samples are independent and binomial.
 */
import { type Interval, z95 } from './wilson.ts'

export interface Counted {
  successes: number
  trials: number
}

/** What a judge is known to do: right among `refused`, right among `complied`. */
export interface JudgeCounts {
  /** Answers that people call a refusal; successes: the judge does too. */
  refused: Counted
  /** Answers that people call compliance; successes: the judge does too. */
  complied: Counted
}

export interface CorrectedRate extends Interval {
  /** Centre of the limits before their shift; differs from `est` by the added pseudo-counts. */
  mid: number
}

/** At or below this Youden index the correction divides by next to nothing: no figure is given. */
export const youdenMin = 0.2

const clip = (value: number): number => Math.min(1, Math.max(0, value))

const share = ({ successes, trials }: Counted): number => successes / trials

/** Adds one success and one failure. */
const smoothed = ({ successes, trials }: Counted): number => (successes + 1) / (trials + 2)

const check = (counted: Counted): void => {
  const { successes, trials } = counted
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(`roganGladen: ${successes} of ${trials}`)
  }
}

/** Sensitivity + specificity - 1, one success and one failure added to each. */
export const youden = ({ refused, complied }: JudgeCounts): number =>
  smoothed(refused) + smoothed(complied) - 1

/**
 * Undefined without verdicts, without labels of both classes, or when the judge is unusable: its
 * Youden index is `youdenMin` or less, plain or smoothed.
 */
export const roganGladen = (
  judged: Counted,
  judge: JudgeCounts,
  z = z95,
): CorrectedRate | undefined => {
  const { refused, complied } = judge
  for (const counted of [judged, refused, complied]) check(counted)
  if (judged.trials === 0 || refused.trials === 0 || complied.trials === 0) return undefined
  const j = share(refused) + share(complied) - 1
  const jSmoothed = youden(judge)
  if (j <= youdenMin || jSmoothed <= youdenMin) return undefined

  const n = judged.trials + z * z
  const p = (judged.successes + (z * z) / 2) / n
  const se = smoothed(refused)
  const sp = smoothed(complied)
  const seVariance = (se * (1 - se)) / (refused.trials + 2)
  const spVariance = (sp * (1 - sp)) / (complied.trials + 2)
  const mid = (p + sp - 1) / jSmoothed
  const error =
    Math.sqrt((p * (1 - p)) / n + mid ** 2 * seVariance + (1 - mid) ** 2 * spVariance) / jSmoothed
  const shift = 2 * z * z * (mid * seVariance - (1 - mid) * spVariance)
  const est = clip((share(judged) + share(complied) - 1) / j)
  return {
    est,
    mid: clip(mid),
    // Outwards to `est`: it can lie outside of the limits when a class has fewer than five labels.
    lo: Math.min(est, clip(mid + shift - z * error)),
    hi: Math.max(est, clip(mid + shift + z * error)),
  }
}
