/**
 * What of a changed configuration a running process takes over, and what waits for its next start.
 * A key that is not in the table needs a restart: above all what a detector's null, its samples or the
 * label sets of metrics are made of, which must not change in the middle of an episode.
 */
import type { Fault } from '../error.ts'
import { hostPortText } from './address.ts'
import { judgeConfig } from './faults.ts'
import { keys } from './keys.ts'
import type { Config } from './schema.ts'

/**
 * live     for the next request, line or conversation
 * monitor  with a new monitor thread: it takes over the state of the old one, traffic waits in the window
 */
type ReloadWay = 'live' | 'monitor'

const reloadWays: ReadonlyMap<string, ReloadWay> = new Map([
  ['upstream', 'live'],
  ['routes', 'live'],
  ['proxy.connections_max', 'live'],
  ['proxy.connect_timeout_ms', 'live'],
  ['proxy.headers_timeout_ms', 'live'],
  ['drain.delay_ms', 'live'],
  ['drain.deadline_ms', 'live'],
  ['capture.request_bytes_max', 'live'],
  ['capture.response_bytes_max', 'live'],
  ['capture.budget_bytes', 'live'],
  ['sample.rate', 'live'],
  ['metrics.models', 'live'],
  ['metrics.models_auto_max', 'live'],
  ['log.level', 'live'],
  ['log.requests', 'live'],
  ['monitor.heap_mb', 'monitor'],
  ['drift.episode_quiet_ticks', 'monitor'],
  ['state.snapshot_ms', 'monitor'],
])

/** The paid judge feeds panels only, and its key and budget are what changes in practice. */
const wayOf = (key: string): ReloadWay | undefined =>
  key.startsWith('judge.graded.') ? 'monitor' : reloadWays.get(key)

/** In words, for the page of the configuration. */
export const reloadWord = (key: string): string => {
  const way = wayOf(key)
  return way === 'live' ? 'at once' : way === 'monitor' ? 'new monitor thread' : 'restart'
}

export interface ReloadPlan {
  /** What is in force from now on: the old one with every change that can be taken over. */
  config: Config
  /** Names of keys that are taken over. */
  changed: string[]
  /** Names of keys that keep their old value until the process is started again. */
  needsRestart: string[]
  newMonitor: boolean
}

export type PlannedReload = ({ ok: true } & ReloadPlan) | { ok: false; faults: Fault[] }

/** Both are right on their own; a mixture of the two may not be, and is then refused. */
export function planReload(current: Config, next: Config): PlannedReload {
  const config = structuredClone(current)
  const plan: ReloadPlan = { config, changed: [], needsRestart: [], newMonitor: false }
  for (const { name, path } of keys) {
    const value = valueAt(next, path)
    if (JSON.stringify(valueAt(current, path)) === JSON.stringify(value)) continue
    const way = wayOf(name)
    if (way === undefined) {
      plan.needsRestart.push(name)
      continue
    }
    plan.changed.push(name)
    plan.newMonitor ||= way === 'monitor'
    setAt(config, path, structuredClone(value))
  }
  if (plan.needsRestart.length === 0 || plan.changed.length === 0) return { ok: true, ...plan }
  const { listen, admin } = config
  const { faults } = judgeConfig({
    ...config,
    listen: hostPortText(listen),
    admin: hostPortText(admin),
  })
  const waiting = plan.needsRestart.join(', ')
  return faults.length === 0
    ? { ok: true, ...plan }
    : {
        ok: false,
        faults: faults.map(({ key, reason }) => ({
          key,
          reason: `${reason}, while ${waiting} waits for a restart`,
        })),
      }
}

function valueAt(root: object, path: readonly string[]): unknown {
  let at: unknown = root
  for (const word of path) at = isSection(at) ? Reflect.get(at, word) : undefined
  return at
}

function setAt(root: object, path: readonly string[], value: unknown): void {
  const section = valueAt(root, path.slice(0, -1))
  const last = path.at(-1)
  if (!isSection(section) || last === undefined) throw new Error('a key stands in a section')
  if (value === undefined) Reflect.deleteProperty(section, last)
  else Reflect.set(section, last, value)
}

const isSection = (value: unknown): value is object => typeof value === 'object' && value !== null
