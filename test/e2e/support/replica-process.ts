/** A process of watch-replica.mjs as its client knows it: what was sent, and what came back. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Test } from 'tap'
import type { StoreSettings } from '../../../src/state/open-store.ts'
import type { WatchSettings } from '../../../src/watch/settings.ts'
import { builtScript } from '../../support/built-script.ts'

export interface Sent {
  language: 'bn' | 'de'
  difference: -1 | 0 | 1
}

export interface Write {
  tick: number
  samples: number
}

export interface ReplicaEnd {
  foldedTick: number
  late: number
  heldTooLong: number
  failures: Readonly<Record<string, number>>
  pairs: number
}

export interface ReplicaProcess {
  readonly writer: string
  /** In the order of sending. */
  readonly sent: readonly Sent[]
  /** Writes that were begun and that were acknowledged, in their order. */
  readonly begun: readonly Write[]
  readonly acknowledged: readonly Write[]
  readonly killed: boolean
  send(difference: Sent): void
  kill(): Promise<void>
  /** Ends its input and waits for the last word. */
  finish(): Promise<ReplicaEnd>
}

export interface ReplicaSettings {
  store: StoreSettings
  secret: string
  writer: string
  watch: WatchSettings
}

type Said =
  | { kind: 'ready' }
  | ({ kind: 'sends' | 'acknowledged' } & Write)
  | ({ kind: 'ends'; held_too_long: number } & ReplicaEnd)

const script = builtScript('test/e2e/support/watch-replica.mjs')

export async function startReplica(t: Test, settings: ReplicaSettings): Promise<ReplicaProcess> {
  // tap adds NODE_OPTIONS of its own to what it starts.
  const command = ['-u', 'NODE_OPTIONS', process.execPath, script, JSON.stringify(settings)]
  const child = spawn('env', command, { stdio: ['pipe', 'pipe', 'inherit'] })
  const sent: Sent[] = []
  const begun: Write[] = []
  const acknowledged: Write[] = []
  let killed = false
  let end: ReplicaEnd | undefined
  let isReady: () => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    isReady = resolve
  })
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  const listen = (said: Said): void => {
    switch (said.kind) {
      case 'ready':
        isReady()
        return
      case 'sends':
        begun.push(said)
        return
      case 'acknowledged':
        acknowledged.push(said)
        return
      case 'ends':
        end = { ...said, heldTooLong: said.held_too_long }
    }
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    // What a process that is killed leaves of a line is none.
    if (line.endsWith('}')) listen(JSON.parse(line) as Said)
  })
  child.stdin.on('error', () => undefined)
  t.teardown(() => void child.kill('SIGKILL'))
  await Promise.race([ready, closed])
  if (child.exitCode !== null) throw new Error('the replica ended before it was ready')
  return {
    writer: settings.writer,
    sent,
    begun,
    acknowledged,
    get killed() {
      return killed
    },
    send(difference) {
      sent.push(difference)
      child.stdin.write(`${JSON.stringify(difference)}\n`)
    },
    async kill() {
      killed = true
      child.kill('SIGKILL')
      await closed
    },
    async finish() {
      child.stdin.end()
      await closed
      if (end === undefined) throw new Error(`replica ${settings.writer} had no last word`)
      return end
    },
  }
}
