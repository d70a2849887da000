/** From what the pipeline and the probes know to records: digests, labels and sizes, no text. */

import type { Labels } from '../enrich/enrich.ts'
import { createKeyedHash } from '../enrich/keyed-hash.ts'
import type { NewRecord } from '../evidence/record.ts'
import type { CapturedExchange } from '../exchange/captured.ts'
import type { DetectorMetric } from '../exchange/detector-metric.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Verdict } from '../exchange/verdict.ts'
import { answerOf } from '../probe/pairs.ts'
import type { Scored } from '../probe/run-probes.ts'
import { gapKindOf } from '../probe/schedule/run-differences.ts'
import { setOf } from '../probe/scoring.ts'
import { scrub } from '../scrub.ts'
import { fedMetrics } from '../watch/fed-metrics.ts'
import type { WatchedAs } from './watch-stage.ts'

/** One judged exchange as the pipeline has it. */
export interface RecordedExchange {
  captured: CapturedExchange
  exchange: Exchange
  labels: Labels
  set: string
  verdict: Verdict
  /** Undefined: no detector runs. */
  watched: WatchedAs | undefined
}

type Text = Extract<NewRecord, { kind: 'exchange' }>['text']

export interface RecordOptions {
  secret: Uint8Array
  /** Lower-case name of the header that names the tenant. */
  tenantHeader: string | undefined
  /** The set that gaps on live traffic are taken in. */
  gapSet: string
}

const wordLengthMax = 256
/** Names come from peers: they are no place for a secret either. */
const word = (text: string): string => scrub(text).slice(0, wordLengthMax)
const given = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [k in K]?: V })
const tenths = (ms: number): number => Math.max(0, Math.round(ms * 10) / 10)

export const tenantKeys = (secret: Uint8Array): ((tenant: string) => string) =>
  createKeyedHash(secret, 'evidence tenant')

export function createExchangeRecords(options: RecordOptions) {
  const { secret, tenantHeader, gapSet } = options
  const digestOf = (purpose: string): ((text: string) => string | undefined) => {
    const hash = createKeyedHash(secret, `evidence ${purpose}`)
    return (text) => (text === '' ? undefined : hash(text))
  }
  const prompt = digestOf('prompt')
  const answer = digestOf('answer')
  const system = digestOf('system')
  const tools = digestOf('tools')
  const tenant = tenantKeys(secret)
  return (recorded: RecordedExchange, text: Text): NewRecord => {
    const { captured, exchange, labels, set, verdict, watched } = recorded
    const said = exchange.answer.text === '' ? exchange.answer.refusal : exchange.answer.text
    const named =
      tenantHeader === undefined
        ? undefined
        : new Map(Object.entries(captured.requestHeaders)).get(tenantHeader)
    const model = exchange.servedModel ?? exchange.requestedModel
    return {
      kind: 'exchange',
      source: 'live',
      language: labels.language,
      set,
      verdict: verdict.verdict,
      confidence: verdict.confidence,
      judge: verdict.judge,
      judge_version: word(verdict.version),
      detectors: detectorsOf(recorded, gapSet),
      started_at: new Date(captured.startedAt).toISOString(),
      protocol: exchange.protocol,
      route: captured.route,
      status: captured.status,
      streamed: exchange.streamed,
      ...given('model', model === undefined ? undefined : word(model)),
      ...given(
        'requested_model',
        exchange.requestedModel === undefined ? undefined : word(exchange.requestedModel),
      ),
      language_method: labels.languageMethod,
      answer_language: labels.answerLanguage,
      depth: labels.depth,
      human_turns: labels.humanTurns,
      format: labels.format,
      ...given('admission', watched?.admission),
      ...given('surprisal_bits', watched?.surprisalBits),
      conversation: labels.conversation.key,
      conversation_source: labels.conversation.source,
      ...given('user', labels.userKey),
      ...given('tenant', named === undefined || named === '' ? undefined : tenant(named)),
      ...given('prompt_digest', prompt(labels.prompt)),
      ...given('answer_digest', answer(said)),
      ...given('system_digest', system(exchange.system ?? '')),
      ...given('tools_digest', tools(exchange.tools.map(({ name }) => name).join('\0'))),
      ...given('trace_id', captured.traceId),
      ...given('stop', exchange.answer.stop),
      provider_refusals: exchange.providerRefusals,
      turns: exchange.turns.length,
      prompt_chars: labels.prompt.length,
      answer_chars: said.length,
      reasoning_chars: exchange.answer.reasoning.length,
      tools_offered: exchange.tools.length,
      tool_calls: labels.trajectory.length,
      request_bytes: captured.requestBody.length,
      response_bytes: captured.responseBody.length,
      ...given('input_tokens', exchange.usage.inputTokens),
      ...given('output_tokens', exchange.usage.outputTokens),
      first_byte_ms: tenths(captured.firstByteMs),
      duration_ms: tenths(captured.durationMs),
      largest_gap_ms: tenths(captured.largestGapMs),
      ...given('text', text),
    }
  }
}

function detectorsOf(
  { set, verdict, watched }: RecordedExchange,
  gapSet: string,
): DetectorMetric[] {
  if (watched === undefined) return []
  return [
    ...(watched.admission === 'admitted'
      ? fedMetrics({ set, verdict: verdict.verdict }, gapSet)
      : []),
    ...(watched.flip ? (['repeat_flip'] as const) : []),
    ...(watched.tools ? (['tool_surprisal'] as const) : []),
  ]
}

export interface RecordedRun {
  id: string
  /** A run that was cut feeds no detector. */
  complete: boolean
  baseKey: string
  scored: readonly Scored[]
}

/** One for each answer, or failure to get one. */
export const probeRecords = ({ id, complete, baseKey, scored }: RecordedRun): NewRecord[] =>
  scored.map(({ delivery, outcome }) => {
    const { probe, condition } = delivery
    return {
      kind: 'probe',
      source: 'probe',
      run: id,
      probe: word(probe.id),
      condition: word(condition.key),
      language: probe.language,
      set: setOf(probe.scoring),
      ...given('verdict', outcome.verdict),
      score: outcome.score,
      judge: word(outcome.judge),
      judge_version: word(outcome.version),
      detectors: complete ? probeDetectors({ delivery, outcome }, baseKey) : [],
    }
  })

/** As run-differences.ts counts it; what was asked plainly is the other side of every gap. */
function probeDetectors({ delivery, outcome }: Scored, baseKey: string): DetectorMetric[] {
  const { probe, condition } = delivery
  const set = setOf(probe.scoring)
  if (set === 'other' || answerOf(set, outcome) === undefined) return []
  const plain = condition.key === baseKey
  const kind = gapKindOf(condition)
  if (set === 'benign') return plain || kind === 'probe_gap' ? ['over_refusal'] : []
  if (plain) return ['refusal_level', 'probe_gap', 'format_gap', 'depth_gap', 'fork_gap']
  if (kind === undefined) return []
  return kind === 'probe_gap' ? ['refusal_level', kind] : [kind]
}
