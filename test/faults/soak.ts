/**
 * `npm run faults -- --soak 20m`: the load for long, with Redis, the paid judge and the monitor failing at
 * moments that are drawn. Memory, descriptors and timers are read from the outside, conservation at every scrape.
 * What is resident swings by the heap of the monitor, which is made to run out of it; so its least in every two
 * minutes is looked at, and what the traffic thread holds after a collection.
 */
import { readFileSync } from 'node:fs'
import { fetchText, sumSeries } from '../e2e/support/holdfast-process.ts'
import { type JudgeMode, judgeSettings, startJudge } from './entries/judges.ts'
import { redisSettings, stageOf } from './entries/state.ts'
import { checkConservation, checkSecrets, checkTraffic } from './support/invariants.ts'
import { pause, startLoad } from './support/load.ts'
import { createScene, openFiles, openKinds, residentMb, type Scene } from './support/scene.ts'
import { scaleOf } from './support/sets.ts'

const soakSeed = 40
/** Caches, pools and compiled code fill in this share of the run. */
const warmShare = 0.4
const slopeMbMax = 1
const scrapeMs = 2000
const heapMs = 15_000
/** A shorter run says nothing of so small a slope. */
const slopeFromMs = 1_200_000
const residentSlopeFromMs = 7_200_000

export function durationMs(text: string): number {
  const [, number, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? []
  if (number === undefined) throw new Error(`--soak takes 30s, 20m or 2h, not ${text}`)
  return Number(number) * (unit === 'h' ? 3_600_000 : unit === 'm' ? 60_000 : 1000)
}

/** @returns the exit code */
export async function soak(lastsMs: number, clients: number): Promise<number> {
  const parts = await createScene(soakSeed, scaleOf.full)
  const { scene, violations } = parts
  const found: string[] = []
  try {
    const judge = await startJudge(scene, 'server_error')
    await parts.start({
      ...(await redisSettings(scene)),
      ...judgeSettings(scene, judge.url),
      hooked: 'yes',
      FAULT_HEAP_MS: `${heapMs}`,
      HOLDFAST_MONITOR_STALL_MS: '5000',
      HOLDFAST_MONITOR_RESTART_BACKOFF_MAX_MS: '1000',
    })
    await scene.until(
      'the monitor starts',
      async () => (await scene.metric('holdfast_monitor_up')) === 1,
      40_000,
    )
    const timersBefore = await timers(scene)
    const filesBefore = openFiles(scene.holdfast.pid)
    const { model, seed } = scene
    const load = startLoad({
      port: () => scene.holdfast.port,
      model,
      seed,
      clients,
      directClients: 2,
    })
    const end = performance.now() + lastsMs
    const breaking = breakAtRandom(scene, end, (mode) => {
      judge.mode = mode
    })
    const from = Date.now()
    const memory: Point[] = []
    while (performance.now() < end) {
      const text = await fetchText(scene.holdfast.adminPort, '/metrics').catch(() => undefined)
      found.push(...(text === undefined ? ['a scrape failed'] : checkConservation(text)))
      const minute = (lastsMs - (end - performance.now())) / 60_000
      memory.push({ minute, mb: residentMb(scene.holdfast.pid) })
      await pause(scrapeMs)
    }
    const injected = await breaking
    await load.stop()
    parts.hangUp()
    found.push(...checkTraffic(load.asked(), load.direct(), () => false))
    found.push(...(await atRest(scene, filesBefore, timersBefore)))
    const held = heldMemory(scene, from)
    const slope = slopeOf(warmOf(held)) * 10
    const floors = floorsOf(warmOf(memory))
    const floorSlope = slopeOf(floors) * 10
    const restarts = await scene.metric('holdfast_monitor_restarts_total')
    if (lastsMs >= slopeFromMs && slope > slopeMbMax)
      found.push(`I4: ${slope.toFixed(2)} MB more held in 10 minutes`)
    if (lastsMs >= residentSlopeFromMs && floorSlope > slopeMbMax)
      found.push(`I4: ${floorSlope.toFixed(2)} MB more resident in 10 minutes`)
    const metrics = await fetchText(scene.holdfast.adminPort, '/metrics')
    const { code } = await scene.holdfast.stop()
    if (code !== 0) found.push(`I8: it ended with ${code}`)
    found.push(...checkSecrets(scene.folder, [metrics, ...parts.outputs()]))
    print({
      minutes: lastsMs / 60_000,
      requests: load.asked().length,
      scrapes: memory.length,
      injected,
      restarts,
      residentMb: figuresOf(memory),
      leastResidentMb: figuresOf(floors),
      leastResidentMbPer10Minutes: floorSlope,
      heldMb: figuresOf(held),
      heldMbPer10Minutes: slope,
    })
  } finally {
    await parts.end()
  }
  for (const one of [...violations, ...new Set(found)]) process.stdout.write(`NOT HELD: ${one}\n`)
  return violations.length + found.length === 0 ? 0 : 1
}

async function breakAtRandom(
  scene: Scene,
  end: number,
  setJudge: (mode: JudgeMode) => void,
): Promise<Record<string, number>> {
  const { redis, wire } = stageOf(scene)
  const judges: readonly JudgeMode[] = [
    'slow',
    'rate_limited',
    'server_error',
    'garbage',
    'huge',
    'endless',
    'hijacked',
  ]
  const short = (): Promise<void> => pause(500 + scene.random.below(3000))
  const ways: Record<string, () => Promise<unknown>> = {
    async redis_killed() {
      await redis.kill()
      await short()
      await redis.start()
    },
    async redis_frozen() {
      redis.freeze()
      await short()
      redis.thaw()
    },
    async redis_slow() {
      wire.set({ kind: 'delay', ms: 300 })
      await short()
      wire.set({ kind: 'pass' })
    },
    async judge_changed() {
      setJudge(judges[scene.random.below(judges.length)] ?? 'slow')
    },
    async monitor_throws() {
      await whenUp(scene, () => scene.order('worker', 'throw'))
    },
    async monitor_exits() {
      await whenUp(scene, () => scene.order('worker', 'exit', 3))
    },
    async monitor_out_of_memory() {
      await whenUp(scene, () => scene.order('worker', 'out_of_memory'))
    },
  }
  const names = Object.keys(ways)
  const counts: Record<string, number> = {}
  // The last quarter minute is calm, so that everything is up at the end.
  while (performance.now() < end - 15_000) {
    await pause(3000 + scene.random.below(9000))
    const name = names[scene.random.below(names.length)] ?? ''
    counts[name] = (counts[name] ?? 0) + 1
    await ways[name]?.()
  }
  return counts
}

/** A thread that is lost while it loads leaves descriptors behind (docs/faults.md, less is promised). */
async function whenUp(scene: Scene, order: () => void): Promise<void> {
  await scene.until(
    'the monitor is up',
    async () => (await scene.metric('holdfast_monitor_up')) === 1,
    60_000,
  )
  order()
}

/** Conservation at rest; descriptors and timers as they were. */
async function atRest(
  scene: Scene,
  files: number,
  before: Record<string, number>,
): Promise<string[]> {
  const found: string[] = []
  await scene.until(
    'I6: nothing stays in flight',
    async () =>
      sumSeries(await fetchText(scene.holdfast.adminPort, '/metrics'), 'holdfast_in_flight', {}) ===
      0,
    30_000,
  )
  await scene.until(
    'I4: the open files are back',
    async () => openFiles(scene.holdfast.pid) <= files + 2,
    30_000,
  )
  const after = await timers(scene)
  const [was, now] = [before['Timeout'] ?? 0, after['Timeout'] ?? 0]
  if (now > was + 2) found.push(`I4: ${was} timers before, ${now} after`)
  process.stdout.write(
    `open files ${files} -> ${openFiles(scene.holdfast.pid)}, timers ${was} -> ${now}\n${JSON.stringify(openKinds(scene.holdfast.pid))}\n`,
  )
  return found
}

async function timers(scene: Scene): Promise<Record<string, number>> {
  scene.order('main', 'timers')
  await pause(500)
  return JSON.parse(readFileSync(`${scene.folder}/control.timers`, 'utf8')) as Record<
    string,
    number
  >
}

interface Point {
  minute: number
  mb: number
}

/** Of the traffic thread, after collections. */
const heldMemory = (scene: Scene, from: number): Point[] =>
  readFileSync(`${scene.folder}/control.heap`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number))
    .map(([at = 0, bytes = 0]) => ({ minute: (at - from) / 60_000, mb: bytes / 2 ** 20 }))

