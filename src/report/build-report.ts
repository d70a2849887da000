/** From what was read to the report: pure, and the same for the same input. */
import { checkClaims } from '../claims/check-claims.ts'
import { interactionRows } from '../profile/interaction-rows.ts'
import { isoTime } from '../profile/iso-time.ts'
import { liveRows } from '../profile/live-rows.ts'
import { sortRows } from '../profile/profile-file.ts'
import type { ProfileRow } from '../profile/row.ts'
import { runRows } from '../profile/run-rows.ts'
import { between } from '../profile/segments.ts'
import { changesIn } from './changes.ts'
import { clauses } from './clauses.ts'
import { coverageOf } from './coverage.ts'
import { deltasIn } from './deltas.ts'
import { withId } from './entry-id.ts'
import { episodesIn } from './episodes.ts'
import { findingsOf, headlineOf } from './findings.ts'
import { incidentsIn } from './incidents.ts'
import { methods } from './method.ts'
import { replay } from './replay.ts'
import type { JudgeEntry, Report } from './report-document.ts'
import { type ReportInput, ticksOf } from './report-input.ts'
import { evidenceSeries, movementsIn, rateSeries } from './weeks.ts'

export const profileOf = (input: ReportInput): ProfileRow[] => {
  const { history, interaction, runs, rows, calibrations } = input
  const live = history === undefined ? [] : liveOf(history, input)
  const turns =
    interaction === undefined
      ? []
      : interactionRows(interaction.counts, { window: null, origin: interaction.origin })
  const ofRuns = runs.flatMap((run) => runRows(run, calibrations))
  return sortRows([...live, ...turns, ...ofRuns, ...rows])
}

const liveOf = (
  { history, origin }: NonNullable<ReportInput['history']>,
  input: ReportInput,
): ProfileRow[] => {
  const { settings, records } = history
  const { first, last } = ticksOf(input, settings.tickMs)
  const source = { ...settings, records: between(records, first, last), origin }
  return liveRows(source, input.calibrations)
}

export const buildReport = (input: ReportInput): Report => {
  const profile = profileOf(input)
  const claims = checkClaims(input.claims, profile)
  const live = input.history === undefined ? undefined : livePart(input, input.history, profile)
  const ticks = live?.ticks
  const changes = changesIn(input, profile, ticks)
  const coverage = live?.coverage ?? null
  const incidents = incidentsIn(input, coverage)
  const episodes = live?.episodes ?? []
  const deltas = live?.deltas ?? []
  const movements = live?.movements ?? []
  const findings = findingsOf({
    episodes,
    deltas,
    movements,
    coverage,
    changes,
    incidents,
    claims,
  })
  return {
    format: 'holdfast-report',
    version: 1,
    period: { from: isoTime(input.from), to: isoTime(input.to) },
    inputs: input.files.map(({ name, sha256, holds }) => ({ name, sha256, holds })),
    summary: { headline: headlineOf(findings, coverage), findings },
    profile,
    claims,
    episodes,
    deltas,
    movements,
    coverage,
    judges: judgesOf(profile),
    changes,
    incidents,
    replay: live?.check ?? null,
    series: live?.series ?? [],
    method: [...methods],
    reproduce: [
      input.command,
      `${input.command} --explain ID`,
      'holdfast evidence --help: from an episode to the exchanges behind it, where evidence is kept',
    ],
    clauses: [...clauses],
  }
}

const livePart = (
  input: ReportInput,
  { history, origin }: NonNullable<ReportInput['history']>,
  profile: readonly ProfileRow[],
) => {
  const { first, last } = ticksOf(input, history.settings.tickMs)
  const ticks = { first, last }
  const until = { ...history, records: history.records.filter(({ tick }) => tick <= last) }
  const replayed = replay(until)
  const { detectors, checked, agrees, threshold } = replayed
  return {
    ticks,
    episodes: episodesIn(replayed, until, ticks, origin),
    deltas: deltasIn(until, ticks, origin),
    movements: movementsIn(until, ticks, origin),
    coverage: coverageOf({
      history: until,
      origin,
      ticks,
      replayed,
      profile,
      calibrations: input.calibrations,
    }),
    series: [...rateSeries(until, ticks), ...evidenceSeries(replayed, until, ticks)],
    check: withId('replay', { detectors: detectors.length, checked, agrees, threshold }),
  }
}

/** Each judge in each language that it gave rows of. */
const judgesOf = (profile: readonly ProfileRow[]): JudgeEntry[] => {
  const found = new Map<string, Omit<JudgeEntry, 'id'>>()
  for (const { judge, condition } of profile) {
    if (judge === null) continue
    const language =
      /(?:^|,)language=([^,]+)/.exec(condition)?.[1] ??
      (condition === 'baseline' ? 'en' : 'several')
    const { id, version, standing, sensitivity, specificity } = judge
    const key = JSON.stringify([id, version, language, standing, sensitivity, specificity])
    const known = found.get(key)
    found.set(key, {
      judge: id,
      version,
      language,
      standing,
      sensitivity,
      specificity,
      rows: (known?.rows ?? 0) + 1,
    })
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => withId('judge', entry))
}
