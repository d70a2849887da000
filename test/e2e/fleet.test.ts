/**
 * A fleet of processes over a real Redis: however a stream of differences is dealt over 1, 3 or 10
 * replicas, and whichever of them are killed, the evidence is that of one process that saw what was
 * acknowledged. HOLDFAST_TEST_FLEET_RUNS sets the seeds of the runs with kills.
 */
import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import { thresholdFor } from '../../src/drift/budget.ts'
import { type FleetState, readFleet } from '../../src/drift/fleet-state.ts'
import { createRandom, type Random } from '../../src/drift/simulation/random.ts'
import { openStore } from '../../src/state/open-store.ts'
import { ticksPerHorizon, type WatchSettings } from '../../src/watch/settings.ts'
import { pause, redisSettings, testSecret } from '../state/open-redis.ts'
import { type RedisServer, skipWithoutRedis, startRedis } from '../state/redis-server.ts'
import { settings } from '../watch/set-up.ts'
import { allowedOf, evidenceFrom } from './support/fleet-truth.ts'
import { type ReplicaProcess, type Sent, startReplica } from './support/replica-process.ts'

const options = { skip: skipWithoutRedis }
const runs = Number(process.env['HOLDFAST_TEST_FLEET_RUNS'] ?? 1)
const watch: WatchSettings = {
  ...settings,
  tickMs: 1000,
  // A process that the machine leaves waiting for longer than this would be late, and counted.
  graceMs: 1500,
}
const threshold = thresholdFor({
  detectors: watch.detectorsMax,
  ticks: ticksPerHorizon(watch.tickMs),
  falsePages: watch.falsePages,
})
const differences = 300
const trafficMs = 3000

const drawn = (random: Random): Sent => {
  const draw = random.uniform()
  return {
    language: random.uniform() < 0.7 ? 'bn' : 'de',
    difference: draw < 0.15 ? 1 : draw < 0.2 ? -1 : 0,
  }
}

class Fleet {
  readonly all: ReplicaProcess[] = []
  readonly #t: Test
  readonly #redis: RedisServer
  readonly #prefix: string
  #started = 0

  constructor(t: Test, redis: RedisServer, prefix: string) {
    this.#t = t
    this.#redis = redis
    this.#prefix = prefix
  }

  async add(): Promise<ReplicaProcess> {
    const replica = await startReplica(this.#t, {
      store: this.#settings(),
      secret: testSecret,
      writer: `writer-${this.#started++}`,
      watch,
    })
    this.all.push(replica)
    return replica
  }

  running(): ReplicaProcess[] {
    return this.all.filter(({ killed }) => !killed)
  }

  async state(): Promise<FleetState> {
    const bad: string[] = []
    const store = openStore(this.#settings(), {
      clock: systemClock,
      secret: testSecret,
      onBadEntry: (kind) => bad.push(kind),
      onError: () => undefined,
    })
    this.#t.teardown(() => store.close())
    while (!store.isUp()) await pause(5)
    const read = await store.read(['drift:state'])
    const fleet = read.ok ? readFleet(read.value.get('drift:state') ?? '') : undefined
    if (fleet === undefined) throw new Error('no state was folded')
    return fleet
  }

  #settings() {
    const more = { prefix: this.#prefix, commandTimeoutMs: 1000, connectTimeoutMs: 2000 }
    return redisSettings(this.#redis.port, more)
  }
}

/** Deals the differences over whoever runs, at a steady pace; `between` is asked before each. */
async function deal(fleet: Fleet, seed: number, between: (dealt: number) => Promise<void>) {
  const random = createRandom(seed, 1)
  const to = createRandom(seed, 2)
  const from = performance.now()
  for (let dealt = 0; dealt < differences; dealt++) {
    await between(dealt)
    const running = fleet.running()
    running[to.below(running.length)]?.send(drawn(random))
    const ahead = from + (trafficMs * dealt) / differences - performance.now()
    if (ahead > 0) await pause(ahead)
  }
}

/** Evidence as it was folded against evidence of one process. */
function checkEvidence(t: Test, fleet: Fleet, state: FleetState): void {
  const expected = evidenceFrom(fleet.all, state.receipts, { g0: 0.02, threshold })
  const byCount = (a: { differences: number }, b: { differences: number }) =>
    b.differences - a.differences
  const found = [...state.detectors.values()].sort(byCount)
  const single = [...expected.values()].sort(byCount)
  t.equal(found.length, 2, 'one detector for either language')
  for (const [i, one] of single.entries()) {
    const { wealth, ...counts } = one
    const { wealth: folded = [], ...foldedCounts } = found[i] ?? {}
    t.same(foldedCounts, counts)
    t.equal(folded.length, 5)
    for (const [k, m] of wealth.entries()) {
      t.ok(Math.abs((folded[k] ?? Number.NaN) / m - 1) < 1e-6, `bet ${k}: ${folded[k]}, ${m}`)
    }
  }
}

