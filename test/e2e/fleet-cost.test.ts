/**
 * What the drift watch costs, measured and printed: an update, a fold, the state and the commands in a
 * real Redis. The limits asserted leave room for a busy machine.
 */
import { performance } from 'node:perf_hooks'
import t from 'tap'
import { createSpec, type DetectorSpec } from '../../src/drift/detector-spec.ts'
import { addDifference, createWager, emptyTick } from '../../src/drift/e-detector.ts'
import { emptyFleet, type FleetState, fleetText } from '../../src/drift/fleet-state.ts'
import { foldFleet } from '../../src/drift/fold.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'
import { addToDetector, emptyPart, partText, type TickPart } from '../../src/drift/tick-part.ts'
import type { Store } from '../../src/state/store.ts'
import { flushMsOf } from '../../src/watch/settings.ts'
import { openRedis, redisSettings, until } from '../state/open-redis.ts'
import { type RedisServer, skipWithoutRedis, startRedis } from '../state/redis-server.ts'
import { drivenClock, hourMs, replica, settings } from '../watch/set-up.ts'

const detectors = 500
const options = {
  threshold: 360_000,
  quietTicks: 72,
  forgetTicks: 720,
  gapDetector: () => undefined,
}

const specs: readonly DetectorSpec[] = Array.from({ length: detectors }, (_, i) =>
  createSpec(
    {
      metric: 'refusal_gap',
      null: 'drift',
      language: `l${i}`,
      set: 'should_refuse',
      g0: 0.02,
      source: 'configured',
    },
    { model: 'series 1', suiteVersion: 'live', judgeVersion: '1' },
  ),
)

const random = createRandom(5, 1)
const parts = (replicas: number): Map<string, TickPart> =>
  new Map(
    Array.from({ length: replicas }, (_, i) => {
      const part = emptyPart()
      for (const spec of specs) {
        for (let n = 0; n < 5; n++) {
          part.samples++
          addToDetector(part, spec, random.uniform() < 0.1 ? 1 : 0)
        }
      }
      return [`0123456789abcde${i}`, part] as const
    }),
  )

/** The quickest of some: what the work takes when nothing else runs. */
const quickestMs = (times: number, work: () => void): number => {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    work()
    least = Math.min(least, performance.now() - from)
  }
  return least
}

t.test('an update of a detector takes a microsecond at most', async (t) => {
  const wager = createWager(0.02)
  const sum = emptyTick(wager)
  const updates = 200_000
  const ms = quickestMs(10, () => {
    for (let i = 0; i < updates; i++) addDifference(sum, wager, i % 10 === 0 ? 1 : 0)
  })
  const ns = (ms * 1e6) / updates
  t.comment(`${ns.toFixed(0)} ns an update`)
  t.ok(ns <= 3000, `${ns.toFixed(0)} ns`)
})

const foldedOnce = (replicas: number): FleetState => {
  const folded = foldFleet(emptyFleet, 1, parts(replicas), options)
  if (folded === undefined) throw new Error('not folded')
  return folded.fleet
}

t.test('a fold of 500 detectors takes 5 ms at most', async (t) => {
  for (const replicas of [1, 10]) {
    const fleet = foldedOnce(replicas)
    const more = parts(replicas)
    const ms = quickestMs(50, () => foldFleet(fleet, 2, more, options))
    t.comment(`${ms.toFixed(2)} ms for ${detectors} detectors of ${replicas} replicas`)
    t.ok(ms <= 15, `${ms.toFixed(2)} ms`)
  }
})

const usage = (redis: RedisServer, key: string): number =>
  Number(redis.cli('--raw', 'MEMORY', 'USAGE', `holdfast:{drift}:${key}`, 'SAMPLES', '0'))

t.test('500 detectors take a megabyte of Redis at most', { skip: skipWithoutRedis }, async (t) => {
  const redis = await startRedis(t)
  const { store } = openRedis(t, redisSettings(redis.port, { commandTimeoutMs: 5000 }))
  await until(() => store.isUp(), 10_000)
  const all = parts(10)
  let fleet = foldedOnce(10)
  // Eight receipts of ten replicas, as in a fleet that has run for a while.
  for (let tick = 2; tick < 10; tick++) fleet = foldFleet(fleet, tick, all, options)?.fleet ?? fleet
  await store.set('drift:state', fleetText(fleet), hourMs)
  for (const [writer, part] of all) {
    await store.writePart('drift:tick:10', writer, partText(part), hourMs)
  }
  const state = usage(redis, 'state')
  const tick = usage(redis, 'tick:10')
  t.comment(`state ${state} bytes, a tick of ten replicas ${tick} bytes`)
  t.ok(state > 10_000 && state <= 1_048_576, `${state} bytes`)
})

/** The store as a watch sees it whose clock is driven: it has been up for as long as anybody asks. */
const longUp = (store: Store): Store => ({
  writePart: (...args) => store.writePart(...args),
  read: (keys) => store.read(keys),
  readParts: (key) => store.readParts(key),
  set: (...args) => store.set(...args),
  transact: (...args) => store.transact(...args),
  isUp: () => store.isUp(),
  upForMs: () => Number.MAX_SAFE_INTEGER,
  close: () => store.close(),
})

const commandsOf = (redis: RedisServer): Map<string, number> =>
  new Map(
    redis
      .cli('--raw', 'INFO', 'commandstats')
      .split('\n')
      .flatMap((line): [string, number][] => {
        const [, name = '', calls] = /^cmdstat_([^:]+):calls=(\d+)/.exec(line) ?? []
        return calls === undefined ? [] : [[name, Number(calls)]]
      }),
  )

t.test('commands of a replica in an hourly tick', { skip: skipWithoutRedis }, async (t) => {
  const redis = await startRedis(t)
  const { store } = openRedis(t, redisSettings(redis.port, { commandTimeoutMs: 5000 }))
  await until(() => store.isUp(), 10_000)
  const clock = drivenClock()
  const all = [1, 2].map(() => replica({ clock, store: longUp(store), settings }))
  for (const one of all) await one.watch.step()
  redis.cli('CONFIG', 'RESETSTAT')
  const ticks = 2
  for (let second = 0; second < (ticks * hourMs) / 1000; second++) {
    for (const one of all) {
      // 4,320 samples a day on each replica.
      if (second % 20 === 0) one.add({ language: second % 40 === 0 ? 'en' : 'bn' })
      if ((second * 1000) % flushMsOf(settings.tickMs) === 0) await one.watch.step()
    }
    clock.advance(1000)
  }
  const commands = commandsOf(redis)
  for (const own of ['info', 'config|resetstat', 'command|docs', 'command', 'hello']) {
    commands.delete(own)
  }
  const calls = [...commands.values()].reduce((sum, one) => sum + one, 0)
  const each = calls / (all.length * ticks)
  t.comment(`${each.toFixed(0)} commands a replica and tick`, Object.fromEntries(commands))
  for (const one of all) t.match(one.counted, { failures: [], late: 0 })
  t.ok(each <= 1500, `${each} commands`)
})
