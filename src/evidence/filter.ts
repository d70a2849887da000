/** Which records are asked for. What is not named does not filter. */
import type { DetectorMetric } from '../exchange/detector-metric.ts'
import type { EvidenceKind } from '../exchange/evidence.ts'
import type { VerdictClass } from '../exchange/verdict.ts'
import type { EvidenceRecord } from './record.ts'

export interface DetectorOfRecords {
  metric: DetectorMetric
  /** Undefined or `all`: of every language. A gap is of two: the language and the one it is to. */
  language?: string | undefined
  /** Undefined or `all`: of every set. */
  set?: string | undefined
}

export interface EvidenceFilter {
  /** Epoch milliseconds, the first included, the last not. */
  from?: number | undefined
  to?: number | undefined
  kinds?: readonly EvidenceKind[] | undefined
  id?: string | undefined
  language?: string | undefined
  set?: string | undefined
  verdict?: VerdictClass | undefined
  /** The model that answered, or was asked for. */
  model?: string | undefined
  judge?: string | undefined
  /** Keyed hashes, as records hold them. */
  conversation?: string | undefined
  user?: string | undefined
  tenant?: string | undefined
  traceId?: string | undefined
  /** The exchanges that counted for it, and its episodes. */
  detector?: DetectorOfRecords | undefined
}

/** Against which a gap in refusals is taken. */
const baseLanguage = 'en'
const twoSided: ReadonlySet<DetectorMetric> = new Set(['refusal_gap', 'probe_gap'])

/** Any of the records of one kind has it, or none. */
const fields = [
  ['id', 'id'],
  ['language', 'language'],
  ['set', 'set'],
  ['verdict', 'verdict'],
  ['judge', 'judge'],
  ['conversation', 'conversation'],
  ['user', 'user'],
  ['tenant', 'tenant'],
  ['traceId', 'trace_id'],
] as const satisfies readonly (readonly [keyof EvidenceFilter, string])[]

export function createFilter(filter: EvidenceFilter): (record: EvidenceRecord) => boolean {
  const { from, to, kinds, model, detector } = filter
  const wanted = fields.flatMap(([name, field]) => {
    const value = filter[name]
    return value === undefined ? [] : [[field, value] as const]
  })
  return (record) => {
    const at = Date.parse(record.at)
    if (from !== undefined && at < from) return false
    if (to !== undefined && at >= to) return false
    if (kinds !== undefined && !kinds.includes(record.kind)) return false
    const values = new Map<string, unknown>(Object.entries(record))
    if (wanted.some(([field, value]) => values.get(field) !== value)) return false
    if (model !== undefined && values.get('model') !== model) {
      if (values.get('requested_model') !== model) return false
    }
    return detector === undefined || isOf(record, detector)
  }
}

function isOf(record: EvidenceRecord, { metric, language, set }: DetectorOfRecords): boolean {
  const isSet = (of: string | undefined): boolean =>
    set === undefined || set === 'all' || of === set
  const isLanguage = (of: string | undefined): boolean =>
    language === undefined || language === 'all' || of === language
  switch (record.kind) {
    case 'exchange':
    case 'probe':
      return (
        record.detectors.includes(metric) &&
        isSet(record.set) &&
        (isLanguage(record.language) || (twoSided.has(metric) && record.language === baseLanguage))
      )
    case 'episode':
      return record.metric === metric && isSet(record.set) && isLanguage(record.language)
    case 'probe_run':
    case 'baseline':
    case 'deployment':
    case 'monitor':
      return false
  }
}