const warmOf = (points: readonly Point[]): readonly Point[] =>
  points.slice(Math.floor(points.length * warmShare))

const floorMinutes = 2

/** The least of every two minutes. */
function floorsOf(points: readonly Point[]): Point[] {
  const floors = new Map<number, Point>()
  for (const { minute, mb } of points) {
    const part = Math.floor(minute / floorMinutes)
    const least = floors.get(part)?.mb ?? Number.POSITIVE_INFINITY
    floors.set(part, { minute: (part + 0.5) * floorMinutes, mb: Math.min(least, mb) })
  }
  return [...floors.values()]
}

const figuresOf = (points: readonly Point[]) => ({
  first: points[0]?.mb,
  warm: warmOf(points)[0]?.mb,
  last: points.at(-1)?.mb,
  most: Math.max(...points.map(({ mb }) => mb)),
})

/** Least squares, MB a minute. */
function slopeOf(points: readonly Point[]): number {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean(({ minute }) => minute), mean(({ mb }) => mb)]
  let [over, under] = [0, 0]
  for (const { minute, mb } of points) {
    over += (minute - x) * (mb - y)
    under += (minute - x) ** 2
  }
  return under === 0 ? 0 : over / under
}

function print(figures: Record<string, unknown>): void {
  process.stdout.write(
    `conservation exact at every scrape unless said below\n${JSON.stringify(figures, null, 2)}\n`,
  )
}
