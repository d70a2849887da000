/** Week by week: what moved in each language and set against the baseline, and series for the plots. */
import { wilson } from '../aggregate/wilson.ts'
import { sumCells } from '../drift/behaviour-counts.ts'
import type { DetectorSpec } from '../drift/detector-spec.ts'
import { liveCategories } from '../drift/fold.ts'
import { isoTime } from '../profile/iso-time.ts'
import { between, segmentsOf, sumOf } from '../profile/segments.ts'
import type { History } from '../watch/history.ts'
import { withId } from './entry-id.ts'
import type { PeriodTicks } from './episodes.ts'
import { movementOf } from './movement.ts'
import type { EvidencePoint, Replay } from './replay.ts'
import type { MovementEntry, Series } from './report-document.ts'

const dayMs = 86_400_000

/** From the end of the period back, so that the last week is a whole one. */
const stretches = ({ first, last }: PeriodTicks, length: number): [number, number][] => {
  const found: [number, number][] = []
  for (let end = last; end >= first; end -= length)
    found.unshift([Math.max(first, end - length + 1), end])
  return found
}

/**
 * Against the baseline pinned last before the week by the same judge, whatever the model: what moved is
 * told from who moved. Weeks without one are left out.
 */
export const movementsIn = (
  { records, baselines, settings }: History,
  ticks: PeriodTicks,
  origin: string,
): MovementEntry[] => {
  const { tickMs, languages } = settings
  return stretches(ticks, Math.ceil((7 * dayMs) / tickMs)).flatMap(([from, to]) => {
    // A week across a change of the model is two stretches: one figure would be of neither.
    return segmentsOf(between(records, from, to)).flatMap((segment) => {
      const baseline = baselines.findLast(
        (one) => one.toTick < segment.fromTick && one.judgeVersion === segment.judgeVersion,
      )
      if (baseline === undefined) return []
      return languages.flatMap((language) =>
        liveCategories.flatMap((set) => {
          const moved = movementOf(baseline.behaviour, segment.behaviour, language, set)
          if (moved.recent.n === 0) return []
          return withId('movement', {
            from: isoTime(segment.fromTick * tickMs),
            to: isoTime((segment.toTick + 1) * tickMs),
            language,
            set,
            reference: { name: baseline.name, ...moved.reference },
            n: moved.recent.n,
            refused: moved.recent.refused,
            whole_points: moved.change?.whole ?? null,
            mix_points: moved.change?.mix ?? null,
            behaviour_points: moved.change?.behaviour ?? null,
            within_cells_points: moved.withinCells ?? null,
            reading: moved.reading,
            trace: [
              `${origin}: ticks ${segment.fromTick} to ${segment.toTick}`,
              `against baseline ${baseline.name}, ${baseline.hash.slice(0, 12)}`,
            ],
          })
        }),
      )
    })
  })
}

/** Rates by day; days without a verdict have no value, so that a plot shows a hole and no line. */
export const rateSeries = ({ records, settings }: History, ticks: PeriodTicks): Series[] => {
  const { tickMs, languages } = settings
  const days = stretches(ticks, Math.max(1, Math.round(dayMs / tickMs))).map(([from, to]) => ({
    from,
    to,
    sum: sumOf(between(records, from, to)),
  }))
  return liveCategories.flatMap((set) =>
    languages.flatMap((language) => {
      const points = days.map(({ from, to, sum }) => {
        const { judged, refused } = sumCells(
          sum,
          (name) => name.language === language && name.set === set,
        )
        const rate = wilson(refused, judged)
        return {
          from: isoTime(from * tickMs),
          to: isoTime((to + 1) * tickMs),
          value: rate?.est ?? null,
          lo: rate?.lo ?? null,
          hi: rate?.hi ?? null,
          n: judged,
        }
      })
      if (points.every(({ n }) => n === 0)) return []
      return withId('series', {
        kind: 'refusal_rate' as const,
        language,
        set,
        metric: null,
        points,
      })
    }),
  )
}

/**
 * The most evidence of each day, of detectors that came at least half the way to an episode. A change of
 * model or baseline starts a new detector; those of one metric, language and set share a plot, as they
 * share a gauge.
 */
export const evidenceSeries = (
  { detectors }: Replay,
  { settings }: History,
  ticks: PeriodTicks,
): Series[] => {
  const { tickMs } = settings
  const days = stretches(ticks, Math.max(1, Math.round(dayMs / tickMs)))
  const groups = new Map<string, { spec: DetectorSpec; points: EvidencePoint[] }>()
  for (const { spec, points } of detectors) {
    const key = `${spec.metric}|${spec.language}|${spec.set}`
    const group = groups.get(key) ?? { spec, points: [] }
    groups.set(key, group)
    group.points.push(...points.filter(({ tick }) => tick >= ticks.first && tick <= ticks.last))
  }
  return [...groups.values()].flatMap(({ spec, points }) => {
    if (!points.some(({ ratio }) => ratio >= 0.5)) return []
    const shown = days.map(([from, to]) => {
      const ratios = points
        .filter(({ tick }) => tick >= from && tick <= to)
        .map(({ ratio }) => ratio)
      return {
        from: isoTime(from * tickMs),
        to: isoTime((to + 1) * tickMs),
        value: ratios.length === 0 ? null : Math.max(...ratios),
        lo: null,
        hi: null,
        n: ratios.length,
      }
    })
    const { language, set, metric } = spec
    return withId('series', { kind: 'evidence' as const, language, set, metric, points: shown })
  })
}
