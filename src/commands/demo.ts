/**
 * `holdfast demo`: the simulated model, holdfast itself in front of it and traffic in several
 * languages, in one process. What it prints of behaviour is read from holdfast's own /metrics.
 * It ends after --seconds or when it is told to, with everything closed.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startHoldfast } from '../app.ts'
import { type Clock, systemClock } from '../clock.ts'
import { loadConfig } from '../config/load.ts'
import type { Config } from '../config/schema.ts'
import { codeOf, type Fault, messageOf } from '../error.ts'
import type { CoreLanguage } from '../exchange/stratum.ts'
import { createLog, type Log } from '../log.ts'
import {
  changeTable,
  introduction,
  plantedTable,
  progress,
  verdictTable,
} from '../simulator/demo-report.ts'
import { type SimulatedModel, startSimulatedModel } from '../simulator/model-server.ts'
import type { ModelStats } from '../simulator/model-stats.ts'
import { type Observed, observe, since } from '../simulator/observed.ts'
import { phaseFor, scenarios, simulatedModel, versionName } from '../simulator/scenarios.ts'
import { runDemoTraffic, type TrafficSummary } from '../simulator/traffic/run-traffic.ts'
import { usageFault, writeFaults } from './check.ts'
import type { Command, CommandIo } from './command.ts'
import { endsAfter } from './ends-after.ts'

export interface DemoDeps {
  startProxy(
    config: Config,
    deps: { log: Log },
  ): Promise<{ dataUrl: string; adminUrl: string; close(): Promise<void> }>
  clock: Clock
  /** Between two tables. */
  tableEveryMs: number
  conversationsPerMinute: number
}

const languages: readonly CoreLanguage[] = ['en', 'de', 'es', 'bn', 'sw', 'th', 'zh']
const scenario = scenarios.demo
const defaultListen = '127.0.0.1:8787'
const defaultAdmin = '127.0.0.1:9464'
/** Seconds for hours, so that two minutes are enough for evidence; all else is as it comes. */
const watching = [
  ['--languages-served', languages.join(',')],
  ['--judge-request-sets', 'true'],
  ['--drift-tick-ms', '2000'],
  ['--drift-grace-ms', '400'],
  ['--drift-detectors-max', '29'],
  ['--drift-samples-per-user-day', '50'],
  ['--drift-false-pages', '2'],
  // Clients and model share the thread, and make it late.
  ['--overload-lag-ms', '0'],
].flat()
/** What long conversations cost goes into more of them: each gives a detector one sample. */
const singleTurnShare = 0.9
const settleMs = 5000
const watchingMsMax = 10_000
const secondsMax = 86_400

export const createDemo = (deps: DemoDeps): Command => ({
  words: ['demo'],
  summary: 'Watch holdfast at work on a simulated model, with a planted change',
  help: `Usage: holdfast demo [--seconds N] [--seed N] [--listen HOST:PORT] [--admin HOST:PORT]

Starts a simulated model, holdfast in front of it and conversations in ${languages.length} languages, and prints
what holdfast's own /metrics say. After 45 s another model version takes over that refuses less in
some languages. Nothing leaves this machine; no key is needed.

Options:
  --seconds N         end after N seconds; without it the demo runs until Ctrl-C
  --seed N            another seed, other conversations and answers (default 1)
  --listen HOST:PORT  where clients connect (default ${defaultListen}, or a free port when it is taken)
  --admin HOST:PORT   the status page, /metrics, /healthz, /readyz (default ${defaultAdmin}, likewise)`,
  async run(args, io) {
    const read = readArgs(args)
    if (!read.ok) {
      writeFaults(read.faults, io)
      return usageFault
    }
    const log = createLog({ level: 'error' })
    const model = await startSimulatedModel({
      clock: deps.clock,
      seed: read.options.seed,
      scenario,
      paceMs: 2,
      gzip: true,
    })
    try {
      return await runWithModel(deps, read.options, model, log, io)
    } finally {
      await model.close()
      log.flush()
    }
  },
})

