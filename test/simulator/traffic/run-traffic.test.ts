/** The demo's conversations against the simulated model: every kind is held, every answer is whole. */
import t from 'tap'
import { planConversation } from '../../../src/simulator/traffic/conversation-plan.ts'
import { runDemoTraffic } from '../../../src/simulator/traffic/run-traffic.ts'
import { startModel } from '../start.ts'

const languages = ['en', 'bn', 'zh'] as const

void t.test('a plan holds every API, format, session style and depth', async (t) => {
  const plans = Array.from({ length: 600 }, (_, index) => planConversation(5, index, languages))
  const kinds = (of: (plan: (typeof plans)[number]) => string) => [...new Set(plans.map(of))].sort()
  t.same(
    kinds(({ api }) => api),
    ['anthropic_messages', 'openai_chat', 'openai_responses'],
  )
  t.same(
    kinds(({ format }) => format),
    ['agentic', 'chat', 'structured'],
  )
  t.same(
    kinds(({ session }) => session),
    ['body', 'header', 'none', 'vendor_header'],
  )
  t.same(
    kinds(({ language }) => language),
    ['bn', 'en', 'zh'],
  )
  const depths = plans.map(({ turns }) => turns.length)
  t.equal(Math.min(...depths), 1)
  t.equal(Math.max(...depths), 25)
  t.same(planConversation(5, 17, languages), plans[17], 'the same seed plans the same')
})

void t.test('all turns of 80 conversations get whole answers, streamed with gzip', async (t) => {
  const model = await startModel(t, { gzip: true })
  const summary = await runDemoTraffic({
    baseUrl: model.url,
    seed: 3,
    conversationsPerMinute: 60_000,
    languages,
    signal: new AbortController().signal,
    conversationsMax: 80,
  })
  const turns = Array.from({ length: 80 }, (_, index) => planConversation(3, index, languages))
    .map((plan) => plan.turns.length)
    .reduce((sum, length) => sum + length, 0)
  t.equal(summary.failed, 0)
  t.equal(summary.skipped, 0)
  t.equal(summary.conversations, 80)
  const { answered, truth, failed, aborted } = model.stats()
  t.equal(answered, summary.exchanges)
  t.same({ failed, aborted }, { failed: {}, aborted: 0 })
  const calls = truth.filter((row) => row.truth === 'tool_call').reduce((sum, { n }) => sum + n, 0)
  t.ok(calls > 0, 'tools were called')
  t.equal(summary.exchanges, turns + calls, 'one more exchange for each tool call')
})

void t.test('an abort ends the traffic with no exchange cut', async (t) => {
  const model = await startModel(t, { paceMs: 1 })
  const stop = new AbortController()
  const traffic = runDemoTraffic({
    baseUrl: model.url,
    seed: 3,
    conversationsPerMinute: 60_000,
    languages,
    signal: stop.signal,
  })
  while (model.stats().answered < 20) await new Promise((resolve) => setImmediate(resolve))
  stop.abort()
  const summary = await traffic
  t.equal(summary.failed, 0)
  t.equal(model.stats().aborted, 0)
  t.equal(model.stats().answered, summary.exchanges)
})
