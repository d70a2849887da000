/** What befell the monitor itself: starts, restarts, what it could not judge or could not read. */
import type { EvidenceRecord } from '../evidence/record.ts'
import { isoTime } from '../profile/iso-time.ts'
import { withId } from './entry-id.ts'
import type { Coverage, Incident } from './report-document.ts'
import type { ReportInput } from './report-input.ts'

type Content = Omit<Incident, 'id'>

/** Drops of these stages are faults of the monitor or of its judge. */
const faultStages = new Set(['monitor', 'judge'])

export const incidentsIn = (
  { from, to, evidence }: ReportInput,
  coverage: Coverage | null,
): Incident[] => {
  const whole = { from: isoTime(from), to: isoTime(to) }
  const contents: Content[] = [
    ...(evidence ?? []).flatMap(recorded),
    ...(coverage?.gaps ?? []).map((gap) => ({
      from: gap.from,
      to: gap.to,
      what:
        gap.reason === 'no_record'
          ? 'no tick was recorded: nothing came, or nothing ran'
          : 'nothing was judged',
      n: Object.values(gap.dropped).reduce((sum, n) => sum + n, 0),
      trace: gap.trace,
    })),
    ...Object.entries(coverage?.dropped ?? {})
      .filter(([reason]) => faultStages.has(reason.split(':')[0] ?? ''))
      .map(([reason, n]) => ({
        ...whole,
        what: `exchanges without a verdict: ${reason}`,
        n,
        trace: ['the records of the period'],
      })),
    ...(coverage === null || coverage.unreadable === 0
      ? []
      : [
          {
            ...whole,
            what: 'entries of the state that could not be read',
            n: coverage.unreadable,
            trace: ['the state that was handed in'],
          },
        ]),
  ]
  return contents
    .sort((a, b) => (`${a.from}\0${a.what}` < `${b.from}\0${b.what}` ? -1 : 1))
    .map((content) => withId('incident', content))
}

function recorded(record: EvidenceRecord): Content[] {
  if (record.kind !== 'monitor') return []
  const common = { from: record.at, to: record.at, n: null, trace: [`evidence ${record.id}`] }
  if (record.event === 'stopped') return [{ ...common, what: 'the monitor was stopped' }]
  // A start of the process is no incident; a start after a loss is.
  if (record.after === undefined) return []
  return [{ ...common, what: `monitor started again after ${record.after}` }]
}
