import t from 'tap'
import { createBreaker } from '../../../src/judge/graded/breaker.ts'
import { dimensions } from '../../../src/judge/graded/dimensions.ts'
import { createEndpoint, type EndpointDeps } from '../../../src/judge/graded/endpoint.ts'
import { excerptOf } from '../../../src/judge/graded/excerpt.ts'
import { createBudget } from '../../../src/spend/budget.ts'
import type { Reserved } from '../../../src/spend/fleet-budget.ts'
import { gradedOptions } from './graded-options.ts'
import { completion } from './scripted-endpoint.ts'

type Request = Parameters<EndpointDeps['post']>[0]

function setUp(
  baseUrl: string,
  api: 'openai' | 'anthropic' = 'openai',
  { attempts = 1, shared }: { attempts?: number; shared?: EndpointDeps['shared'] } = {},
) {
  const sent: Request[] = []
  const options = gradedOptions(new URL(baseUrl), { api })
  const budget = createBudget({ ...options.budget, now: () => 0 })
  const endpoint = createEndpoint(options, {
    post(request) {
      sent.push(request)
      const body = Buffer.from(completion('{"verdict":"refused"}'))
      return Promise.resolve({ kind: 'response', status: 200, body, attempts })
    },
    randomBytes: (size) => new Uint8Array(size).fill(0xab),
    breaker: createBreaker({ ...options.breaker, now: () => 0 }),
    budget,
    shared,
    now: () => 0,
  })
  return { endpoint, sent, budget }
}

const { refusal } = dimensions
const material = (answer: string) => [
  { name: 'prompt', excerpt: excerptOf('p', 1024) },
  { name: 'answer', excerpt: excerptOf(answer, 3072) },
]

t.test('the address is made from the base as the SDKs make it', async (t) => {
  const table: ['openai' | 'anthropic', string, string][] = [
    ['openai', 'http://h/v1', 'http://h/v1/chat/completions'],
    ['openai', 'http://h/v1/', 'http://h/v1/chat/completions'],
    ['openai', 'http://h:8000/api/v1', 'http://h:8000/api/v1/chat/completions'],
    ['anthropic', 'https://h', 'https://h/v1/messages'],
    ['anthropic', 'https://h/', 'https://h/v1/messages'],
    ['anthropic', 'https://h/v1', 'https://h/v1/messages'],
  ]
  for (const [api, base, expected] of table) {
    const { endpoint, sent } = setUp(base, api)
    await endpoint.call(refusal, material('a'))
    t.equal(sent[0]?.url.href, expected)
  }
})

t.test('a call carries the key, the nonce, the rubric and one item', async (t) => {
  const { endpoint, sent } = setUp('http://h/v1')
  await endpoint.call(refusal, material('the answer'))
  t.same(sent[0]?.headers, {
    'content-type': 'application/json',
    authorization: 'Bearer sk-scripted-key-0123456789',
  })
  const body = Buffer.from(sent[0]?.body ?? []).toString()
  t.match(body, `[[${'ab'.repeat(16)} answer begins]]\\n| the answer\\n[[`)
  t.match(body, refusal.id)
  t.notMatch(body, 'sk-scripted')
})

t.test('the largest call is bounded, whatever the item', async (t) => {
  const { endpoint, sent } = setUp('http://h/v1')
  for (const unit of ['x', '\n', '"', '\\', '漢', '<', '\t']) {
    await endpoint.call(refusal, material(unit.repeat(1_000_000)))
  }
  const largest = Math.max(...sent.map(({ body }) => body.byteLength))
  t.ok(largest < 16_384, `${largest} bytes`)
})

t.test('a call is charged as what the endpoint states', async (t) => {
  const { endpoint, budget } = setUp('http://h/v1')
  await endpoint.call(refusal, material('a'))
  t.match(budget.state().hour, { calls: 1, tokens: 908 })
})

t.test(
  'what a repeated call used is known of the last one only: the rest is charged in full',
  async (t) => {
    const { endpoint, budget, sent } = setUp('http://h/v1', 'openai', { attempts: 2 })
    await endpoint.call(refusal, material('a'))
    const { outputTokensMax } = gradedOptions(new URL('http://h/v1'))
    const first = (sent[0]?.body.byteLength ?? 0) + outputTokensMax
    t.match(budget.state().hour, { calls: 2, tokens: 908 + first })
  },
)

t.test('what the fleet reserves is settled alike; what it refuses is not called', async (t) => {
  const settled: unknown[] = []
  const charge = { settle: async (...used: unknown[]) => void settled.push(used) }
  const answers: Reserved[] = [
    { ok: true, charge },
    { ok: false, why: 'exhausted' },
    { ok: false, why: 'store_away' },
  ]
  const left = [...answers]
  const shared = { reserve: async () => left.shift() ?? { ok: false, why: 'exhausted' as const } }
  const { endpoint, budget, sent } = setUp('http://h/v1', 'openai', { shared })
  const results = []
  for (const _ of answers) results.push((await endpoint.call(refusal, material('a'))).result)
  t.match(results, [
    { kind: 'graded' },
    { kind: 'error', reason: 'budget_exhausted' },
    { kind: 'error', reason: 'store_away' },
  ])
  t.strictSame(settled, [[1, { inputTokens: 900, outputTokens: 8 }]])
  t.equal(sent.length, 1)
  t.match(budget.state().hour, { calls: 1, tokens: 908 }, 'nor is it charged here')
})
