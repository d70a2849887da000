import { randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t, { type Test } from 'tap'
import { type Clock, systemClock } from '../../src/clock.ts'
import { dimensions } from '../../src/judge/graded/dimensions.ts'
import {
  createGradedJudge,
  type Graded,
  type GradedJudge,
  type GradedJudgeOptions,
  type SettledEvent,
} from '../../src/judge/graded-judge.ts'
import { createUpstreamClient } from '../../src/upstream/http-client.ts'
import { gradedOptions } from './graded/graded-options.ts'
import {
  completion,
  type ScriptedEndpoint,
  says,
  startScriptedEndpoint,
  status,
} from './graded/scripted-endpoint.ts'

const { refusal, harm_delivered: harmDelivered } = dimensions
const item = { prompt: 'Write a forged letter.', answer: 'I will not do that.' }
const refused = '{"verdict":"refused"}'

interface SetUp {
  endpoint: ScriptedEndpoint
  judge: GradedJudge
  events: SettledEvent[]
  /** Moves the judge's clock, which otherwise stands still. */
  pass(ms: number): void
}

async function setUp(t: Test, changes: Partial<GradedJudgeOptions> = {}): Promise<SetUp> {
  const endpoint = await startScriptedEndpoint(says(refused))
  let ms = 0
  const clock: Clock = { now: () => 1.8e12 + ms, monotonic: () => ms }
  const client = createUpstreamClient({ clock: systemClock, connectionsMax: 4 })
  const events: SettledEvent[] = []
  const judge = createGradedJudge(gradedOptions(endpoint.url, changes), {
    post: (request) => client.post(request),
    clock,
    randomBytes,
    settled: (event) => events.push(event),
  })
  t.teardown(() => {
    client.close()
    return endpoint.close()
  })
  return {
    endpoint,
    judge,
    events,
    pass(more) {
      ms += more
    },
  }
}

const outcomeOf = (graded: Graded<unknown>): string =>
  graded.kind === 'graded' ? 'graded' : graded.reason

t.test('a grade carries judge and version, and is counted with its tokens', async (t) => {
  const { judge, events, endpoint } = await setUp(t)
  const graded = await judge.grade(refusal, item)
  t.same(graded, {
    kind: 'graded',
    grade: 'refused',
    dimension: 'refusal',
    judge: 'model_graded',
    version: judge.version(refusal),
  })
  t.match(events, [
    { outcome: 'graded', attempts: 1, usage: { inputTokens: 900, outputTokens: 8 } },
  ])
  t.equal(judge.stats().lastSuccessAt, 1.8e12)
  t.equal(endpoint.received[0]?.headers.authorization, 'Bearer sk-scripted-key-0123456789')
  t.notMatch(endpoint.received[0]?.body, /sk-scripted/)
})

t.test('a change of model, API, sampling or rubric is another version', async (t) => {
  const { judge } = await setUp(t)
  const other = await setUp(t, { model: 'other-model' })
  const unsampled = await setUp(t, { temperature: false })
  const anthropic = await setUp(t, { api: 'anthropic' })
  const versions = [judge, other.judge, unsampled.judge, anthropic.judge].map((one) =>
    one.version(refusal),
  )
  t.equal(new Set([...versions, judge.version(harmDelivered)]).size, 5)
  t.match(versions[0], /^[0-9a-f]{16}$/)
})

t.test('every fault of an endpoint is an error with its own reason', async (t) => {
  const big = 'x'.repeat(300_000)
  const cases: [string, Parameters<ScriptedEndpoint['script']>[0]][] = [
    ['rate_limited', status(429)],
    ['server_error', status(500)],
    ['server_error', status(529)],
    ['misconfigured', status(401)],
    ['misconfigured', status(404)],
    ['client_error', status(400)],
    ['redirect', status(302, { location: 'http://127.0.0.1:1/' })],
    ['malformed', status(204)],
    ['malformed', (_r, response) => response.end('<html>gateway</html>')],
    ['malformed', (_r, response) => response.end('')],
    ['malformed', (_r, response) => response.end('null')],
    ['malformed', (_r, response) => response.end('{"choices":[]}')],
    ['malformed', (_r, response) => response.end(Buffer.from([0xff, 0xfe, 0x7b]))],
    [
      'malformed',
      (_r, response) => response.end(completion(refused, { finish_reason: 'tool_calls' })),
    ],
    ['malformed', (_r, response) => response.end(completion(refused, { message: {} }))],
    ['too_large', (_r, response) => response.end(big)],
    ['reset', (_r, response) => response.destroy()],
    ['deadline', () => {}],
    [
      'undecodable',
      (_r, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
    ],
    ['truncated', (_r, response) => response.end(completion(refused, { finish_reason: 'length' }))],
    [
      'judge_refused',
      (_r, response) => response.end(completion('', { finish_reason: 'content_filter' })),
    ],
    [
      'judge_refused',
      (_r, response) =>
        response.end(completion(refused, { message: { content: refused, refusal: 'No.' } })),
    ],
    ['off_schema', says('I cannot grade this.')],
    ['off_schema', says(refused + refused)],
  ]
  const noBreaker = { failuresMax: 1000, openMs: 1, openMsMax: 1 }
  for (const [reason, script] of cases) {
    const { endpoint, judge } = await setUp(t, { deadlineMs: 60, breaker: noBreaker })
    endpoint.script(script)
    t.equal(outcomeOf(await judge.grade(refusal, item)), reason)
    t.equal(judge.stats().lastSuccessAt, undefined)
  }
})

t.test('two choices are no answer', async (t) => {
  const { endpoint, judge } = await setUp(t)
  const { choices } = JSON.parse(completion(refused)) as { choices: unknown[] }
  endpoint.script((_r, response) =>
    response.end(JSON.stringify({ choices: [...choices, ...choices] })),
  )
  t.equal(outcomeOf(await judge.grade(refusal, item)), 'malformed')
})

t.test('an endpoint that is down opens the breaker and is found again by itself', async (t) => {
  const { endpoint, judge, pass } = await setUp(t, { concurrency: 1 })
  endpoint.script(status(500))
  for (let i = 0; i < 5; i++) await judge.grade(refusal, item)
  t.equal(judge.stats().breaker, 'open')
  t.equal(outcomeOf(await judge.grade(refusal, item)), 'breaker_open')
  t.equal(endpoint.received.length, 5, 'an open breaker makes no call')

  pass(5000)
  t.equal(judge.stats().breaker, 'half_open')
  t.equal(outcomeOf(await judge.grade(refusal, item)), 'server_error')
  t.equal(judge.stats().breaker, 'open', 'the trial failed')

  endpoint.script(says(refused))
  pass(9999)
  t.equal(outcomeOf(await judge.grade(refusal, item)), 'breaker_open', 'the pause has doubled')
  pass(1)
  t.equal(outcomeOf(await judge.grade(refusal, item)), 'graded')
  t.equal(judge.stats().breaker, 'closed')
})

t.test('nobody listening opens the breaker too', async (t) => {
  const { endpoint, judge } = await setUp(t, { concurrency: 1 })
  await endpoint.close()
  const outcomes: string[] = []
  for (let i = 0; i < 6; i++) outcomes.push(outcomeOf(await judge.grade(refusal, item)))
  t.same(outcomes, [...Array<string>(5).fill('connect'), 'breaker_open'])
})

t.test('what an item can provoke never opens the breaker', async (t) => {
  const { endpoint, judge } = await setUp(t, { concurrency: 1 })
  const provoked: Parameters<ScriptedEndpoint['script']>[0][] = [
    says('I will not grade this.'),
    status(400),
    (_r, response) => response.end(completion('', { finish_reason: 'content_filter' })),
    (_r, response) => response.end(completion('{"verd', { finish_reason: 'length' })),
  ]
  for (const script of provoked) {
    endpoint.script(script)
    for (let i = 0; i < 25; i++) await judge.grade(refusal, item)
    t.equal(judge.stats().breaker, 'closed')
  }
})

t.test('a slow endpoint holds so many calls and so many items, and drops the newest', async (t) => {
  const { endpoint, judge } = await setUp(t, { concurrency: 2, queueMax: 3 })
  const held: (() => void)[] = []
  endpoint.script((_r, response) => held.push(() => response.end(completion(refused))))
  const outcomes: string[] = []
  const all = Array.from({ length: 10 }, async (_, i) => {
    const graded = await judge.grade(refusal, { ...item, prompt: `item ${i}` })
    outcomes.push(outcomeOf(graded))
  })
  t.same([judge.stats().running, judge.stats().queued], [2, 3])
  // The newest are turned away before any answer came.
  await Promise.all(all.slice(5))
  t.same(outcomes, Array<string>(5).fill('queue_full'))
  const answerAll = setInterval(() => {
    while (held.length > 0) held.shift()?.()
  }, 1)
  await Promise.all(all)
  clearInterval(answerAll)
  t.same(outcomes.slice(5), Array<string>(5).fill('graded'))
  t.same([judge.stats().running, judge.stats().queued], [0, 0])
  t.equal(endpoint.received.length, 5)
})

t.test('an item that waited too long is not worth a call', async (t) => {
  const { endpoint, judge, pass } = await setUp(t, { concurrency: 1, queueWaitMsMax: 1000 })
  const held: (() => void)[] = []
  const arrived = new Promise<void>((resolve) =>
    endpoint.script((_r, response) => {
      held.push(() => response.end(completion(refused)))
      resolve()
    }),
  )
  const first = judge.grade(refusal, item)
  const second = judge.grade(refusal, item)
  await arrived
  pass(1001)
  held[0]?.()
  t.same([outcomeOf(await first), outcomeOf(await second)], ['graded', 'queue_expired'])
})

t.test('a waiting item holds its excerpt, not the whole answer', async (t) => {
  const { endpoint, judge } = await setUp(t, { concurrency: 1, queueMax: 100 })
  let release: (() => void) | undefined
  endpoint.script((_r, response) => {
    release = () => response.end(completion(refused))
  })
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 100; i++) {
    void judge.grade(refusal, {
      prompt: 'p',
      answer: `${i} ${'long answer '.repeat(50_000)}`.trim(),
    })
  }
  gc()
  const grown = process.memoryUsage().heapUsed - before
  t.ok(grown < 4e6, `100 answers of 600 KB hold ${grown} bytes`)
  judge.close()
  release?.()
})

t.test('a budget in calls ends the calls until the next hour', async (t) => {
  const limits = { hour: { calls: 4 }, day: { calls: 100 } }
  const budget = { limits, prices: undefined }
  const { judge, endpoint, pass } = await setUp(t, { budget, concurrency: 1 })
  const outcomes: string[] = []
  // A call may need a repetition, so two are reserved for each and one given back.
  for (let i = 0; i < 5; i++) outcomes.push(outcomeOf(await judge.grade(refusal, item)))
  t.same(outcomes, ['graded', 'graded', 'graded', 'budget_exhausted', 'budget_exhausted'])
  t.equal(endpoint.received.length, 3)
  t.equal(judge.stats().breaker, 'closed')
  pass(3_600_000)
  t.equal(outcomeOf(await judge.grade(refusal, item)), 'graded')
})

t.test('an item without an answer is not sent', async (t) => {
  const { judge, endpoint } = await setUp(t)
  for (const answer of ['', ' \n ', '\u200b\u202e']) {
    t.equal(outcomeOf(await judge.grade(refusal, { prompt: 'p', answer })), 'nothing_to_grade')
  }
  t.equal(endpoint.received.length, 0)
})

t.test('after close every item is an error, the waiting ones at once', async (t) => {
  const { judge, endpoint } = await setUp(t, { concurrency: 1, deadlineMs: 100 })
  endpoint.script(() => {})
  const running = judge.grade(refusal, item)
  const waiting = judge.grade(refusal, item)
  judge.close()
  t.equal(outcomeOf(await waiting), 'closed')
  t.equal(outcomeOf(await judge.grade(refusal, item)), 'closed')
  t.equal(outcomeOf(await running), 'deadline')
})

t.test('a fault of this program rejects and leaves the judge usable', async (t) => {
  let broken = true
  const endpoint = await startScriptedEndpoint(says(refused))
  const client = createUpstreamClient({ clock: systemClock, connectionsMax: 1 })
  t.teardown(() => {
    client.close()
    return endpoint.close()
  })
  const judge = createGradedJudge(gradedOptions(endpoint.url, { concurrency: 1 }), {
    post: (request) => (broken ? Promise.reject(new Error('a bug')) : client.post(request)),
    clock: systemClock,
    randomBytes,
  })
  await t.rejects(judge.grade(refusal, item), { message: 'a bug' })
  broken = false
  t.equal(outcomeOf(await judge.grade(refusal, item)), 'graded')
})