/** What was folded of each replica is what it wrote; of a killed one without or with its last write. */
function checkReceipts(t: Test, fleet: Fleet, { receipts }: FleetState): number {
  t.ok(receipts.length < 8, 'all receipts are still there')
  let undecided = 0
  for (const replica of fleet.all) {
    for (const { writer, tick, samples } of allowedOf(replica)) {
      const folded = receipts.find((one) => one.tick === tick)?.writers.get(writer) ?? 0
      t.ok(
        samples.includes(folded),
        `${writer}, tick ${tick}: ${folded} of ${samples.join(' or ')}`,
      )
      if (samples.length > 1) undecided++
    }
  }
  return undecided
}

async function finish(t: Test, fleet: Fleet): Promise<FleetState> {
  const ends = await Promise.all(fleet.running().map((replica) => replica.finish()))
  for (const end of ends) t.match(end, { late: 0, heldTooLong: 0, failures: {} })
  return await fleet.state()
}

t.test('1, 3 and 10 processes have the evidence of one', options, async (t) => {
  const redis = await startRedis(t)
  const run = async (size: number): Promise<void> => {
    const fleet = new Fleet(t, redis, `of-${size}`)
    await Promise.all(Array.from({ length: size }, () => fleet.add()))
    await deal(fleet, 4, async () => undefined)
    const state = await finish(t, fleet)
    t.equal(checkReceipts(t, fleet, state), 0)
    checkEvidence(t, fleet, state)
    let folded = 0
    for (const { differences } of state.detectors.values()) folded += differences
    t.equal(folded, differences, `${size} replicas: every difference, once`)
  }
  await Promise.all([run(1), run(3)])
  await run(10)
})

/** The server takes the write that was under way when it wakes up: nobody was told that it did. */
async function killWhileWriting(redis: RedisServer, victim: ReplicaProcess): Promise<void> {
  redis.freeze()
  const isWriting = (): boolean => victim.begun.length > victim.acknowledged.length
  for (let waited = 0; waited < 300 && !isWriting(); waited += 10) await pause(10)
  await victim.kill()
  redis.thaw()
}

t.test('killed replicas lose their last flush at most, new ones add', options, async (t) => {
  const redis = await startRedis(t)
  for (let seed = 1; seed <= runs; seed++) {
    const random = createRandom(seed, 3)
    const fleet = new Fleet(t, redis, `killed-${seed}`)
    await Promise.all(Array.from({ length: 4 }, () => fleet.add()))
    const kills = new Set(Array.from({ length: 4 }, () => 20 + random.below(differences - 40)))
    const started: Promise<unknown>[] = []
    await deal(fleet, seed, async (dealt) => {
      if (!kills.has(dealt)) return
      // New ones may be slow to start, and somebody has to be there.
      if (fleet.running().length < 3) await Promise.all(started)
      const running = fleet.running()
      const victim = running[random.below(running.length)]
      if (victim !== undefined) await killWhileWriting(redis, victim)
      started.push(fleet.add())
    })
    await Promise.all(started)
    const state = await finish(t, fleet)
    const undecided = checkReceipts(t, fleet, state)
    checkEvidence(t, fleet, state)
    let folded = 0
    for (const { differences } of state.detectors.values()) folded += differences
    const lost = fleet.all
      .filter(({ killed }) => killed)
      .reduce((sum, { sent, acknowledged }) => {
        const last = new Map(acknowledged.map(({ tick, samples }) => [tick, samples]))
        return sum + sent.length - [...last.values()].reduce((all, n) => all + n, 0) / 2
      }, 0)
    t.ok(folded >= differences - lost && folded <= differences, `${folded} folded, ${lost} lost`)
    t.equal(fleet.all.filter(({ killed }) => killed).length, kills.size)
    t.equal(fleet.all.length, 4 + kills.size)
    t.comment(
      `seed ${seed}: ${folded} of ${differences} folded, at most ${lost} after the last flush, ` +
        `${undecided} writes under way`,
    )
  }
})
