/**
 * Two replicas of the built program behind a Redis that is killed, emptied, frozen, full, read-only,
 * closed and poisoned, while traffic runs: no request fails, the monitor stays, the figures say that
 * they are partial, and afterwards every pair that was counted is in the evidence once.
 */
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'
import { startSimulatedModel } from '../../src/simulator/model-server.ts'
import { scenarios } from '../../src/simulator/scenarios.ts'
import type { StoreError } from '../../src/state/store.ts'
import { pause } from '../state/open-redis.ts'
import { type RedisServer, skipWithoutRedis, startRedis } from '../state/redis-server.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'
import { poison } from './support/poison.ts'
import { type SteadyLoad, startLoad } from './support/steady-load.ts'

/** Times that all faults are gone through. */
const rounds = Number(process.env['HOLDFAST_TEST_FLEET_RUNS'] ?? 1)
/** How long a fault lasts after it has shown, and within what it must show. */
const faultMs = 1000
const shownMs = 8000
/** From the end of a fault until the figures are whole again. */
const recoveryMs = 10_000
/** A monitor loads its judge first, on a machine that may be busy. */
const startMs = 40_000
const tickMs = 1000
/** Replicas find a server that is back up to two seconds apart. */
const graceMs = 2500

interface Scene {
  redis: RedisServer
  replicas: readonly HoldfastProcess[]
  load: SteadyLoad
}

const sum = async (
  { replicas }: Scene,
  name: string,
  labels?: Readonly<Record<string, string>>,
): Promise<number> => {
  const values = await Promise.all(replicas.map((one) => one.metric(name, labels)))
  return values.reduce<number>((all, value) => all + (value ?? 0), 0)
}

/** Waits until every replica's gauge has the value. */
async function gaugesAre(
  t: Test,
  { replicas }: Scene,
  name: string,
  value: number,
  withinMs: number,
): Promise<void> {
  const from = performance.now()
  let seen: (number | undefined)[] = []
  while (performance.now() - from < withinMs) {
    seen = await Promise.all(replicas.map((one) => one.metric(name)))
    if (seen.every((one) => one === value)) break
    await pause(50)
  }
  t.ok(
    seen.every((one) => one === value),
    `${name} is ${value} after ${(performance.now() - from).toFixed(0)} ms: ${seen.join(', ')}`,
  )
}

interface Fault {
  name: string
  begin(scene: Scene): Promise<void>
  end(scene: Scene): Promise<void>
  errors: readonly StoreError[]
  /** Whether the store answers nothing meanwhile. */
  down: boolean
  ms?: number
}

const folderOf = ({ redis }: Scene): string =>
  redis.cli('--raw', 'CONFIG', 'GET', 'dir').split('\n')[1] ?? ''
let emptied = ''

const faults: readonly Fault[] = [
  {
    name: 'killed, and back with its data',
    begin: ({ redis }) => redis.kill(),
    end: ({ redis }) => redis.start(),
    errors: ['down'],
    down: true,
  },
  {
    name: 'killed, and back empty',
    async begin(scene) {
      emptied = join(folderOf(scene), 'appendonlydir')
      await scene.redis.kill()
    },
    async end({ redis }) {
      rmSync(emptied, { recursive: true })
      await redis.start()
    },
    errors: ['down'],
    down: true,
  },
  {
    name: 'frozen',
    begin: async ({ redis }) => redis.freeze(),
    end: async ({ redis }) => redis.thaw(),
    errors: ['timeout', 'down'],
    down: true,
    ms: 5000,
  },
  {
    name: 'out of memory',
    begin: async ({ redis }) => void redis.cli('CONFIG', 'SET', 'maxmemory', '1'),
    end: async ({ redis }) => void redis.cli('CONFIG', 'SET', 'maxmemory', '0'),
    errors: ['full'],
    down: false,
  },
  {
    name: 'a replica that is only read',
    begin: async ({ redis }) => void redis.cli('REPLICAOF', '127.0.0.1', '1'),
    end: async ({ redis }) => void redis.cli('REPLICAOF', 'NO', 'ONE'),
    errors: ['read_only'],
    down: false,
  },
  {
    name: 'behind a password that nobody told us',
    async begin({ redis }) {
      redis.cli('CONFIG', 'SET', 'requirepass', 'unknown')
      redis.cli('-a', 'unknown', '--no-auth-warning', 'CLIENT', 'KILL', 'TYPE', 'normal')
    },
    async end({ redis }) {
      redis.cli('-a', 'unknown', '--no-auth-warning', 'CONFIG', 'SET', 'requirepass', '')
    },
    errors: ['no_auth'],
    down: true,
  },
]

/**
 * Every pair that was counted has been folded once. On a machine that leaves a process waiting for
 * longer than the grace its last samples come late: they are counted, and no more than those are missing.
 */
async function checkTruth(t: Test, scene: Scene): Promise<void> {
  const count = () => sum(scene, 'holdfast_drift_pairs_total', { metric: 'refusal_gap' })
  const read = () => Promise.all(scene.replicas.map(differencesOf))
  let pairs = await count()
  let found = await read()
  const until = performance.now() + 4 * tickMs + 3 * graceMs
  while (performance.now() < until && found.some((one) => one !== pairs)) {
    await pause(200)
    pairs = await count()
    found = await read()
  }
  const [folded = 0, ...others] = found
  const late = await sum(scene, 'holdfast_drift_lost_samples_total')
  t.strictSame(others, [folded], 'the replicas agree')
  t.ok(pairs > 100, `${pairs} pairs`)
  t.ok(folded <= pairs, `${folded} folded: none twice`)
  t.ok(pairs - folded <= late, `${pairs - folded} missing, ${late} samples late`)
  const asked = scene.load.asked()
  t.ok(late <= asked / 20, `${late} late of ${asked}`)
  t.comment(`${pairs} pairs, ${folded} folded, ${late} samples late, ${asked} requests`)
}

