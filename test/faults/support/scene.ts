/**
 * What a fault run is played on: the model, the TCP proxy of faults in front of it, holdfast in front of
 * that, and what a run adds of its own. Everything that is started here ends with the run, by its own id.
 */
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createRandom, type Random } from '../../../src/drift/simulation/random.ts'
import {
  fetchText,
  type HoldfastProcess,
  startHoldfast,
  sumSeries,
} from '../../e2e/support/holdfast-process.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { type Answer, type AskOptions, ask, type Load, type Outcome, pause } from './load.ts'
import { type Model, startModel } from './model.ts'
import { plantedSecrets } from './seeded.ts'

export interface Scale {
  clients: number
  directClients: number
  /** Of load before the fault and after it. */
  phaseMs: number
  /** 1: as the list of faults has them; less: shorter, for each commit. */
  factor: number
  /** The machine has more to do than these runs: bounds of time are those that only a fault exceeds. */
  isShared: boolean
}

/** The promise of the list, or what a busy machine is given instead. */
export const withinMs = (
  { scale }: Pick<Scene, 'scale'>,
  promised: number,
  busy: number,
): number => (scale.isShared ? busy : promised)

export interface Scene {
  readonly seed: number
  readonly random: Random
  readonly scale: Scale
  readonly folder: string
  readonly model: Model
  readonly wire: FaultProxy
  readonly load: Load
  /** The one that is tested now; a run that restarts it puts the new one here. */
  holdfast: HoldfastProcess
  /** Starts another one with the settings of this run. */
  startAnother(options?: StartOptions): Promise<HoldfastProcess>
  /** Where the load goes instead of to holdfast: a balancer in front of several. */
  front: number | undefined
  /** As the load asks, through holdfast, with an order for the model or without. */
  ask(options?: Partial<AskOptions>): Promise<Answer>
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>
  /** Waits for a condition over the metrics, and notes a violation when it does not come. */
  until(what: string, condition: () => Promise<boolean>, withinMs: number): Promise<void>
  /** Where holdfast is reached instead, as it is in a namespace of its own. */
  relay(port: number, adminPort: number): void
  expect(holds: boolean, what: string): void
  /** Shows that the fault took place: how often, as something besides holdfast or a counter of it saw it. */
  injected(count: number | undefined, what: string): void
  /** A figure for the table. */
  note(figure: string): void
  /** Outcomes that the fault itself brings, straight to the model too. */
  allow(allowed: (outcome: Outcome) => boolean): void
  /** The run ends holdfast itself, and says what of the invariants does not apply. */
  ownEnd: boolean
  /** Orders the hook in holdfast's threads; only where `hooked` settings were given. */
  order(thread: 'main' | 'worker', verb: string, argument?: number): void
  file(name: string, content: string): string
  onEnd(clean: () => void | Promise<void>): void
  /** Whatever stands in the command line before Node: a shell script that ends in `exec node "$@"`. */
  wrap(lines: readonly string[]): void
}

export interface StartOptions {
  listen?: string
  admin?: string
  upstream?: string
  env?: Readonly<Record<string, string>>
}

export interface SceneParts {
  scene: Scene
  violations: string[]
  notes: string[]
  allowed(): (outcome: Outcome) => boolean
  /** How often the run showed that its fault took place. */
  proofs(): number
  /** Outputs of every holdfast that ran. */
  outputs(): string[]
  start(settings: Readonly<Record<string, string>>): Promise<void>
  setLoad(load: Load): void
  /** Closes the idle connections of `ask`. */
  hangUp: () => void
  end(): Promise<void>
}

/** Plain JavaScript beside the sources, whichever of the two runs. */
const hook = resolve('test/faults/support/hook.cjs')

/** Nothing outlives this process, however it ends. */
const running = new Set<HoldfastProcess>()
process.on('exit', () => {
  for (const one of running) one.kill()
})

