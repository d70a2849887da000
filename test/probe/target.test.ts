/** One exchange with the system under test: what is sent, and what every kind of reply becomes. */
import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import type { RequestPlan } from '../../src/probe/request-plan.ts'
import { createTarget, type Sender } from '../../src/probe/target.ts'

type Reply = Awaited<ReturnType<Sender['post']>>
type Post = Parameters<Sender['post']>[0]

const plan: RequestPlan = {
  system: undefined,
  turns: [{ role: 'user', text: 'Hi' }],
  tools: [],
  schema: undefined,
  parameters: { temperature: 0, tokensMax: 8 },
  endUser: undefined,
}

const ask = async (reply: Reply, sent: Post[] = []) => {
  const sender: Sender = {
    post(request) {
      sent.push(request)
      return Promise.resolve(reply)
    },
  }
  const target = createTarget(
    {
      protocol: 'openai_chat',
      baseUrl: new URL('https://api.example/v1'),
      model: 'm',
      key: () => 'sk-test',
      deadlineMs: 5000,
      retriesMax: 2,
      run: 'run_7',
    },
    { sender, clock: systemClock },
  )
  return target.ask(plan)
}

const response = (status: number, body: unknown): Reply => ({
  attempts: 1,
  kind: 'response',
  status,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
})

void t.test('the request carries the key, the marker of the run and its bounds', async (t) => {
  const sent: Post[] = []
  const reply = { choices: [{ finish_reason: 'stop', message: { content: 'Hello' } }] }
  const asked = await ask(response(200, reply), sent)
  t.match(asked, { kind: 'answered', exchange: { answer: { text: 'Hello', stop: 'stop' } } })
  t.match(sent, [
    {
      url: { href: 'https://api.example/v1/chat/completions' },
      headers: {
        authorization: 'Bearer sk-test',
        'content-type': 'application/json',
        'x-holdfast-probe': 'run_7',
      },
      deadlineMs: 5000,
      retriesMax: 2,
    },
  ])
  t.equal(sent.length, 1)
})

void t.test(
  'what ends a run: 401, 403, a policy code, an account that may not go on',
  async (t) => {
    const stopOf = async (reply: Reply) => {
      const asked = await ask(reply)
      return asked.kind === 'failed' ? [asked.reason, asked.stop] : asked.kind
    }
    t.same(await stopOf(response(401, {})), ['status_401', 'unauthorised'])
    t.same(await stopOf(response(403, 'no')), ['status_403', 'forbidden'])
    t.same(await stopOf(response(400, { error: { code: 'cyber_policy' } })), [
      'policy_error',
      'policy',
    ])
    t.same(await stopOf(response(429, { error: { type: 'insufficient_quota' } })), [
      'status_429',
      'account',
    ])
  },
)

void t.test('what only this exchange suffers from', async (t) => {
  const failed = async (reply: Reply) => {
    const asked = await ask(reply)
    return asked.kind === 'failed' && asked.stop === undefined ? asked.reason : asked.kind
  }
  t.equal(await failed(response(500, {})), 'status_500')
  t.equal(await failed(response(429, { error: { type: 'rate_limit' } })), 'status_429')
  t.equal(await failed(response(200, 'not json')), 'not_json')
  t.equal(await failed(response(200, { hello: 1 })), 'unknown_shape')
  t.equal(await failed({ attempts: 1, kind: 'failed', reason: 'deadline' }), 'deadline')
})

void t.test('a content filter is an answer: the provider refused', async (t) => {
  t.match(await ask(response(400, { error: { code: 'content_filter' } })), {
    kind: 'answered',
    exchange: { providerRefusals: ['content_filter'] },
  })
})
