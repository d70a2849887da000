/**
 * Logs by allow-list: one function per event, each writing only the fields it names. Headers, query
 * strings, paths, bodies and messages of errors are never written: an error's message can quote what
 * it met. Behind that a scrubber replaces whatever still looks like a credential.
 *
 * Writing never blocks the traffic thread: beyond the buffer, lines are lost and counted.
 */
import { type DestinationStream, destination, pino } from 'pino'
import type { LogLevel } from './config/log-schema.ts'
import { codeOf, type Fault } from './error.ts'
import type { EndedExchange } from './exchange/captured.ts'
import { scrub } from './scrub.ts'

export interface Log {
  /** One line per exchange (`log.requests`). */
  exchange(exchange: EndedExchange): void
  started(addresses: { dataUrl: string; adminUrl: string }): void
  configWarning(warning: Fault): void
  /** Names of keys: what is in force now, and what waits for a restart. */
  configReloaded(changed: readonly string[], needsRestart: readonly string[]): void
  /** One fault of a configuration that was not taken. */
  configRefused(fault: Fault): void
  setLevel(level: LogLevel): void
  draining(): void
  stopped(): void
  /** Exchanges that were still open at the drain's deadline. */
  drainForced(cut: number): void
  monitorLost(reason: string, error: unknown): void
  scrapeFailed(error: unknown): void
  /** A fault of this program: nothing else belongs here. */
  internalError(where: string, error: unknown): void
  /** Writes out what is still buffered. */
  flush(): void
}

export interface LogOptions {
  level: LogLevel
  /** Where lines go; stdout when absent. */
  stream?: DestinationStream
}

const bufferBytesMax = 1_048_576

export function createLog({ level, stream }: LogOptions): Log {
  let lost = 0
  const stdout = stream === undefined ? openStdout(() => lost++) : undefined
  const target = stream ?? stdout
  if (target === undefined) throw new Error('a log needs a stream')
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: scrub },
    },
    target,
  )
  return {
    exchange: (exchange) => logger.info(exchangeFields(exchange), 'exchange'),
    started: ({ dataUrl, adminUrl }) => logger.info({ dataUrl, adminUrl }, 'started'),
    configWarning: ({ key, reason }) => logger.warn({ key, reason }, 'config_warning'),
    configReloaded(changed, needsRestart) {
      if (needsRestart.length === 0) logger.info({ changed }, 'config_reloaded')
      else logger.warn({ changed, needsRestart }, 'config_reloaded')
    },
    configRefused: ({ key, reason, at }) => logger.error({ key, reason, at }, 'config_refused'),
    setLevel(next) {
      logger.level = next
    },
    draining: () => logger.info('draining'),
    stopped: () => logger.info(lost === 0 ? {} : { linesLost: lost }, 'stopped'),
    drainForced: (cut) => logger.warn({ cut }, 'drain_forced'),
    monitorLost: (reason, error) => logger.error({ reason, ...errorFields(error) }, 'monitor_lost'),
    scrapeFailed: (error) => logger.error(errorFields(error), 'scrape_failed'),
    internalError: (where, error) =>
      logger.error({ where, ...errorFields(error) }, 'internal_error'),
    flush: () => stdout?.flush(),
  }
}

function openStdout(onLost: () => void): DestinationStream & { flush(): void } {
  const out = destination({ fd: 1, sync: false, maxLength: bufferBytesMax })
  out.on('drop', onLost)
  // A closed pipe or full disk behind stdout is no reason to end.
  out.on('error', onLost)
  return {
    write: (line) => void out.write(line),
    flush() {
      try {
        out.flushSync()
      } catch {
        onLost()
      }
    },
  }
}

const exchangeFields = (exchange: EndedExchange): Record<string, string | number | undefined> => ({
  method: exchange.method,
  route: exchange.route,
  protocol: exchange.protocol,
  outcome: exchange.outcome,
  status: exchange.status,
  error: exchange.errorKind,
  overheadMs: rounded(exchange.overheadMs),
  firstByteMs: rounded(exchange.firstByteMs),
  durationMs: rounded(exchange.durationMs),
  largestGapMs: rounded(exchange.largestGapMs),
  traceId: exchange.traceId,
})

const rounded = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms * 1000) / 1000

const causesMax = 5
const framesMax = 8

/** Kinds and codes along the causes, and where it was thrown; no message of any of them. */
export function errorFields(error: unknown): Record<string, unknown> {
  const errors: string[] = []
  let current = error
  for (let i = 0; i < causesMax && current !== undefined && current !== null; i++) {
    const kind = current instanceof Error ? current.constructor.name : typeof current
    const code = codeOf(current)
    errors.push(code === undefined ? kind : `${kind} ${code.slice(0, 64)}`)
    current = current instanceof Error ? current.cause : undefined
  }
  const frames = error instanceof Error ? framesOf(error) : []
  return frames.length === 0 ? { errors } : { errors, frames }
}

/** The frames stand behind the message, which may have lines of any form itself. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? ''
  const at = stack.indexOf(error.message)
  const behind = at < 0 ? '' : stack.slice(at + error.message.length)
  return behind
    .split('\n')
    .filter((line) => /^ {4}at .{1,300}$/.test(line))
    .slice(0, framesMax)
    .map((line) => line.trim())
}
