/**
 * The built program as its users run it: a process of its own, ports chosen by the system, read from
 * its log. HOLDFAST_TEST_NODE names another Node binary, HOLDFAST_TEST_CLI another build.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface HoldfastOptions {
  upstream?: string
  /** A configuration file, with or instead of an upstream. */
  config?: string
  /** More HOLDFAST_* variables. */
  env?: Readonly<Record<string, string>>
  node?: string
  listen?: string
  admin?: string
  /** For a machine that is busy with other runs. */
  readyWithinMs?: number
}

export interface HoldfastProcess {
  readonly port: number
  readonly adminPort: number
  readonly pid: number
  /** Standard output and error so far. */
  output(): string
  /** Sum of all series of this name whose labels include these; undefined when there is none. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number | undefined>
  /** Waits until the metric has this value; throws with the last one seen. */
  settles(name: string, value: number, timeoutMs?: number): Promise<void>
  /** Waits for the monitor: what comes while it loads passes, and may be dropped unread. */
  watches(): Promise<void>
  residentMiB(): number
  /** Waits until /readyz no longer answers 200. */
  notReady(): Promise<void>
  /** SIGTERM; waits for the end. */
  stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  kill(): void
}

const startTimeoutMs = 20_000
const watchesWithinMs = 60_000

export function cliPath(): string {
  const path = resolve(process.env['HOLDFAST_TEST_CLI'] ?? 'dist/cli.js')
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first`)
  return path
}

export async function startHoldfast(options: HoldfastOptions): Promise<HoldfastProcess> {
  const args = ['serve']
  if (options.upstream !== undefined) args.push('--upstream', options.upstream)
  if (options.config !== undefined) args.push('--config', options.config)
  args.push('--listen', options.listen ?? '127.0.0.1:0')
  args.push('--admin', options.admin ?? '127.0.0.1:0')
  const binary = options.node ?? process.env['HOLDFAST_TEST_NODE'] ?? process.execPath
  // The test runner would add its own loader to every child, and with it 60 MiB.
  const child = spawn('env', ['-u', 'NODE_OPTIONS', binary, cliPath(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOLDFAST_DRAIN_DELAY_MS: '0', ...options.env },
  })
  const readyWithinMs = options.readyWithinMs ?? startTimeoutMs
  let output = ''
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const ready = new Promise<{ port: number; adminPort: number }>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`not ready within ${readyWithinMs} ms:\n${output}`))
    }, readyWithinMs)
    const read = (text: Buffer): void => {
      output += text.toString()
      const ports = readPorts(output)
      if (ports === undefined) return
      clearTimeout(timer)
      resolve(ports)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      reject(new Error(`ended with ${code ?? signal} before it was ready:\n${output}`))
    })
  })
  const { port, adminPort } = await ready
  const metric: HoldfastProcess['metric'] = async (name, labels = {}) =>
    sumSeries(await fetchText(adminPort, '/metrics'), name, labels)
  const settles: HoldfastProcess['settles'] = async (name, value, timeoutMs = 3000) => {
    const until = performance.now() + timeoutMs
    let seen = await metric(name)
    // Not without a pause: what is waited for runs on the same processors.
    while (seen !== value && performance.now() < until) {
      await pause(20)
      seen = await metric(name)
    }
    if (seen !== value) throw new Error(`${name} is ${seen}, not ${value}`)
  }
  return {
    port,
    adminPort,
    pid: pidOf(child),
    output: () => output,
    metric,
    settles,
    watches: () => settles('holdfast_monitor_up', 1, watchesWithinMs),
    async notReady() {
      while ((await fetchStatus(adminPort, '/readyz')) === 200) await pause(2)
    },
    residentMiB: () => residentMiB(pidOf(child)),
    stop() {
      child.kill('SIGTERM')
      return exited
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the process has not started')
  return child.pid
}

/** The log line that names both addresses. */
function readPorts(output: string): { port: number; adminPort: number } | undefined {
  for (const line of output.split('\n')) {
    if (!line.startsWith('{') || !line.endsWith('}')) continue
    const entry: unknown = JSON.parse(line)
    if (typeof entry !== 'object' || entry === null) continue
    if (!('dataUrl' in entry) || !('adminUrl' in entry)) continue
    return { port: portOf(entry.dataUrl), adminPort: portOf(entry.adminUrl) }
  }
  return undefined
}

function portOf(url: unknown): number {
  return Number(new URL(String(url)).port)
}

function fetchStatus(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).on('error', reject)
  })
}

export function fetchText(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve(text))
    }).on('error', reject)
  })
}

export function sumSeries(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): number | undefined {
  let sum: number | undefined
  for (const line of text.split('\n')) {
    if (!line.startsWith(name)) continue
    const series = /^([a-zA-Z_:]+)(?:\{(.*?)\})? ([^ ]+)/.exec(line)
    if (series?.[1] !== name) continue
    const written = series[2] ?? ''
    if (Object.entries(labels).some(([k, v]) => !written.includes(`${k}="${v}"`))) continue
    sum = (sum ?? 0) + Number(series[3])
  }
  return sum
}

function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}