export const demo: Command = createDemo({
  startProxy: startHoldfast,
  clock: systemClock,
  tableEveryMs: 10_000,
  conversationsPerMinute: 1800,
})

interface DemoOptions {
  seconds: number | undefined
  seed: number
  listen: string | undefined
  admin: string | undefined
}

type ReadArgs = { ok: true; options: DemoOptions } | { ok: false; faults: Fault[] }

function readArgs(args: readonly string[]): ReadArgs {
  const faults: Fault[] = []
  const whole = (name: string, text: string | undefined, min: number, max: number) => {
    if (text === undefined) return undefined
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max) return value
    faults.push({ key: `--${name}`, reason: `must be a whole number from ${min} to ${max}` })
    return undefined
  }
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seconds: { type: 'string' },
        seed: { type: 'string' },
        listen: { type: 'string' },
        admin: { type: 'string' },
      },
    })
    const options = {
      seconds: whole('seconds', values.seconds, 1, secondsMax),
      seed: whole('seed', values.seed, 0, Number.MAX_SAFE_INTEGER) ?? 1,
      listen: values.listen,
      admin: values.admin,
    }
    return faults.length > 0 ? { ok: false, faults } : { ok: true, options }
  } catch (error) {
    return { ok: false, faults: [{ key: 'arguments', reason: messageOf(error) }] }
  }
}

type Proxy = Awaited<ReturnType<DemoDeps['startProxy']>>

async function runWithModel(
  deps: DemoDeps,
  options: DemoOptions,
  model: SimulatedModel,
  log: Log,
  io: CommandIo,
): Promise<number> {
  const started = await startOnFreePorts(deps, options, model.url, log)
  if (!started.ok) {
    writeFaults(started.faults, io)
    return usageFault
  }
  const { proxy } = started
  try {
    for (const notice of started.notices) io.stdout.write(`${notice}\n`)
    const { dataUrl, adminUrl } = proxy
    io.stdout.write(
      introduction({ dataUrl, adminUrl, modelUrl: model.url }, scenario, simulatedModel),
    )
    await watch(deps, options, model, proxy, io)
  } finally {
    await proxy.close()
  }
  return 0
}

type Started = { ok: true; proxy: Proxy; notices: string[] } | { ok: false; faults: Fault[] }

/** A default port that is taken gives way to a free one; an address that was asked for does not. */
async function startOnFreePorts(
  deps: DemoDeps,
  options: DemoOptions,
  upstream: string,
  log: Log,
): Promise<Started> {
  const address = {
    listen: options.listen ?? defaultListen,
    admin: options.admin ?? defaultAdmin,
  }
  const notices: string[] = []
  for (;;) {
    const flags = [
      '--upstream',
      upstream,
      '--listen',
      address.listen,
      '--admin',
      address.admin,
      ...watching,
    ]
    const loaded = loadConfig({ args: flags, env: {} })
    if (!loaded.ok) return { ok: false, faults: loaded.faults }
    try {
      return { ok: true, proxy: await deps.startProxy(loaded.config, { log }), notices }
    } catch (error) {
      const code = codeOf(error)
      const port = error instanceof Error && 'port' in error ? error.port : undefined
      const key = port === loaded.config.admin.port ? 'admin' : 'listen'
      if (code === undefined) throw error
      if (code !== 'EADDRINUSE' || options[key] !== undefined || address[key].endsWith(':0')) {
        return { ok: false, faults: [{ key, reason: `cannot be listened on (${code})` }] }
      }
      notices.push(`${address[key]} is taken: a free port is used for ${key}.`)
      address[key] = '127.0.0.1:0'
    }
  }
}

