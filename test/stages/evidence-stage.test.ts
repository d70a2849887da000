/** What the monitor does becomes records: each source once, with the fields that lead back to it. */
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { emptyBehaviour } from '../../src/drift/behaviour-counts.ts'
import { createSpec } from '../../src/drift/detector-spec.ts'
import { emptyFleet } from '../../src/drift/fleet-state.ts'
import { readEvidence } from '../../src/evidence/read.ts'
import type { EvidenceRecord } from '../../src/evidence/record.ts'
import type { RecordedExchange } from '../../src/stages/evidence-records.ts'
import type { EvidenceStageSettings } from '../../src/stages/evidence-settings.ts'
import { type EvidenceStage, startEvidence } from '../../src/stages/evidence-stage.ts'
import type { FoldedTick } from '../../src/watch/watch.ts'

const secret = Buffer.alloc(32, 3)
const now = Date.parse('2026-03-01T12:00:00.000Z')

function setUp(t: Test, more: Partial<EvidenceStageSettings['evidence']> = {}) {
  const folder = join(t.testdir({}), 'evidence')
  const stage: EvidenceStage = startEvidence(
    {
      evidence: {
        folder,
        text: 'none',
        textBytesMax: 4096,
        bytesMax: 10_000_000,
        ageMaxDays: 1,
        segmentBytes: 1_000_000,
        flushMs: 100,
        ...more,
      },
      tenantHeader: 'x-tenant',
      requestSets: false,
      after: 'stalled',
    },
    { secret, judgeVersion: 'lexical 1', clock: { now: () => now, monotonic: () => 0 } },
  )
  return {
    stage,
    async records(): Promise<EvidenceRecord[]> {
      await stage.close()
      const all: EvidenceRecord[] = []
      const onFault = ({ code }: { code: string }): void => void t.fail(code)
      for await (const record of readEvidence({ folder, onFault })) all.push(record)
      return all
    },
  }
}

const exchangeOf = (prompt: string, answer: string, tenant?: string): RecordedExchange => ({
  captured: {
    protocol: 'openai_chat',
    method: 'POST',
    path: '/v1/chat/completions',
    route: 'default',
    status: 200,
    startedAt: now - 900,
    firstByteMs: 12.34,
    durationMs: 56.78,
    largestGapMs: 0.04,
    requestHeaders: tenant === undefined ? {} : { 'x-tenant': tenant },
    responseHeaders: {},
    traceId: '0af7651916cd43dd8448eb211c80319c',
    requestBody: Buffer.alloc(70),
    responseBody: Buffer.alloc(80),
  },
  exchange: {
    protocol: 'openai_chat',
    streamed: true,
    requestedModel: 'alias',
    servedModel: 'sk-abcdefghijklmnop',
    system: undefined,
    turns: [{ role: 'user', parts: [{ kind: 'text', text: prompt }] }],
    tools: [],
    structured: false,
    stateful: false,
    identity: {
      conversationId: undefined,
      previousResponseId: undefined,
      metadataUserId: undefined,
      safetyIdentifier: undefined,
      promptCacheKey: undefined,
      user: undefined,
    },
    responseId: undefined,
    answer: { text: answer, refusal: '', reasoning: '', toolCalls: [], stop: 'stop', choices: 1 },
    providerRefusals: [],
    usage: { inputTokens: undefined, outputTokens: 5 },
  },
  labels: {
    language: 'de',
    languageMethod: 'eld',
    answerLanguage: 'en',
    depth: '1',
    humanTurns: 1,
    format: 'chat',
    conversation: { key: 'c'.repeat(32), source: 'first_turn' },
    userKey: undefined,
    trajectory: [],
    prompt,
  },
  set: 'unclassified',
  verdict: { verdict: 'refused', confidence: 0.75, judge: 'lexical', version: '1' },
  watched: { admission: 'admitted', flip: true, tools: false, surprisalBits: undefined },
})

t.test('an exchange: labels, digests and sizes, no text; what is unknown is absent', async (t) => {
  const { stage, records } = setUp(t)
  stage.exchange(exchangeOf('Geheime Frage', 'A secret answer', 'acme'))
  stage.exchange(exchangeOf('Geheime Frage', 'Another answer'))
  const [started, first, second, stopped] = await records()
  t.match(started, {
    kind: 'monitor',
    event: 'started',
    after: 'stalled',
    judge_version: 'lexical 1',
  })
  t.match(stopped, { kind: 'monitor', event: 'stopped' })
  if (first?.kind !== 'exchange' || second?.kind !== 'exchange') return t.fail('no exchanges')
  const { id: _id, tenant, prompt_digest, answer_digest, ...rest } = first
  t.same(rest, {
    v: 1,
    at: '2026-03-01T12:00:00.000Z',
    kind: 'exchange',
    source: 'live',
    language: 'de',
    set: 'unclassified',
    verdict: 'refused',
    confidence: 0.75,
    judge: 'lexical',
    judge_version: '1',
    detectors: ['unclear_rate', 'refusal_gap', 'repeat_flip'],
    started_at: '2026-03-01T11:59:59.100Z',
    protocol: 'openai_chat',
    route: 'default',
    status: 200,
    streamed: true,
    model: '[scrubbed]',
    requested_model: 'alias',
    language_method: 'eld',
    answer_language: 'en',
    depth: '1',
    human_turns: 1,
    format: 'chat',
    admission: 'admitted',
    conversation: 'c'.repeat(32),
    conversation_source: 'first_turn',
    trace_id: '0af7651916cd43dd8448eb211c80319c',
    stop: 'stop',
    provider_refusals: [],
    turns: 1,
    prompt_chars: 13,
    answer_chars: 15,
    reasoning_chars: 0,
    tools_offered: 0,
    tool_calls: 0,
    request_bytes: 70,
    response_bytes: 80,
    output_tokens: 5,
    first_byte_ms: 12.3,
    duration_ms: 56.8,
    largest_gap_ms: 0,
  })
  for (const digest of [tenant, prompt_digest, answer_digest]) t.match(digest, /^[0-9a-f]{32}$/)
  t.equal(second.prompt_digest, prompt_digest, 'the same prompt is known again')
  t.not(second.answer_digest, answer_digest)
  t.equal(second.tenant, undefined)
})