const token = 'a-token-of-the-tests'

/** A busy store is asked again. */
async function operator(
  replica: HoldfastProcess,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  let answer = ''
  for (let tries = 0; tries < 10; tries++) {
    const response = await fetch(`http://127.0.0.1:${replica.adminPort}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    answer = await response.text()
    if (response.ok) return JSON.parse(answer) as Record<string, unknown>
    if (response.status !== 503) break
    await pause(500)
  }
  throw new Error(`${path}: ${answer}`)
}

async function differencesOf(replica: HoldfastProcess): Promise<number> {
  const { detectors } = await operator(replica, '/detectors')
  return (detectors as { metric: string; differences: number }[])
    .filter(({ metric }) => metric === 'refusal_gap')
    .reduce((all, { differences }) => all + differences, 0)
}

t.test(
  'a Redis in trouble troubles no traffic and no evidence',
  { skip: skipWithoutRedis },
  async (t) => {
    const redis = await startRedis(t, { args: ['--appendonly', 'yes', '--appendfsync', 'always'] })
    const secret = randomBytes(32)
    const folder = t.testdir({ token })
    writeFileSync(join(folder, 'secret'), secret)
    const model = await startSimulatedModel({
      clock: systemClock,
      seed: 3,
      scenario: scenarios.steady,
    })
    t.teardown(() => model.close())
    const env = {
      HOLDFAST_LANGUAGES_SERVED: 'en,bn',
      HOLDFAST_JUDGE_REQUEST_SETS: 'true',
      HOLDFAST_DRIFT_TICK_MS: String(tickMs),
      HOLDFAST_DRIFT_GRACE_MS: String(graceMs),
      HOLDFAST_STATE_REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      HOLDFAST_IDENTITY_SECRET_FILE: join(folder, 'secret'),
      HOLDFAST_OPERATOR_TOKEN_FILE: join(folder, 'token'),
    }
    const replicas = await Promise.all(
      [1, 2].map(() => startHoldfast({ upstream: model.url, env })),
    )
    t.teardown(() => replicas.forEach((one) => one.kill()))
    const ports = replicas.map(({ port }) => port)
    const load = startLoad({ ports, perSecond: 60, seed: 8 })
    t.teardown(() => load.stop())
    const scene: Scene = { redis, replicas, load }
    await gaugesAre(t, scene, 'holdfast_state_up', 1, startMs)
    await gaugesAre(t, scene, 'holdfast_drift_partial', 0, recoveryMs)

    const [first] = replicas
    if (first === undefined) return
    while ((await first.metric('holdfast_drift_folded_timestamp_seconds')) === undefined) {
      await pause(200)
    }
    await operator(first, '/baselines', { name: 'steady' })
    for (const fault of Array.from({ length: rounds }, () => faults).flat()) {
      await t.test(fault.name, async (t) => {
        const before = await Promise.all(
          fault.errors.map((error) => sum(scene, 'holdfast_state_errors_total', { error })),
        )
        await fault.begin(scene)
        await gaugesAre(t, scene, 'holdfast_drift_partial', 1, shownMs)
        if (fault.down) await gaugesAre(t, scene, 'holdfast_state_up', 0, shownMs)
        await pause(fault.ms ?? faultMs)
        await gaugesAre(t, scene, 'holdfast_drift_partial', 1, 100)
        await fault.end(scene)
        await gaugesAre(t, scene, 'holdfast_drift_partial', 0, recoveryMs)
        await gaugesAre(t, scene, 'holdfast_state_up', 1, shownMs)
        const after = await Promise.all(
          fault.errors.map((error) => sum(scene, 'holdfast_state_errors_total', { error })),
        )
        const more = after.map((count, i) => count - (before[i] ?? 0))
        t.ok(
          more.every((count) => count > 0),
          `${fault.errors.join(', ')}: ${more.join(', ')} more`,
        )
        t.strictSame(load.failures(), [])
      })
    }

    await t.test('poisoned with 10,000 values', async (t) => {
      const before = await sum(scene, 'holdfast_state_bad_entries_total')
      const random = createRandom(16, 1)
      await poison({ port: redis.port, secret, values: 10_000, random })
      await gaugesAre(t, scene, 'holdfast_drift_partial', 0, recoveryMs)
      const bad = (await sum(scene, 'holdfast_state_bad_entries_total')) - before
      t.ok(bad > 100, `${bad} bad entries counted`)
      t.comment(`${bad} bad entries counted`)
      t.strictSame(load.failures(), [])
    })

    await load.stop()
    t.ok(load.asked() > 1000, `${load.asked()} requests`)
    t.strictSame(load.failures(), [])
    await checkTruth(t, scene)
    const { baselines } = await operator(first, '/baselines')
    t.strictSame(baselines, [{ name: 'steady', active: true }])
    t.equal(await sum(scene, 'holdfast_monitor_restarts_total'), 0)
    t.comment(`slowest answer ${load.slowestMs().toFixed(0)} ms`)
    for (const one of replicas) t.notMatch(one.output(), /uncaught|unhandled/i)
  },
)
