/**
 * Any command of the built program as a process of its own: its output so far, waiting for a line of
 * it, its end. What a test starts ends with the test.
 */
import { spawn } from 'node:child_process'
import type { Test } from 'tap'
import { cliPath } from './holdfast-process.ts'

export interface CommandEnd {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface CommandProcess {
  readonly pid: number
  stdout(): string
  /** Waits for output that matches; throws when the command ends before. */
  prints(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>
  signal(name: NodeJS.Signals): void
  /** Settles when the process has gone and its output is read to the end. */
  readonly end: Promise<CommandEnd>
}

const waitDefaultMs = 20_000

export function startCommand(t: Test, args: readonly string[]): CommandProcess {
  const binary = process.env['HOLDFAST_TEST_NODE'] ?? process.execPath
  // tap adds NODE_OPTIONS of its own to what it starts; a user's process has none.
  const child = spawn('env', ['-u', 'NODE_OPTIONS', binary, cliPath(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  const { pid } = child
  if (pid === undefined) throw new Error('the command has not started')
  let stdout = ''
  let stderr = ''
  let ended = false
  const watchers = new Set<() => void>()
  const look = (): void => {
    for (const watcher of watchers) watcher()
  }
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString()
    look()
  })
  child.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString()
  })
  const end = new Promise<CommandEnd>((resolve) => {
    child.once('close', (code, signal) => {
      ended = true
      look()
      resolve({ code, signal, stdout, stderr })
    })
  })
  t.teardown(() => {
    if (!ended) child.kill('SIGKILL')
    return end
  })
  return {
    pid,
    stdout: () => stdout,
    prints: (pattern, timeoutMs = waitDefaultMs) =>
      new Promise((resolve, reject) => {
        const settle = (done: () => void): void => {
          clearTimeout(timer)
          watchers.delete(watcher)
          done()
        }
        const watcher = (): void => {
          const found = pattern.exec(stdout)
          if (found !== null) settle(() => resolve(found))
          else if (ended) settle(() => reject(new Error(`ended first: ${stdout}\n${stderr}`)))
        }
        const timer = setTimeout(
          () => settle(() => reject(new Error(`${pattern} not printed: ${stdout}\n${stderr}`))),
          timeoutMs,
        )
        watchers.add(watcher)
        watcher()
      }),
    signal: (name) => void child.kill(name),
    end,
  }
}
