/** Episodes of drift with what was seen in them: rates, gaps, and whether the mix explains the rate. */
import { type BehaviourCounts, cellName, differenceKey } from '../drift/behaviour-counts.ts'
import { allOf } from '../exchange/detector-metric.ts'
import { isoTime } from '../profile/iso-time.ts'
import { meanDifference } from '../profile/live-rows.ts'
import { between, sumOf } from '../profile/segments.ts'
import type { History } from '../watch/history.ts'
import { withId } from './entry-id.ts'
import { movementOf } from './movement.ts'
import type { Replay, ReplayedEpisode } from './replay.ts'
import type { Episode } from './report-document.ts'

export interface PeriodTicks {
  first: number
  last: number
}

/** Those that were open at some time of the period. */
export const episodesIn = (
  { episodes, threshold }: Replay,
  history: History,
  { first, last }: PeriodTicks,
  origin: string,
): Episode[] =>
  episodes
    .filter(
      ({ openedTick, closedTick }) =>
        openedTick <= last && (closedTick === undefined || closedTick >= first),
    )
    .map((episode) => episodeOf(episode, history, last, threshold, origin))

const weekMs = 7 * 86_400_000

function episodeOf(
  episode: ReplayedEpisode,
  { settings, records, baselines }: History,
  last: number,
  threshold: number,
  origin: string,
): Episode {
  const { spec, beganTick, openedTick, series, judgeVersion } = episode
  const { tickMs } = settings
  const start = (tick: number): string => isoTime(tick * tickMs)
  const end = (tick: number): string => isoTime((tick + 1) * tickMs)
  // What came after the detector was quiet for long is no part of what set it off.
  const quietFrom =
    episode.closedBy === 'quiet' && episode.closedTick !== undefined
      ? Math.max(openedTick, episode.closedTick - settings.episodeQuietTicks)
      : (episode.closedTick ?? last + 1) - 1
  const until = Math.min(last, Math.max(openedTick, quietFrom))
  const sameInstrument = records.filter(
    (record) => record.series === series && record.judgeVersion === judgeVersion,
  )
  const during = sumOf(between(sameInstrument, beganTick, until))
  const baseline =
    episode.baseline ??
    baselines.findLast(
      (one) => one.pinnedAt <= openedTick * tickMs && one.judgeVersion === judgeVersion,
    )
  const weekBefore = between(sameInstrument, beganTick - Math.ceil(weekMs / tickMs), beganTick - 1)
  const before = baseline?.behaviour ?? (weekBefore.length === 0 ? undefined : sumOf(weekBefore))
  const movement =
    before === undefined || spec.language === allOf || spec.set === allOf
      ? undefined
      : movementOf(before, during, spec.language, spec.set)
  const gap =
    spec.metric === 'refusal_gap'
      ? during.differences.get(differenceKey(spec.metric, spec.language, spec.set))
      : undefined
  const gapMean = gap === undefined ? undefined : meanDifference(gap)
  const hundredfold = (value: number): number => 100 * value
  return withId('episode', {
    metric: spec.metric,
    language: spec.language,
    set: spec.set,
    null: spec.null,
    source: spec.source,
    g0: spec.wager.g0,
    reference: spec.reference ?? null,
    baseline: baseline?.name ?? null,
    series,
    judge: judgeVersion,
    began_at: start(beganTick),
    opened_at: end(openedTick),
    closed_at: episode.closedTick === undefined ? null : end(episode.closedTick),
    closed_by: episode.closedBy ?? null,
    crossings: episode.crossings,
    threshold,
    during: { from: start(beganTick), to: end(until), ...countsOf(during, spec) },
    before: before === undefined ? null : countsOf(before, spec),
    gap_points:
      gapMean === undefined
        ? null
        : {
            est: hundredfold(gapMean.est),
            lo: hundredfold(gapMean.lo),
            hi: hundredfold(gapMean.hi),
            n: gapMean.n,
          },
    change:
      movement?.change === undefined
        ? null
        : {
            whole: movement.change.whole,
            mix: movement.change.mix,
            behaviour: movement.change.behaviour,
          },
    within_cells_points: movement?.withinCells ?? null,
    // Pairs are of one cell each: no shift of the mix over cells moves them.
    reading: spec.metric === 'refusal_gap' ? 'behaviour' : (movement?.reading ?? 'unknown'),
    trace: [
      `${origin}: ticks ${beganTick} to ${until}`,
      ...(baseline === undefined
        ? weekBefore.length === 0
          ? []
          : [`before: the week up to tick ${beganTick - 1}`]
        : [`before: baseline ${baseline.name}, ${baseline.hash.slice(0, 12)}`]),
      `detector ${spec.id}`,
    ],
  } satisfies Omit<Episode, 'id'>)
}

const countsOf = (
  behaviour: BehaviourCounts,
  { language, set }: { language: string; set: string },
): { n: number; refused: number; unclear: number } => {
  const sum = { n: 0, refused: 0, unclear: 0 }
  for (const [key, { judged, refused, unclear }] of behaviour.cells) {
    const name = cellName(key)
    if (language !== allOf && name.language !== language) continue
    if (set !== allOf && name.set !== set) continue
    sum.n += judged
    sum.refused += refused
    sum.unclear += unclear
  }
  return sum
}
