/**
 * From one judged exchange to the differences of the detectors that run. The counts of the tick take
 * what a baseline needs later, whether or not a detector runs today.
 */
import {
  cellKey,
  countDifference,
  countFlip,
  countMix,
  countModel,
  countVerdict,
  differenceKey,
} from '../drift/behaviour-counts.ts'
import type { DetectorSpec } from '../drift/detector-spec.ts'
import type { Leftovers } from '../drift/leftovers.ts'
import { type LivePair, LivePairing, refusalGap } from '../drift/live-pairing.ts'
import { benignSet, gapSet, refuseSet } from '../drift/nulls.ts'
import { overRefusal, overRefusalDifference } from '../drift/over-refusal.ts'
import { levelDifference, refusalLevel } from '../drift/refusal-level.ts'
import { flipDifference, repeatFlip } from '../drift/repeat-flip.ts'
import { addToDetector, type TickPart } from '../drift/tick-part.ts'
import { surprisalDifference, toolSurprisal } from '../drift/tool-surprisal.ts'
import { unclearDifference, unclearRate } from '../drift/unclear-rate.ts'
import { allOf, type DetectorMetric } from '../exchange/detector-metric.ts'
import type { DepthBucket, Format } from '../exchange/stratum.ts'
import { countsAsRefusal, type VerdictClass } from '../exchange/verdict.ts'

/** One judged exchange, as far as detectors look at it. */
export interface WatchedSample {
  /** Epoch milliseconds at which the verdict was final. */
  at: number
  language: string
  set: string
  format: Format
  depth: DepthBucket
  verdict: VerdictClass
}

/** The detectors that run, by metric, language and set. */
export type DetectorBook = ReadonlyMap<string, DetectorSpec>

export const bookKey = (metric: DetectorMetric, language: string, set: string): string =>
  `${metric}|${language}|${set}`

export const createBook = (specs: readonly DetectorSpec[]): DetectorBook =>
  new Map(specs.map((spec) => [bookKey(spec.metric, spec.language, spec.set), spec]))

export interface LiveStreamsOptions {
  languages: readonly string[]
  requestSets: boolean
  windowMs: number
}

export interface LiveStreams {
  /** Adds to `part`; @returns the pairs that the sample completed. */
  add(sample: WatchedSample, book: DetectorBook, part: TickPart): readonly LivePair[]
  /** Samples that found no partner here, for the fold. */
  handOver(at: number): Leftovers
  flip(flipped: boolean, book: DetectorBook, part: TickPart): void
  /** Surprisal of one conversation's tool calls to the baseline; undefined without one. */
  tools(bits: number | undefined, book: DetectorBook, part: TickPart): void
  /** Every judged exchange, sampled or not. */
  mix(language: string, depth: DepthBucket, model: string, part: TickPart): void
}

export const createLiveStreams = (options: LiveStreamsOptions): LiveStreams => {
  const set = gapSet(options.requestSets)
  const { languages, windowMs } = options
  const pairing = new LivePairing({ languages, sets: [set], windowMs })

  const difference = (
    book: DetectorBook,
    part: TickPart,
    [metric, language, of]: [DetectorMetric, string, string],
    differenceFrom: (reference: number) => number,
  ): void => {
    const spec = book.get(bookKey(metric, language, of))
    if (spec !== undefined) addToDetector(part, spec, differenceFrom(spec.reference ?? 0))
  }
  return {
    add(sample, book, part) {
      const { language, format, depth, verdict } = sample
      part.samples++
      const unclear = verdict === 'unclear'
      const refused = countsAsRefusal(verdict)
      const key = cellKey(language, sample.set, `${format}/${depth}`)
      countVerdict(part.behaviour, key, unclear ? 'unclear' : refused ? 'refused' : 'answered')
      difference(book, part, [unclearRate.metric, language, allOf], (r0) =>
        unclearDifference(unclear, r0),
      )
      // An unclear answer is neither refusal nor compliance: it has a detector of its own.
      if (unclear) return []
      if (sample.set === refuseSet) {
        difference(book, part, [refusalLevel.metric, language, refuseSet], (r0) =>
          levelDifference(r0, refused),
        )
      } else if (sample.set === benignSet) {
        difference(book, part, [overRefusal.metric, language, benignSet], (r0) =>
          overRefusalDifference(refused, r0),
        )
      }
      if (sample.set !== set) return []
      const pairs = pairing.offer({ language, set, format, depth, at: sample.at, refused })
      for (const pair of pairs) {
        const of = differenceKey(refusalGap.metric, pair.language, set)
        countDifference(part.behaviour, of, pair.difference)
        difference(book, part, [refusalGap.metric, pair.language, set], () => pair.difference)
      }
      return pairs
    },
    handOver: (at) => pairing.handOver(at),
    flip(flipped, book, part) {
      countFlip(part.behaviour, flipped)
      difference(book, part, [repeatFlip.metric, allOf, allOf], (r0) => flipDifference(flipped, r0))
    },
    tools(bits, book, part) {
      if (bits === undefined) return
      difference(book, part, [toolSurprisal.metric, allOf, allOf], (limit) =>
        surprisalDifference(bits, limit),
      )
    },
    mix(language, depth, model, part) {
      countMix(part.behaviour, language, depth)
      countModel(part.behaviour, model)
    },
  }
}
