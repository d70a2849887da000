/**
 * Replicas of the built program that share a Redis share the budget of the paid judge: together they make
 * no call more than one may, one that comes later finds it spent, and without the Redis none is made.
 */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import { startSimulatedModel } from '../../src/simulator/model-server.ts'
import { scenarios } from '../../src/simulator/scenarios.ts'
import { says, startScriptedEndpoint } from '../judge/graded/scripted-endpoint.ts'
import { pause } from '../state/open-redis.ts'
import { skipWithoutRedis, startRedis } from '../state/redis-server.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'

const callsPerHour = 12
const exchanges = 40
const hourMs = 3_600_000

async function setUp(t: Test) {
  const redis = await startRedis(t)
  const judge = await startScriptedEndpoint(says('{"verdict":"complied"}'))
  t.teardown(() => judge.close())
  const model = await startSimulatedModel({
    clock: systemClock,
    seed: 3,
    scenario: scenarios.steady,
  })
  t.teardown(() => model.close())
  const secret = join(t.testdir({}), 'identity')
  writeFileSync(secret, randomBytes(32).toString('hex'), { mode: 0o600 })
  const env = {
    HOLDFAST_STATE_REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    HOLDFAST_IDENTITY_SECRET_FILE: secret,
    HOLDFAST_SAMPLE_RATE: '1',
    HOLDFAST_DRIFT_TICK_MS: '1000',
    HOLDFAST_DRIFT_GRACE_MS: '1000',
    HOLDFAST_JUDGE_GRADED_URL: judge.url.href,
    HOLDFAST_JUDGE_GRADED_MODEL: 'judge-2026-01-01',
    // All that is judged on board is in doubt, so all of it is drawn as long as it can be paid.
    HOLDFAST_JUDGE_GRADED_UNSURE_BELOW: '1',
    HOLDFAST_JUDGE_GRADED_SLICE_RATE: '1',
    HOLDFAST_JUDGE_GRADED_CALLS_PER_HOUR: `${callsPerHour}`,
  }
  const start = async (): Promise<HoldfastProcess> => {
    const one = await startHoldfast({ upstream: model.url, env })
    t.teardown(() => one.stop())
    await one.watches()
    return one
  }
  return { redis, judge, start }
}

async function talk({ port }: HoldfastProcess, name: string): Promise<void> {
  for (let i = 0; i < exchanges; i++) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'm',
        messages: [{ role: 'user', content: `Tell me about ${name} ${i}, and why it matters so.` }],
      }),
    })
    await response.arrayBuffer()
  }
}

const outcomes = async (one: HoldfastProcess, outcome: string): Promise<number> =>
  (await one.metric('holdfast_judge_outcomes_total', { outcome })) ?? 0

t.test('the budget of the judge is of the fleet', { skip: skipWithoutRedis }, async (t) => {
  const begun = Date.now()
  const { redis, judge, start } = await setUp(t)
  const [first, second] = await Promise.all([start(), start()])
  await Promise.all([talk(first, 'history'), talk(second, 'music')])
  for (const one of [first, second]) {
    while ((await outcomes(one, 'budget_exhausted')) === 0) await talk(one, 'more of it')
  }
  const third = await start()
  const before = judge.received.length
  const left = () => third.metric('holdfast_judge_budget_left', { window: 'hour', unit: 'calls' })
  while (((await left()) ?? callsPerHour) > 2) await pause(200)
  await talk(third, 'trains')
  const hours = Math.floor(Date.now() / hourMs) - Math.floor(begun / hourMs) + 1
  t.ok(
    judge.received.length <= hours * callsPerHour,
    `${judge.received.length} calls of three replicas in ${hours} hours`,
  )
  // A call is reserved with its repetition: what is left may be one.
  t.ok(judge.received.length >= callsPerHour - 2, 'and most of it was used')
  if (hours === 1) t.equal(judge.received.length, before, 'one that starts later finds it spent')
  const spent = judge.received.length

  await redis.kill()
  const fourth = await start()
  while ((await outcomes(fourth, 'store_away')) === 0) await talk(fourth, 'rivers')
  t.equal(judge.received.length, spent, 'without the Redis no call is made')
  for (const one of [first, fourth]) {
    while ((await one.metric('holdfast_judge_budget_left')) !== undefined) await pause(200)
  }
})