export async function createScene(seed: number, scale: Scale): Promise<SceneParts> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-faults-'))
  const model = await startModel(seed)
  const wire = await startFaultProxy({ port: model.port })
  const violations: string[] = []
  const notes: string[] = []
  const cleaners: (() => void | Promise<void>)[] = []
  const processes: HoldfastProcess[] = []
  let allowed: (outcome: Outcome) => boolean = () => false
  let settings: Readonly<Record<string, string>> = {}
  let wrapping: readonly string[] = []
  let load: Load | undefined
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  let orders = 0
  let proofs = 0

  const start = async (options: StartOptions = {}) => {
    const {
      upstream = `http://127.0.0.1:${wire.port}`,
      config,
      hooked,
      listen,
      admin,
      ...env
    } = settings
    const hookLines =
      hooked === undefined
        ? []
        : [`export NODE_OPTIONS='--require ${hook}' FAULT_CONTROL='${folder}/control'`]
    const script = join(folder, 'node.sh')
    const lines = ['#!/bin/sh', ...hookLines, ...wrapping, `exec ${process.execPath} "$@"`, '']
    writeFileSync(script, lines.join('\n'))
    chmodSync(script, 0o755)
    const started = await startHoldfast({
      ...(config === undefined ? { upstream } : { config }),
      ...(listen === undefined ? {} : { listen }),
      ...(admin === undefined ? {} : { admin }),
      ...options,
      env: { ...env, ...options.env },
      readyWithinMs: 60_000,
      node: script,
    })
    processes.push(started)
    running.add(started)
    return started
  }
  let holdfast: HoldfastProcess | undefined
  const scene: Scene = {
    seed,
    random: createRandom(seed, 7),
    scale,
    folder,
    model,
    wire,
    get load() {
      if (load === undefined) throw new Error('the load has not begun')
      return load
    },
    get holdfast() {
      if (holdfast === undefined) throw new Error('holdfast has not been started')
      return holdfast
    },
    set holdfast(next) {
      holdfast = next
    },
    startAnother: start,
    front: undefined,
    ask: (options = {}) => ask({ port: scene.holdfast.port, agent, model, seed, ...options }),
    async metric(name, labels = {}) {
      return sumSeries(await fetchText(scene.holdfast.adminPort, '/metrics'), name, labels) ?? 0
    },
    async until(what, condition, withinMs) {
      const from = performance.now()
      while (performance.now() - from < withinMs) {
        if (await condition().catch(() => false)) return
        await pause(50)
      }
      violations.push(`${what}: not within ${withinMs} ms`)
    },
    relay(port, adminPort) {
      const one = scene.holdfast
      const metric: HoldfastProcess['metric'] = async (name, labels = {}) =>
        sumSeries(await fetchText(adminPort, '/metrics'), name, labels)
      holdfast = { ...one, port, adminPort, metric }
    },
    expect(holds, what) {
      if (!holds) violations.push(what)
    },
    injected(count, what) {
      proofs++
      if (!(count !== undefined && count > 0)) violations.push(`not injected: ${count} ${what}`)
    },
    note: (figure) => void notes.push(figure),
    allow(next) {
      allowed = next
    },
    ownEnd: false,
    order(thread, verb, argument = 0) {
      // Later than the start of any thread that reads it.
      const number = Date.now() + orders++
      writeFileSync(join(folder, 'control'), `${number} ${thread} ${verb} ${argument}`)
    },
    file(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content, { mode: 0o600 })
      return path
    },
    onEnd: (clean) => void cleaners.push(clean),
    wrap(lines) {
      wrapping = lines
    },
  }
  return {
    scene,
    violations,
    notes,
    allowed: () => allowed,
    proofs: () => proofs,
    outputs: () => processes.map((one) => one.output()),
    async start(given) {
      settings = { ...commonSettings(scene), ...given }
      holdfast = await start()
    },
    setLoad(next) {
      load = next
    },
    hangUp: () => agent.destroy(),
    async end() {
      agent.destroy()
      for (const one of processes) {
        one.kill()
        running.delete(one)
      }
      for (const clean of cleaners.reverse()) await clean()
      await wire.close()
      await model.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const commonSettings = (scene: Scene): Readonly<Record<string, string>> => ({
  HOLDFAST_LOG_REQUESTS: 'true',
  // Descriptors are back sooner.
  HOLDFAST_PROXY_UPSTREAM_IDLE_MS: '1000',
  HOLDFAST_DRIFT_TICK_MS: '1000',
  HOLDFAST_DRIFT_GRACE_MS: '1000',
  HOLDFAST_IDENTITY_SECRET_FILE: scene.file('identity', plantedSecrets.identity),
  HOLDFAST_OPERATOR_TOKEN_FILE: scene.file('operator', plantedSecrets.operator),
})

export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

/** Kinds of what is open, and how many of each. */
export function openKinds(pid: number): Record<string, number> {
  const kinds: Record<string, number> = {}
  for (const name of readdirSync(`/proc/${pid}/fd`)) {
    let target = 'gone'
    try {
      target = readlinkSync(`/proc/${pid}/fd/${name}`)
    } catch {
      // Closed since the folder was listed.
    }
    const kind = target.replace(/:?\[\d+\]$/, '')
    kinds[kind] = (kinds[kind] ?? 0) + 1
  }
  return kinds
}

export const residentMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}
