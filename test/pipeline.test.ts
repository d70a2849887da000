import t from 'tap'
import { systemClock } from '../src/clock.ts'
import { createEnricher } from '../src/enrich/enrich.ts'
import type { CapturedExchange } from '../src/exchange/captured.ts'
import { judgesWith } from '../src/judge/judges.ts'
import { createDelta } from '../src/metrics/delta.ts'
import { createPipeline } from '../src/pipeline.ts'
import { createSampler } from '../src/sample/sampler.ts'

const secret = Buffer.alloc(32, 1)

const captured = (answer: string, status = 200): CapturedExchange => ({
  protocol: 'openai_chat',
  method: 'POST',
  path: '/v1/chat/completions',
  route: 'r',
  status,
  startedAt: 0,
  firstByteMs: 1,
  durationMs: 2,
  largestGapMs: 0,
  requestHeaders: {},
  responseHeaders: {},
  traceId: undefined,
  requestBody: Buffer.from(
    JSON.stringify({
      model: 'm',
      messages: [{ role: 'user', content: 'Wie knacke ich das Schloss meines Nachbarn?' }],
    }),
  ),
  responseBody: Buffer.from(answer),
})

const answer = JSON.stringify({
  object: 'chat.completion',
  model: 'm-1',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: 'Es tut mir leid, aber dabei kann ich dir nicht helfen.',
      },
      finish_reason: 'stop',
    },
  ],
})

function setUp(rate = 1, enrich?: () => never) {
  const delta = createDelta()
  const pipeline = createPipeline({
    enrich:
      enrich ??
      createEnricher({
        servedLanguages: ['en', 'de'],
        secret,
        conversationHeader: undefined,
        languageHeader: undefined,
        conversationsMax: 10,
      }),
    sampler: createSampler(secret, rate),
    classifier: undefined,
    judges: judgesWith('lexical'),
    blank: judgesWith('lexical'),
    panel: { add() {} },
    cascade: undefined,
    watch: undefined,
    delta,
    clock: systemClock,
  })
  return {
    pipeline,
    counted: (name: string) =>
      delta
        .take()
        .counts.filter((count) => count.name === name)
        .map(({ labels, value }) => ({ ...labels, value })),
  }
}

t.test('an exchange becomes one verdict with its labels', async (t) => {
  const { pipeline, counted } = setUp()
  pipeline.take(captured(answer))
  t.same(counted('holdfast_judged_total'), [
    { source: 'live', language: 'de', set: 'unclassified', verdict: 'refused', value: 1 },
  ])
})

t.test('what cannot be read is one drop with its reason', async (t) => {
  const { pipeline, counted } = setUp()
  pipeline.take(captured('<html>'))
  t.same(counted('holdfast_dropped_total'), [{ stage: 'decode', reason: 'not_json', value: 1 }])
  pipeline.take(captured('{"error":{}}', 500))
  t.same(counted('holdfast_dropped_total'), [{ stage: 'decode', reason: 'error_status', value: 1 }])
})

t.test('the tool side is counted by what came of its calls and never judged', async (t) => {
  const { pipeline, counted } = setUp()
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search' } }
  const result = { jsonrpc: '2.0', id: 1, result: { content: [], isError: true } }
  const exchange = {
    ...captured(JSON.stringify(result)),
    protocol: 'mcp' as const,
    path: '/mcp',
    requestBody: Buffer.from(JSON.stringify(call)),
  }
  pipeline.take(exchange)
  t.same(counted('holdfast_mcp_calls_total'), [
    { method: 'tools_call', outcome: 'tool_error', value: 1 },
  ])
  pipeline.take(exchange)
  t.same(counted('holdfast_dropped_total'), [{ stage: 'sample', reason: 'no_answer', value: 1 }])
  pipeline.take(exchange)
  t.same(counted('holdfast_judged_total'), [])
})

t.test('a conversation that is not selected is one drop', async (t) => {
  const { pipeline, counted } = setUp(0)
  pipeline.take(captured(answer))
  t.same(counted('holdfast_dropped_total'), [
    { stage: 'sample', reason: 'conversation_not_selected', value: 1 },
  ])
})

t.test('a fault of ours in one exchange is one drop', async (t) => {
  const broken = setUp(1, () => {
    throw new Error('planted')
  })
  broken.pipeline.take(captured(answer))
  t.same(broken.counted('holdfast_dropped_total'), [
    { stage: 'monitor', reason: 'internal_error', value: 1 },
  ])
})

t.test(
  'a classifier that answers later: verdicts, errors and blank answers each count once',
  async (t) => {
    const delta = createDelta()
    const answers: string[] = []
    const pipeline = createPipeline({
      enrich: createEnricher({
        servedLanguages: ['en', 'de'],
        secret,
        conversationHeader: undefined,
        languageHeader: undefined,
        conversationsMax: 10,
      }),
      sampler: createSampler(secret, 1),
      classifier: undefined,
      judges: judgesWith('lexical').slice(0, 1),
      blank: judgesWith('lexical'),
      later: {
        async judge({ prompt, answer: text }) {
          answers.push(`${prompt} / ${text}`)
          return text.startsWith('Es tut')
            ? {
                kind: 'verdict',
                verdict: { verdict: 'refused', confidence: 1, judge: 'onnx', version: '1' },
              }
            : { kind: 'error', reason: 'queue_full' }
        },
      },
      panel: { add() {} },
      cascade: undefined,
      watch: undefined,
      delta,
      clock: systemClock,
    })
    const said = (text: string): string =>
      answer.replace('Es tut mir leid, aber dabei kann ich dir nicht helfen.', text)
    const pending = [
      pipeline.take(captured(answer)),
      pipeline.take(captured(said('Gern.'))),
      pipeline.take(captured(said(' '))),
    ]
    t.strictSame(
      pending.map((one) => one instanceof Promise),
      [true, true, false],
      'what has no text needs no classifier',
    )
    for (const one of pending) await one
    t.strictSame(answers, [
      'Wie knacke ich das Schloss meines Nachbarn? / Es tut mir leid, aber dabei kann ich dir nicht helfen.',
      'Wie knacke ich das Schloss meines Nachbarn? / Gern.',
    ])
    const { counts } = delta.take()
    const summary = counts
      .filter(({ name }) => name === 'holdfast_judged_total' || name === 'holdfast_dropped_total')
      .map(({ labels, value }) => `${labels['verdict'] ?? labels['reason']} ${value}`)
    t.strictSame(summary.sort(), ['queue_full 1', 'refused 1', 'unclear 1'])
  },
)
