/** The built thread, ended while it loads: what it has opened is closed again. */
import { readdirSync, readlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import t from 'tap'

const dist = resolve('dist')
const url = pathToFileURL(join(dist, 'monitor/thread.js'))
const deaths = process.env['HOLDFAST_TEST_SLOW'] === '1' ? 60 : 8
/** Files of the program that are open. */
const openModules = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)].filter((path) => path.startsWith(dist))
    } catch {
      return []
    }
  })

/** @returns whether it was ended, and had not failed before */
const endedAfter = async (ms: number): Promise<boolean> => {
  const thread = new Worker(url, { workerData: {}, execArgv: [], stderr: true })
  const state = { failed: false }
  thread.on('error', () => {
    state.failed = true
  })
  const gone = new Promise<void>((resolve) => {
    thread.once('exit', () => resolve())
  })
  await Promise.race([pause(ms), gone])
  await thread.terminate()
  await gone
  return !state.failed
}

t.test(
  `${deaths} threads that are ended while they load leave next to no file open`,
  {
    skip: process.platform !== 'linux' && 'descriptors are counted in /proc',
  },
  async (t) => {
    await endedAfter(20_000)
    const from = performance.now()
    t.equal(await endedAfter(20_000), false, 'left alone, it fails when it has loaded')
    const loadMs = performance.now() - from
    const before = openModules().length
    let ended = 0
    for (let death = 0; death < deaths; death++) {
      if (await endedAfter((loadMs * (death + 1)) / (deaths + 1))) ended++
    }
    t.ok(ended >= deaths / 2, `${ended} of ${deaths} had not loaded`)
    const left = openModules()
    // The one that is being opened at that moment; it was up to 160 each time.
    t.ok(left.length - before <= Math.max(2, deaths / 12), `left: ${left.join(' ')}`)
  },
)
