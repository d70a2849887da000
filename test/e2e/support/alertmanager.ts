/** A real Alertmanager that notifies a webhook of the test: what is asked of it, and what it sends on. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Test } from 'tap'
import { freePort } from './free-port.ts'

/** Debian's package adds a prefix to the name. */
const binary = ['alertmanager', 'prometheus-alertmanager'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
)

/** Why tests that need it are left out; false in CI, where they then fail. */
export const alertmanagerSkip =
  binary !== undefined || process.env['CI'] === 'true'
    ? false
    : 'alertmanager is not installed: it is the package "prometheus-alertmanager" of Debian and Ubuntu'

/** One alert as Alertmanager has it, in its API and in notifications. */
export interface SentAlert {
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  startsAt: string
}

export interface Notification {
  receiver: string
  status: string
  alerts: readonly SentAlert[]
}

export interface Alertmanager {
  readonly port: number
  /** What it was told and is not silenced, inhibited or resolved. */
  active(): Promise<readonly SentAlert[]>
  /** What it sent on so far, in order. */
  readonly notifications: readonly Notification[]
}

const startMs = 20_000

/** @param configuration of Alertmanager; WEBHOOK in it is the address of the test */
export async function startAlertmanager(t: Test, configuration: string): Promise<Alertmanager> {
  if (binary === undefined) throw new Error('alertmanager is not installed')
  const notifications: Notification[] = []
  const webhook = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      text += part
    })
    request.on('end', () => {
      notifications.push(JSON.parse(text) as Notification)
      response.end()
    })
  })
  const hookPort = await freePort()
  await new Promise<void>((resolve) => webhook.listen(hookPort, '127.0.0.1', resolve))
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-alertmanager-'))
  writeFileSync(
    join(folder, 'alertmanager.yml'),
    configuration.replaceAll('WEBHOOK', `http://127.0.0.1:${hookPort}`),
  )
  const port = await freePort()
  const child = spawn(
    binary,
    [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString()
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  t.teardown(async () => {
    child.kill('SIGKILL')
    await ended
    await new Promise((resolve) => webhook.close(resolve))
    rmSync(folder, { recursive: true })
  })
  const until = performance.now() + startMs
  while (!(await answers(port))) {
    if (performance.now() > until) throw new Error(`Alertmanager does not answer:\n${said}`)
    await pause(100)
  }
  return {
    port,
    notifications,
    async active() {
      const response = await fetch(`http://127.0.0.1:${port}/api/v2/alerts?active=true`)
      return (await response.json()) as readonly SentAlert[]
    },
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/-/ready`)).ok
  } catch {
    return false
  }
}
