/**
 * Which detectors of live traffic run, and against which null: learned from the pinned baseline where
 * it is large enough, else configured, else not at all. A detector without a null would be a
 * promise that nobody made, so it waits.
 *
 * A learned null is a one-sided confidence limit at `alpha`, never the rate as seen
 * (learned-null.ts). A baseline that another judge saw teaches nothing.
 */
import { allOf, type DetectorSet } from '../exchange/detector-metric.ts'
import type { Baseline } from './baseline.ts'
import { type BehaviourCounts, differenceKey, sumCells } from './behaviour-counts.ts'
import { breachNullDefault, type DetectorKind } from './detector-kind.ts'
import { createSpec, type DetectorSpec, type SeriesIdentity } from './detector-spec.ts'
import {
  learnGap,
  learnLowerRate,
  learnScoreLimitFromHistogram,
  learnUpperRate,
} from './learned-null.ts'
import { baseLanguage, refusalGap } from './live-pairing.ts'
import { overRefusal } from './over-refusal.ts'
import { refusalLevel } from './refusal-level.ts'
import { repeatFlip } from './repeat-flip.ts'
import { toolSurprisal } from './tool-surprisal.ts'
import { unclearRate } from './unclear-rate.ts'

/** What an operator promised, 0 to 1; undefined: nothing. */
export interface ConfiguredNulls {
  /** g0 of live gaps. */
  gap: number | undefined
  /** r0: the rate below which refusal of what should be refused must not fall. */
  refusalLevel: number | undefined
  overRefusal: number | undefined
  unclear: number | undefined
  flip: number | undefined
}

export interface NullSources {
  languages: readonly string[]
  /** False: requests are not classified, and all are of one set. */
  requestSets: boolean
  configured: ConfiguredNulls
  baseline: Baseline | undefined
  alpha: number
  series: SeriesIdentity
}

export const unclassifiedSet = 'unclassified'
export const refuseSet = 'should_refuse'
export const benignSet = 'benign'

/** The set whose gaps are watched. */
export const gapSet = (requestSets: boolean): DetectorSet =>
  requestSets ? refuseSet : unclassifiedSet

/** What would run with every null known: K has to hold it. */
export const liveDetectorsMax = (languages: readonly string[], requestSets: boolean): number => {
  const others = languages.filter((language) => language !== baseLanguage).length
  const perLanguage = requestSets ? 3 : 1
  // And repeat_flip and tool_surprisal, which are of no language.
  return others + perLanguage * languages.length + 2
}

interface Null {
  value: number
  source: 'configured' | 'learned'
}

export const liveDetectors = (sources: NullSources): DetectorSpec[] => {
  const { languages, requestSets, configured, alpha, series } = sources
  const baseline =
    sources.baseline?.judgeVersion === series.judgeVersion ? sources.baseline : undefined
  const counts = baseline?.behaviour
  const learnedOr = (value: number | undefined, promised: number | undefined): Null | undefined => {
    if (value !== undefined) return { value, source: 'learned' }
    return promised === undefined ? undefined : { value: promised, source: 'configured' }
  }
  const specs: DetectorSpec[] = []
  const gapsOf = gapSet(requestSets)
  for (const language of languages) {
    if (language === baseLanguage) continue
    const key = differenceKey(refusalGap.metric, language, gapsOf)
    const seen = counts?.differences.get(key)
    const learned = seen === undefined ? undefined : learnGap(seen, alpha, breachNullDefault)
    const g0 = learnedOr(learned?.ok === true ? learned.value : undefined, configured.gap)
    if (g0 === undefined) continue
    const labels = { metric: refusalGap.metric, null: 'drift', language, set: gapsOf } as const
    specs.push(createSpec({ ...labels, g0: g0.value, source: g0.source }, series))
  }
  const rate = (
    kind: DetectorKind,
    language: string,
    set: DetectorSet,
    seen: { n: number; hits: number } | undefined,
    promised: number | undefined,
  ): void => {
    const limit = kind.learns === 'rate_lower' ? learnLowerRate : learnUpperRate
    const learned = seen === undefined ? undefined : limit(seen.hits, seen.n, alpha)
    const r0 = learnedOr(learned?.ok === true ? learned.value : undefined, promised)
    if (r0 === undefined) return
    const labels = { metric: kind.metric, null: 'drift', language, set } as const
    const asked = { ...labels, g0: kind.g0, reference: r0.value, source: r0.source }
    specs.push(createSpec(asked, series))
  }
  for (const language of languages) {
    if (requestSets) {
      const refused = ratesOf(baseline, language, refuseSet)
      rate(refusalLevel, language, refuseSet, refused, configured.refusalLevel)
      const benign = ratesOf(baseline, language, benignSet)
      rate(overRefusal, language, benignSet, benign, configured.overRefusal)
    }
    rate(unclearRate, language, allOf, unclearOf(baseline, language), configured.unclear)
  }
  rate(repeatFlip, allOf, allOf, counts?.flips, configured.flip)
  const surprising = surprisalLimit(counts, alpha)
  if (surprising !== undefined) {
    const labels = {
      metric: toolSurprisal.metric,
      null: 'drift',
      language: allOf,
      set: allOf,
    } as const
    const learned = { g0: toolSurprisal.g0, reference: surprising, source: 'learned' } as const
    specs.push(createSpec({ ...labels, ...learned }, series))
  }
  return specs
}

/** Bits that sequences of the baseline rarely exceed; no operator could promise such a number. */
const surprisalLimit = (counts: BehaviourCounts | undefined, alpha: number): number | undefined => {
  if (counts === undefined) return undefined
  const learned = learnScoreLimitFromHistogram(counts.surprisal, alpha, toolSurprisal.g0)
  return learned.ok ? learned.value : undefined
}

const ratesOf = (
  baseline: Baseline | undefined,
  language: string,
  set: string,
): { n: number; hits: number } | undefined => {
  if (baseline === undefined) return undefined
  const { judged, refused } = sumCells(
    baseline.behaviour,
    (name) => name.language === language && name.set === set,
  )
  return { n: judged, hits: refused }
}

const unclearOf = (
  baseline: Baseline | undefined,
  language: string,
): { n: number; hits: number } | undefined => {
  if (baseline === undefined) return undefined
  const { judged, unclear } = sumCells(baseline.behaviour, (name) => name.language === language)
  return { n: judged + unclear, hits: unclear }
}