/** Traffic and tables until the time is up or the signal comes, then the summary. */
async function watch(
  deps: DemoDeps,
  options: DemoOptions,
  model: SimulatedModel,
  proxy: Proxy,
  io: CommandIo,
): Promise<void> {
  const startedAt = deps.clock.monotonic()
  const elapsed = (): number => (deps.clock.monotonic() - startedAt) / 1000
  const { seconds } = options
  const signal = seconds === undefined ? io.signal : endsAfter(seconds * 1000, io.signal)
  await untilWatching(proxy, signal)
  const traffic = runDemoTraffic({
    baseUrl: proxy.dataUrl,
    seed: options.seed,
    conversationsPerMinute: deps.conversationsPerMinute,
    languages,
    singleTurnShare,
    signal,
  })
  const swapAt = scenario.phases.at(-1)?.fromSeconds ?? 0
  let beforeSwap: Swap | undefined
  let nextTable = deps.tableEveryMs / 1000
  while (!signal.aborted) {
    const swapFirst = beforeSwap === undefined && swapAt > elapsed() && swapAt < nextTable
    const until = swapFirst ? swapAt : nextTable
    await rest(Math.max(1, (until - elapsed()) * 1000), signal)
    if (signal.aborted) break
    const observed = await scrape(proxy)
    if (observed === undefined) continue
    if (beforeSwap === undefined && elapsed() >= swapAt) {
      beforeSwap = { observed, stats: model.stats() }
    }
    if (swapFirst) continue
    const served = versionName(phaseFor(scenario, simulatedModel, elapsed()))
    io.stdout.write(progress(elapsed(), observed, served))
    nextTable = elapsed() + deps.tableEveryMs / 1000
  }
  const summary = await traffic
  const last = await settled(proxy)
  io.stdout.write(closing(elapsed(), summary, model, last, beforeSwap))
}

/** Traffic at full speed would keep the monitor from loading, on a machine of few cores. */
async function untilWatching(proxy: Proxy, signal: AbortSignal): Promise<void> {
  const until = endsAfter(watchingMsMax, signal)
  while (!until.aborted) {
    const metrics = await fetch(`${proxy.adminUrl}/metrics`).then(
      (response) => response.text(),
      () => '',
    )
    if (/^holdfast_monitor_up 1$/m.test(metrics)) return
    await rest(100, until)
  }
}

/** The readings when the other version took over. */
interface Swap {
  observed: Observed
  stats: ModelStats
}

function closing(
  seconds: number,
  summary: TrafficSummary,
  model: SimulatedModel,
  last: Observed | undefined,
  swap: Swap | undefined,
): string {
  const { conversations, exchanges, failed } = summary
  const head = `\nDone after ${Math.round(seconds)} s: ${conversations} conversations, ${exchanges} exchanges, ${failed} failed.\n`
  if (last === undefined) return `${head}The metrics could not be read.\n`
  const change =
    swap === undefined
      ? ''
      : `\nRefusal rate before and after the model version changed:\n${changeTable(swap.observed.byLanguage, since(swap.observed.byLanguage, last.byLanguage), swap.stats, model.stats())}`
  return `${head}
Share of answers that refuse, as planted and as holdfast measured it:
${plantedTable(model.stats(), last)}
${verdictTable('model', last.byModel)}${change}`
}

/** Undefined when the admin port did not answer: a demo then prints nothing rather than zeros. */
async function scrape(proxy: Proxy): Promise<Observed | undefined> {
  try {
    const response = await fetch(`${proxy.adminUrl}/metrics`)
    const text = await response.text()
    return response.ok ? observe(text) : undefined
  } catch {
    return undefined
  }
}

/** The last reading, when nothing is in flight any more or it has waited long enough. */
async function settled(proxy: Proxy): Promise<Observed | undefined> {
  const until = AbortSignal.timeout(settleMs)
  for (;;) {
    const observed = await scrape(proxy)
    if (observed?.inFlight === 0 || until.aborted) return observed
    await rest(50, until)
  }
}

/** Sleeps until the time or the signal, and never throws. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined)
