#!/usr/bin/env node
/**
 * The process: arguments, signals, exit code. The first SIGINT or SIGTERM asks the command to end,
 * a second SIGINT ends the process.
 */
import { runCommandLine } from './command-line.ts'
import { commands, hiddenCommands } from './commands/commands.ts'
import { errorFields } from './log.ts'
import { packageVersion } from './version.ts'

/** What a command leaves open may hold the process up for this long after it has returned. */
const lingerMs = 5000
const interrupted = 130

const stop = new AbortController()
process.on('SIGTERM', () => stop.abort())
process.on('SIGINT', () => {
  if (stop.signal.aborted) process.exit(interrupted)
  stop.abort()
})

/** Node would print the message and the source line, and either may quote what passed through. */
function endWithFault(error: unknown): never {
  const fields = JSON.stringify(errorFields(error))
  process.stderr.write(`holdfast: internal fault ${fields}\n`)
  process.exit(1)
}
process.on('uncaughtException', endWithFault)

// `holdfast ... | head` closes the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  endWithFault(error)
})

try {
  process.exitCode = await runCommandLine(
    process.argv.slice(2),
    {
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
      signal: stop.signal,
      onHangup(listener) {
        process.on('SIGHUP', listener)
        return () => void process.off('SIGHUP', listener)
      },
    },
    { commands, hidden: hiddenCommands, version: packageVersion },
  )
} catch (error) {
  endWithFault(error)
}
setTimeout(() => process.exit(), lingerMs).unref()
