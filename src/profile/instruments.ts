/** The instruments that stand behind rows, as labels of a metric: no figure, no condition, no window. */
import type {
  Dimension,
  EvidenceLevel,
  JudgeStandingName,
  SourceKind,
} from '../exchange/alignment.ts'
import { type ProfileRow, shortHash } from './row.ts'

/** Stands for what a row has not. */
const noneLabel = 'none'

interface InstrumentLabels {
  dimension: Dimension
  level: EvidenceLevel
  source: SourceKind
  /** `unknown`: several, or not said. */
  model: string
  /** First digits of its hash. */
  scaffold: string
  suite: string
  suite_version: string
  epoch: string
  judge: string
  judge_version: string
  standing: JudgeStandingName | typeof noneLabel
}

/** Each once, those of the newest rows first. */
export const instrumentsOf = (rows: readonly ProfileRow[]): InstrumentLabels[] => {
  const found = new Map<string, InstrumentLabels>()
  const newestFirst = rows.toSorted((a, b) => {
    const [x, y] = [a.window?.to ?? '', b.window?.to ?? '']
    if (x !== y) return x < y ? 1 : -1
    return a.id < b.id ? -1 : 1
  })
  for (const { dimension, level, source, model, scaffold, suite, judge } of newestFirst) {
    const labels: InstrumentLabels = {
      dimension,
      level,
      source: source.kind,
      model: model ?? 'unknown',
      scaffold: scaffold === null ? noneLabel : shortHash(scaffold),
      suite: suite?.id ?? noneLabel,
      suite_version: suite?.version ?? noneLabel,
      epoch: suite?.epoch === null || suite === null ? noneLabel : String(suite.epoch),
      judge: judge?.id ?? noneLabel,
      judge_version: judge?.version ?? noneLabel,
      standing: judge?.standing ?? noneLabel,
    }
    found.set(JSON.stringify(Object.values(labels)), labels)
  }
  return [...found.values()]
}
