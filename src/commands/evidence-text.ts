/** Records for people: a line each, or one of them field by field. */
import type { EvidenceRecord } from '../evidence/record.ts'
import { textTable } from './text-table.ts'

const head = ['at', 'id', 'kind', 'language', 'set', 'what', 'by or of']

export const recordLines = (records: readonly EvidenceRecord[]): string =>
  textTable([head, ...records.map(lineOf)])

function lineOf(record: EvidenceRecord): string[] {
  const { at, id, kind } = record
  const rest = (language: string, set: string, what: string, of: string): string[] => [
    at,
    id,
    kind,
    language,
    set,
    what,
    of,
  ]
  switch (record.kind) {
    case 'exchange': {
      const of = `${record.judge} ${record.confidence.toFixed(2)}, ${record.model ?? 'unknown model'}`
      return rest(record.language, record.set, record.verdict, of)
    }
    case 'probe':
      return rest(
        record.language,
        record.set,
        record.verdict ?? record.score,
        `${record.probe}, ${record.condition}`,
      )
    case 'episode':
      return rest(
        record.language ?? '-',
        record.set ?? '-',
        record.event,
        `${record.metric ?? record.detector}${record.evidence_ratio === undefined ? '' : `, evidence ${record.evidence_ratio.toFixed(2)}`}`,
      )
    case 'probe_run':
      return rest('-', '-', record.outcome, `${record.asked} asked, ${record.errors} errors`)
    case 'baseline':
      return rest('-', '-', record.event, record.name)
    case 'deployment':
      return rest('-', '-', record.event, record.version)
    case 'monitor':
      return rest('-', '-', record.event, record.after ?? record.holdfast_version)
  }
}

export function recordFields(record: EvidenceRecord): string {
  const rows = Object.entries(record).map(([name, value]) => [name, fieldText(value)])
  const width = Math.max(...rows.map(([name = '']) => name.length))
  return rows.map(([name = '', value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}

const fieldText = (value: unknown): string =>
  typeof value === 'string' && !/\p{Cc}/u.test(value) ? value : JSON.stringify(value)
