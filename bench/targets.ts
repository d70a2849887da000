/** The proxies that are compared, each started as a process of its own on one core. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Target {
  name: string
  port: number
  /** Undefined: nothing stands between (direct). */
  pid: number | undefined
  stop(): void
}

/** A module of this folder, under the extension that is running. */
const here = (name: string): string =>
  fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url))
const has = (command: string): boolean => spawnSync('which', [command]).status === 0

/** The proxy alone on one core, everything else on the other. */
const pinned = has('taskset')
export const pin = (core: number, command: string[]): string[] =>
  pinned ? ['taskset', '-c', String(core), ...command] : command

export async function start(
  command: string[],
  ready: RegExp,
): Promise<{ child: ChildProcess; match: RegExpExecArray }> {
  const [file = '', ...args] = command
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = ready.exec(text)
      if (found !== null) resolve(found)
    })
    child.on('exit', (code) => reject(new Error(`${command.join(' ')} ended with ${code}`)))
  })
  return { child, match }
}

const node = (name: string, ...args: string[]): string[] => [process.execPath, here(name), ...args]

export async function startUpstream(): Promise<Target> {
  const { child, match } = await start(pin(1, node('upstream')), /listening (\d+)/)
  return target('direct', child, Number(match[1]))
}

export async function startTargets(upstreamPort: number): Promise<Target[]> {
  const upstream = `http://127.0.0.1:${upstreamPort}`
  const targets: Target[] = []
  if (has('nginx')) targets.push(await startNginx(upstreamPort))
  const bare = await start(pin(0, node('bare-http-proxy', upstream)), /listening (\d+)/)
  targets.push(target('@fastify/http-proxy', bare.child, Number(bare.match[1])))
  for (const capture of ['false', 'true']) {
    const command = [
      process.execPath,
      'dist/cli.js',
      'serve',
      '--upstream',
      upstream,
      '--listen',
      '127.0.0.1:0',
      '--admin',
      '127.0.0.1:0',
      '--capture-enabled',
      capture,
    ]
    const started = await start(pin(0, command), /"dataUrl":"http:\/\/127\.0\.0\.1:(\d+)"/)
    if (pinned) sendOtherThreadsAway(started.child.pid)
    const name = capture === 'true' ? 'holdfast, capturing all' : 'holdfast, capture off'
    targets.push(target(name, started.child, Number(started.match[1])))
  }
  return targets
}

/** The traffic thread stays alone on its core, as it would be on a machine with a few of them. */
function sendOtherThreadsAway(pid: number | undefined): void {
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    if (task !== String(pid)) spawnSync('taskset', ['-cp', '1', task])
  }
}

function target(name: string, child: ChildProcess, port: number): Target {
  return { name, port, pid: child.pid, stop: () => void child.kill('SIGKILL') }
}

async function startNginx(upstreamPort: number): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  const port = await freePort()
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder};
  client_max_body_size 0; client_body_buffer_size 1m; keepalive_requests 1000000;
  upstream model { server 127.0.0.1:${upstreamPort}; keepalive 256; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffering off; proxy_request_buffering off;
    }
  }
}`,
  )
  const child = spawn(
    'taskset',
    ['-c', '0', 'nginx', '-p', folder, '-c', join(folder, 'nginx.conf')],
    {
      stdio: 'inherit',
    },
  )
  await new Promise((resolve) => setTimeout(resolve, 500))
  return target('nginx', child, port)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = address !== null && typeof address !== 'string' ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
