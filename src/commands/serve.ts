/**
 * `holdfast serve`: the main job. Runs until it is told to stop, then drains: not ready first, then
 * no new connections, and open exchanges are let end.
 */
import { lookup } from 'node:dns/promises'
import { startHoldfast } from '../app.ts'
import { hostPortText } from '../config/address.ts'
import { optionsText } from '../config/describe.ts'
import { configFilePath, type LoadInput, type LoadResult, loadConfig } from '../config/load.ts'
import { resolvesToOwnListener } from '../config/own-listener.ts'
import type { Config } from '../config/schema.ts'
import { fileBytesMax } from '../config/yaml-tree.ts'
import { codeOf, type Fault } from '../error.ts'
import { createLog, type Log } from '../log.ts'
import { readConfigFile, watchConfig } from '../stages/config-watch.ts'
import { usageFault, writeFaults } from './check.ts'
import type { Command, CommandIo } from './command.ts'

const lookupDeadlineMs = 5000

export const serve: Command = {
  words: ['serve'],
  summary: 'Stand in front of a model API',
  help: `Usage: holdfast serve --upstream URL [options]

Passes every request to the upstream unchanged and exports what the answers show on the admin port.
Stops on SIGTERM or SIGINT after the exchanges in flight have ended. Reads its configuration again on
SIGHUP and when the file changes; one with faults changes nothing.

Every option is also a HOLDFAST_* variable (--proxy-connect-timeout-ms is
HOLDFAST_PROXY_CONNECT_TIMEOUT_MS) and a key of the file.

Options:
${optionsText()}`,
  async run(args, io) {
    const path = configFilePath({ args, env: io.env })
    const input = { args, env: io.env, fileBytes: await readConfigFile(path, fileBytesMax) }
    const result = await load(input)
    if (!result.ok) {
      writeFaults(result.faults, io)
      return usageFault
    }
    const log = createLog({ level: result.config.log.level })
    try {
      for (const warning of result.warnings) log.configWarning(warning)
      return await runUntilStopped(result.config, input, log, io)
    } finally {
      log.flush()
    }
  },
}

/** Everything that is checked before a start, and before a change while it runs. */
async function load(input: LoadInput): Promise<LoadResult> {
  const result = loadConfig(input)
  if (!result.ok) return result
  const faults = await resolvesToOwnListener(result.config, allAddresses)
  return faults.length > 0 ? { ok: false, faults } : result
}

async function runUntilStopped(
  config: Config,
  input: LoadInput,
  log: Log,
  io: CommandIo,
): Promise<number> {
  let running: Awaited<ReturnType<typeof startHoldfast>>
  try {
    running = await startHoldfast(config, { log })
  } catch (error) {
    const fault = listenFault(error, config)
    if (fault === undefined) throw error
    writeFaults([fault], io)
    return 1
  }
  log.started({ dataUrl: running.dataUrl, adminUrl: running.adminUrl })
  const watch = watchConfig({
    path: configFilePath(input),
    everyMs: config.reload.watchMs,
    bytesMax: fileBytesMax,
    fileBytes: input.fileBytes,
    load: (fileBytes) => load({ ...input, fileBytes }),
    stage: running.reload,
  })
  const unhook = io.onHangup?.(() => void watch.reload())
  await aborted(io.signal)
  unhook?.()
  watch.close()
  log.draining()
  await running.drain()
  log.stopped()
  return 0
}

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true })
      })

/** A DNS server that does not answer must not keep the proxy from starting. */
async function allAddresses(host: string): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer from DNS in time')), lookupDeadlineMs)
  })
  try {
    const found = await Promise.race([lookup(host, { all: true }), late])
    return found.map(({ address }) => address)
  } finally {
    clearTimeout(timer)
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'is in use by another process'],
  ['EACCES', 'may not be listened on by this user'],
  ['EADDRNOTAVAIL', 'is no address of this machine'],
  ['ENOTFOUND', 'is a host that cannot be resolved'],
])

/** An address that cannot be bound is the operator's to change. */
function listenFault(error: unknown, config: Config): Fault | undefined {
  const reason = reasons.get(codeOf(error) ?? '')
  if (reason === undefined || !(error instanceof Error)) return undefined
  const port = 'port' in error ? error.port : undefined
  const key = port === config.admin.port && port !== config.listen.port ? 'admin' : 'listen'
  return { key, reason: `${hostPortText(config[key])} ${reason}` }
}
