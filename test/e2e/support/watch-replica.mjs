/**
 * One replica of a fleet as a process of its own: the watch over a Redis. Each line of its input
 * is a difference, fed as one English and one other sample so that it makes exactly one pair. It says
 * what it is about to write and what was acknowledged.
 */
import { createInterface } from 'node:readline'
import { systemClock } from '../../../src/clock.ts'
import { openStore } from '../../../src/state/open-store.ts'
import { createWatch } from '../../../src/watch/watch.ts'

const { store: storeSettings, secret, writer, watch: settings } = JSON.parse(process.argv[2])
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const counted = { late: 0, held_too_long: 0, failures: {}, badEntries: 0, jumps: 0, pairs: 0 }
const redis = openStore(storeSettings, {
  clock: systemClock,
  secret,
  onBadEntry: () => counted.badEntries++,
  onError: () => undefined,
})

/** The store, with what goes through it told before and after. */
const store = {
  isUp: () => redis.isUp(),
  upForMs: () => redis.upForMs(),
  read: (keys) => redis.read(keys),
  readParts: (key) => redis.readParts(key),
  set: (...args) => redis.set(...args),
  close: () => redis.close(),
  async writePart(key, name, value, ttlMs) {
    const tick = Number(key.split(':').at(-1))
    const { samples } = JSON.parse(value)
    say({ kind: 'sends', tick, samples })
    const result = await redis.writePart(key, name, value, ttlMs)
    if (result.ok) say({ kind: 'acknowledged', tick, samples })
    return result
  },
  transact: (...args) => redis.transact(...args),
}

const watch = createWatch({
  settings,
  languages: ['en', 'bn', 'de'],
  requestSets: true,
  judgeVersion: 'judge 1',
  store,
  writer,
  admission: { admit: () => 'admitted' },
  toolAdmission: { admits: () => true },
  clock: systemClock,
  events: {
    admission() {},
    paired: () => counted.pairs++,
    lost: (reason, samples) => {
      counted[reason] += samples
    },
    storeFailed: (error) => {
      counted.failures[error] = (counted.failures[error] ?? 0) + 1
    },
    badEntry: () => counted.badEntries++,
    clockJumped: () => counted.jumps++,
    folded() {},
  },
})

/** Each language has a format of its own, so that the English sample is used for it alone. */
const formats = { bn: 'chat', de: 'agentic' }
const observe = (language, format, refused) => {
  const at = systemClock.now()
  const verdict = refused ? 'refused' : 'complied'
  watch.observe(
    { at, language, set: 'should_refuse', format, depth: '1', verdict },
    { conversationKey: 'any', humanTurns: 1, userKey: undefined, at },
    'model-1',
  )
}

const input = createInterface({ input: process.stdin })
input.on('line', (line) => {
  const { language, difference } = JSON.parse(line)
  observe('en', formats[language], difference >= 0)
  observe(language, formats[language], difference <= 0)
})

const stepMs = 100
const { tickMs, graceMs } = settings
let ending = false

/** Steps until the input has ended and every tick of it is folded, then says what was counted. */
async function run() {
  while (!redis.isUp()) await pause(10)
  await watch.step()
  say({ kind: 'ready' })
  for (let left = Number.POSITIVE_INFINITY; left > 0; left -= stepMs) {
    if (ending) left = Math.min(left, tickMs + 1.5 * graceMs + 700)
    await watch.step()
    await pause(stepMs)
  }
  await watch.close()
  await watch.refresh()
  say({ kind: 'ends', foldedTick: watch.report().view?.fleet.foldedTick, ...counted })
  await store.close()
  process.exit(0)
}

input.on('close', () => {
  ending = true
})
await run()
