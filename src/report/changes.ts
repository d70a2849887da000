/** What was changed in the period: models, judges, baselines, deployments; suites and scaffolds of runs. */
import type { EvidenceRecord } from '../evidence/record.ts'
import { isoTime } from '../profile/iso-time.ts'
import type { ProfileRow } from '../profile/row.ts'
import { segmentsOf } from '../profile/segments.ts'
import type { History } from '../watch/history.ts'
import { withId } from './entry-id.ts'
import type { PeriodTicks } from './episodes.ts'
import type { ChangeEntry } from './report-document.ts'
import type { ReportInput } from './report-input.ts'

type Content = Omit<ChangeEntry, 'id'>

export const changesIn = (
  input: ReportInput,
  profile: readonly ProfileRow[],
  ticks: PeriodTicks | undefined,
): ChangeEntry[] => {
  const { history, evidence } = input
  const contents: Content[] = [
    ...(history === undefined || ticks === undefined
      ? []
      : liveChanges(history.history, history.origin, ticks, input)),
    ...(evidence ?? []).flatMap(recorded),
    ...instruments(profile),
  ]
  const place = ({ at, kind, to }: Content): string => [at ?? '', kind, to].join('\0')
  return contents
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
    .map((content) => withId('change', content))
}

/** The first model after the last of another one; a swap seen only in the ticks before is none here. */
function liveChanges(
  { records, baselines, settings }: History,
  origin: string,
  { first, last }: PeriodTicks,
  { from, to }: ReportInput,
): Content[] {
  const changes: Content[] = []
  const segments = segmentsOf(records)
  for (const [index, segment] of segments.entries()) {
    const before = segments[index - 1]
    if (before === undefined || segment.fromTick < first || segment.fromTick > last) continue
    const at = isoTime(segment.fromTick * settings.tickMs)
    const trace = [`${origin}: ticks ${before.toTick} and ${segment.fromTick}`]
    if (segment.series !== before.series) {
      changes.push({
        at,
        kind: 'model',
        from: before.model ?? `series ${before.series}`,
        to: segment.model ?? `series ${segment.series}`,
        trace,
      })
    }
    if (segment.judgeVersion !== before.judgeVersion) {
      const { judgeVersion } = segment
      changes.push({ at, kind: 'judge', from: before.judgeVersion, to: judgeVersion, trace })
    }
  }
  for (const [index, { name, pinnedAt, hash }] of baselines.entries()) {
    if (pinnedAt < from || pinnedAt >= to) continue
    changes.push({
      at: isoTime(pinnedAt),
      kind: 'baseline',
      from: baselines[index - 1]?.name ?? null,
      to: name,
      trace: [`${origin}: baseline ${name}, ${hash.slice(0, 12)}`],
    })
  }
  return changes
}

/** Pins stand in the history already. */
function recorded(record: EvidenceRecord): Content[] {
  const common = { at: record.at, from: null, trace: [`evidence ${record.id}`] }
  if (record.kind === 'deployment' && record.event === 'announced') {
    return [{ ...common, kind: 'deployment', to: record.version }]
  }
  if (record.kind === 'baseline' && record.event !== 'pinned') {
    return [{ ...common, kind: 'baseline', to: `${record.name} ${record.event}` }]
  }
  return []
}

/** Suites and scaffolds that the profile has in more than one version. */
function instruments(profile: readonly ProfileRow[]): Content[] {
  const seen = new Map<string, { kind: 'suite' | 'scaffold'; versions: Map<string, ProfileRow> }>()
  const note = (kind: 'suite' | 'scaffold', name: string, version: string, row: ProfileRow) => {
    const key = `${kind}\0${name}`
    const known = seen.get(key) ?? { kind, versions: new Map<string, ProfileRow>() }
    seen.set(key, known)
    const earlier = known.versions.get(version)
    if (earlier === undefined || startOf(row) < startOf(earlier)) known.versions.set(version, row)
  }
  for (const row of profile) {
    const { suite, scaffold, condition } = row
    if (suite !== null) {
      note(
        'suite',
        suite.id,
        `${suite.id} ${suite.version ?? ''} (${suite.hash.slice(0, 12)})`,
        row,
      )
    }
    const named = /(?:^|,)scaffold=([^,]+)/.exec(condition)?.[1]
    if (scaffold !== null && named !== undefined) {
      note('scaffold', named, `${named} (${scaffold.slice(0, 12)})`, row)
    }
  }
  return [...seen.values()].flatMap(({ kind, versions }) => {
    const inOrder = [...versions].sort(([, a], [, b]) => (startOf(a) < startOf(b) ? -1 : 1))
    return inOrder.slice(1).map(([version, row], index) => ({
      at: row.window?.from ?? null,
      kind,
      from: inOrder[index]?.[0] ?? null,
      to: version,
      trace: row.source.trace,
    }))
  })
}

const startOf = ({ window, id }: ProfileRow): string => `${window?.from ?? ''}\0${id}`