t.test('text is there only where it is asked for, redacted', async (t) => {
  const { stage, records } = setUp(t, { text: 'redacted' })
  stage.exchange(exchangeOf('Mail an anna@example.org', 'Call +49 170 1234567'))
  const [, record] = await records()
  t.match(record, {
    text: {
      prompt: 'Mail an [email]',
      answer: 'Call [phone]',
      cut: false,
      redactions: { email: 1, phone: 1 },
    },
  })
})

const spec = createSpec(
  {
    metric: 'refusal_gap',
    null: 'drift',
    language: 'de',
    set: 'unclassified',
    g0: 0.02,
    source: 'configured',
  },
  { model: 'm', suiteVersion: 'live', judgeVersion: 'lexical 1' },
)
const state = {
  wealth: [0, 0, 0, 0, 0],
  lastTick: 10,
  activeTicks: 7,
  differences: 90,
  crossings: 1,
  episodes: 1,
  episode: { openedAt: 10, quietTicks: 0 },
}

t.test('an episode that a fold opens: whose, on which evidence, in which tick', async (t) => {
  const { stage, records } = setUp(t)
  const fleet = { ...emptyFleet, foldedTick: 10, detectors: new Map([[spec.id, state]]) }
  const tick: FoldedTick = {
    tick: 10,
    tickMs: 3_600_000,
    threshold: 1000,
    folded: {
      fleet: { ...fleet, series: { ...fleet.series, number: 2, model: 'model-b' } },
      behaviour: emptyBehaviour(),
      opened: [spec.id],
      closed: [],
      reached: new Map([[spec.id, 1_000_000]]),
      paired: [],
      modelChanged: true,
    },
    before: emptyFleet,
    specs: [spec],
  }
  stage.folded(tick)
  const [, episode, seen] = await records()
  t.match(episode, {
    kind: 'episode',
    event: 'opened',
    detector: spec.id,
    metric: 'refusal_gap',
    language: 'de',
    set: 'unclassified',
    g0: 0.02,
    evidence_ratio: 2,
    threshold: 1000,
    differences: 90,
    active_ticks: 7,
    tick_from: '1970-01-01T10:00:00.000Z',
    tick_to: '1970-01-01T11:00:00.000Z',
  })
  t.match(seen, { kind: 'deployment', event: 'seen', version: 'model-b', series: 2 })
})

t.test('what an operator did is recorded when it was done, and only then', async (t) => {
  const { stage, records } = setUp(t)
  const done = { ok: true, body: { hash: 'h1', from: 'a', to: 'b' } } as const
  const pin = { kind: 'baseline_pin', name: 'spring', from: undefined, to: undefined } as const
  stage.asked(pin, { ok: false, failure: 'conflict', reason: 'no' }, [])
  stage.asked(pin, done, [])
  stage.asked({ kind: 'baseline_use', name: 'spring' }, done, [])
  stage.asked({ kind: 'baseline_drop', name: 'winter' }, done, [])
  stage.asked({ kind: 'deployment', version: 'v7' }, done, [])
  stage.asked({ kind: 'acknowledge', detector: spec.id }, done, [spec])
  stage.asked({ kind: 'detectors' }, done, [])
  const all = await records()
  t.match(all.slice(1, -1), [
    { kind: 'baseline', event: 'pinned', name: 'spring', hash: 'h1', from: 'a', to: 'b' },
    { kind: 'baseline', event: 'used', name: 'spring' },
    { kind: 'baseline', event: 'dropped', name: 'winter' },
    { kind: 'deployment', event: 'announced', version: 'v7' },
    { kind: 'episode', event: 'acknowledged', detector: spec.id, metric: 'refusal_gap' },
  ])
  t.equal(all.length, 7)
})

t.test('figures: whether it writes, what waits, what was written', async (t) => {
  const { stage } = setUp(t)
  t.teardown(() => stage.close())
  const value = (name: string, from = stage.take()): unknown =>
    from.gauges?.find((gauge) => gauge.name === name)?.rows[0]?.value
  const before = stage.take()
  t.equal(value('holdfast_evidence_queued', before), 1)
  t.equal(value('holdfast_evidence_bytes', before), undefined, 'not known yet')
  await stage.step()
  const after = stage.take()
  t.equal(value('holdfast_evidence_up', after), 1)
  t.equal(value('holdfast_evidence_queued', after), 0)
  t.ok(Number(value('holdfast_evidence_bytes', after)) > 100)
  t.match(after.counts, [
    { name: 'holdfast_evidence_records_total', labels: { kind: 'monitor' }, value: 1 },
  ])
})
