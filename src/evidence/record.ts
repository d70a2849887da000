/**
 * What a record holds, declared once: types, the check of what is read, and docs/evidence.md follow this
 * schema. A field that is not known is absent, never 0 or empty. No field but `text` takes words of a
 * user or a model; `text` is there only where the operator asked for it.
 */
import { type Static, type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { detectorMetrics, detectorSets, nullKinds } from '../exchange/detector-metric.ts'
import { admissionOutcomes } from '../exchange/drift-sample.ts'
import type { EvidenceKind } from '../exchange/evidence.ts'
import { protocols } from '../exchange/protocol.ts'
import { depthBuckets, formats } from '../exchange/stratum.ts'
import { verdictClasses } from '../exchange/verdict.ts'

export const recordVersion = 1

const word = Type.String({ maxLength: 256 })
const count = Type.Number({ minimum: 0 })
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema)

/** In front of every kind. */
const head = {
  /** Of this shape; a reader skips what it does not know. */
  v: Type.Literal(recordVersion),
  /** Unique in a folder; what was written twice after a failed sync has it twice. */
  id: Type.String({ minLength: 1, maxLength: 64 }),
  /** When it was made, as 2026-01-31T00:00:00.000Z. */
  at: Type.String({ minLength: 20, maxLength: 32 }),
}

/** Redacted and cut; only with evidence.text: redacted. */
const text = Type.Object({
  prompt: Type.String(),
  answer: Type.String(),
  /** Either was longer than evidence.text_bytes_max. */
  cut: Type.Boolean(),
  /** What was taken out, by kind. */
  redactions: Type.Record(Type.String(), count),
})

/** What judged exchanges of users and of probes have in common. */
const judged = {
  language: word,
  set: word,
  judge: word,
  judge_version: word,
  /** The metrics of the detectors it counts for. */
  detectors: Type.Array(Type.Enum(detectorMetrics)),
}

const exchange = Type.Object({
  ...head,
  kind: Type.Literal('exchange'),
  source: Type.Literal('live'),
  ...judged,
  verdict: Type.Enum(verdictClasses),
  /** Of the judge, from 0 to 1; comparable within one judge and version only. */
  confidence: count,
  started_at: Type.String({ minLength: 20, maxLength: 32 }),
  protocol: Type.Enum(protocols),
  route: word,
  status: Type.Integer(),
  streamed: Type.Boolean(),
  model: optional(word),
  requested_model: optional(word),
  language_method: word,
  answer_language: word,
  depth: Type.Enum(depthBuckets),
  human_turns: count,
  format: Type.Enum(formats),
  /** What became of it on its way into a detector; absent: none runs. */
  admission: optional(Type.Enum(admissionOutcomes)),
  surprisal_bits: optional(count),
  /** Keyed hashes. */
  conversation: word,
  conversation_source: word,
  user: optional(word),
  tenant: optional(word),
  prompt_digest: optional(word),
  answer_digest: optional(word),
  system_digest: optional(word),
  tools_digest: optional(word),
  trace_id: optional(word),
  stop: optional(word),
  provider_refusals: Type.Array(word),
  turns: count,
  prompt_chars: count,
  answer_chars: count,
  reasoning_chars: count,
  tools_offered: count,
  tool_calls: count,
  /** As captured: still encoded. */
  request_bytes: count,
  response_bytes: count,
  input_tokens: optional(count),
  output_tokens: optional(count),
  first_byte_ms: count,
  duration_ms: count,
  largest_gap_ms: count,
  text: optional(text),
})

const probe = Type.Object({
  ...head,
  kind: Type.Literal('probe'),
  source: Type.Literal('probe'),
  ...judged,
  run: word,
  probe: word,
  condition: word,
  /** Absent: not of refusal, or there was no answer. */
  verdict: optional(Type.Enum(verdictClasses)),
  score: word,
})

export const episodeEvents = ['opened', 'closed', 'acknowledged'] as const

const episode = Type.Object({
  ...head,
  kind: Type.Literal('episode'),
  event: Type.Enum(episodeEvents),
  /** Identity of the detector. */
  detector: word,
  metric: optional(Type.Enum(detectorMetrics)),
  null: optional(Type.Enum(nullKinds)),
  language: optional(word),
  set: optional(Type.Enum(detectorSets)),
  g0: optional(Type.Number()),
  /** The evidence of the tick, ln M / ln A; 1 or more opens an episode. */
  evidence_ratio: optional(count),
  threshold: optional(count),
  differences: optional(count),
  active_ticks: optional(count),
  /** The tick that was folded, and the one that opened the episode, from its start to its end. */
  tick_from: optional(word),
  tick_to: optional(word),
  opened_at: optional(word),
  /** Of probe runs. */
  run: optional(word),
})

const run = Type.Object({
  ...head,
  kind: Type.Literal('probe_run'),
  run: word,
  outcome: word,
  suite_version: word,
  judge_version: word,
  asked: count,
  not_asked: count,
  errors: count,
})

export const baselineEvents = ['pinned', 'used', 'dropped'] as const

const baseline = Type.Object({
  ...head,
  kind: Type.Literal('baseline'),
  event: Type.Enum(baselineEvents),
  name: word,
  hash: optional(word),
  from: optional(word),
  to: optional(word),
  judged: optional(count),
})

const deployment = Type.Object({
  ...head,
  kind: Type.Literal('deployment'),
  /** announced: an operator said so. seen: another model answers. */
  event: Type.Enum(['announced', 'seen']),
  version: word,
  series: optional(count),
})

const monitor = Type.Object({
  ...head,
  kind: Type.Literal('monitor'),
  event: Type.Enum(['started', 'stopped']),
  /** What ended the monitor before; absent: the process was started. */
  after: optional(word),
  holdfast_version: word,
  judge_version: word,
})

export const recordSchemas = {
  exchange,
  probe,
  episode,
  probe_run: run,
  baseline,
  deployment,
  monitor,
} as const satisfies Record<EvidenceKind, TSchema>

export type ExchangeRecord = Static<typeof exchange>
export type ProbeRecord = Static<typeof probe>
export type EpisodeRecord = Static<typeof episode>
export type EvidenceRecord =
  | ExchangeRecord
  | ProbeRecord
  | EpisodeRecord
  | Static<typeof run>
  | Static<typeof baseline>
  | Static<typeof deployment>
  | Static<typeof monitor>

type WithoutHead<T> = T extends unknown ? Omit<T, 'v' | 'id' | 'at'> : never
/** Who writes adds the rest. */
export type NewRecord = WithoutHead<EvidenceRecord>

const isKind = (word: string): word is EvidenceKind => Object.hasOwn(recordSchemas, word)

/** Undefined: JSON that is no record of this version. */
export function readRecord(payload: Buffer): EvidenceRecord | undefined {
  let value: unknown
  try {
    value = JSON.parse(payload.toString())
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  const { kind } = value
  if (typeof kind !== 'string' || !isKind(kind)) return undefined
  return isRecord(kind, value) && !Number.isNaN(Date.parse(value.at)) ? value : undefined
}

const compiled = new Map<EvidenceKind, { Check(value: unknown): boolean }>()

/** Read one by one the schema takes a hundred times as long as the code made of it. */
function isRecord(kind: EvidenceKind, value: unknown): value is EvidenceRecord {
  const known = compiled.get(kind) ?? Compile(recordSchemas[kind])
  compiled.set(kind, known)
  return known.Check(value)
}
