/** A redis-server of one's own: started on a free port of 127.0.0.1, and then killed, frozen, emptied. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Test } from 'tap'

const program = 'redis-server'
const shell = 'redis-cli'
const found = spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

/** For `t.test(..., { skip })`. In CI its absence is a failure of the tests that need it. */
export const skipWithoutRedis: string | false =
  found || process.env['CI'] === 'true'
    ? false
    : 'redis-server is not installed: apt-get install redis-server, or brew install redis'

export interface RedisServer {
  port: number
  /** Of the running process. */
  pid(): number
  /** What redis-cli prints; waits for it, and blocks this process meanwhile. */
  cli(...args: string[]): string
  /** Sends commands as they are on the wire, many at once. */
  pipe(commands: readonly (readonly string[])[]): void
  freeze(): void
  thaw(): void
  kill(): Promise<void>
  /** On the same port, empty. */
  start(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export interface RedisServerOptions {
  args?: readonly string[]
  /** How redis-cli gets in. */
  cliArgs?: readonly string[]
  /** Where clients connect; `port` in `args` must agree. */
  port?: number
}

export async function startRedis(
  t: Pick<Test, 'teardown'>,
  { args = [], cliArgs = [], port: fixedPort }: RedisServerOptions = {},
): Promise<RedisServer> {
  const port = fixedPort ?? (await freePort())
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-redis-'))
  let child: ChildProcess | undefined
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const start = async (): Promise<void> => {
    const always = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
    const listen = args.includes('--port') ? [] : ['--port', String(port)]
    const started = spawn(program, [...listen, ...always, ...args], {
      // Not inherited: what outlives a test that is killed must not hold its output open.
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    child = started
    const lines: string[] = []
    for await (const line of createInterface({ input: started.stdout })) {
      lines.push(line)
      if (!line.includes('Ready to accept connections')) continue
      started.stdout.resume()
      return
    }
    throw new Error(`redis-server did not start:\n${lines.join('\n')}`)
  }
  const signal = (name: NodeJS.Signals): void => {
    child?.kill(name)
  }
  const run = (args: readonly string[], input = ''): string => {
    const all = ['-p', String(port), ...cliArgs, ...args]
    const ran = spawnSync(shell, all, { encoding: 'utf8', timeout: 10_000, input })
    if (ran.status !== 0) throw new Error(`redis-cli: ${ran.stderr || ran.stdout}`)
    return ran.stdout.trimEnd()
  }
  t.teardown(async () => {
    await kill()
    rmSync(folder, { recursive: true, force: true })
  })
  await start()
  return {
    port,
    pid: () => child?.pid ?? 0,
    cli: (...args) => run(args),
    pipe(commands) {
      const wire = commands.map((words) =>
        [
          `*${words.length}`,
          ...words.flatMap((word) => [`$${Buffer.byteLength(word)}`, word]),
          '',
        ].join('\r\n'),
      )
      run(['--pipe'], wire.join(''))
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    kill,
    start,
  }
}
