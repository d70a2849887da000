/** The eight promises, checked after every run alike; each violation is a sentence. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fetchText, sumSeries } from '../../e2e/support/holdfast-process.ts'
import { type Asked, type Outcome, pause } from './load.ts'
import { openFiles, residentMb, type Scene } from './scene.ts'
import { plantedSecrets } from './seeded.ts'

export interface Before {
  files: number
  residentMb: number
}

export const lookBefore = (scene: Scene): Before => ({
  files: openFiles(scene.holdfast.pid),
  residentMb: residentMb(scene.holdfast.pid),
})

const explain = (outcome: Outcome): string => {
  if (outcome.kind === 'status')
    return `status ${outcome.status} ${outcome.marker ?? 'of the model'}`
  if (outcome.kind === 'broken') return `broken behind ${outcome.bytes} bytes`
  if (outcome.kind === 'unanswered') return outcome.error
  return outcome.kind === 'wrong' ? outcome.what : 'ok'
}

const failures = (asked: readonly Asked[]): Asked[] =>
  asked.filter(({ outcome }) => outcome.kind !== 'ok')

/** I1: nothing failed that the fault itself does not break; I2: nothing was changed. */
export function checkTraffic(
  asked: readonly Asked[],
  direct: readonly Asked[],
  allowed: (outcome: Outcome) => boolean,
): string[] {
  const unexpected = failures(asked).filter(
    ({ phase, outcome }) => outcome.kind === 'wrong' || phase !== 'during' || !allowed(outcome),
  )
  const straight = failures(direct).filter(({ phase }) => phase !== 'during')
  return [
    ...unexpected
      .slice(0, 3)
      .map(
        ({ phase, outcome }) =>
          `${outcome.kind === 'wrong' ? 'I2' : 'I1'}: ${unexpected.length} of ${asked.length}, ${phase}: ${explain(outcome)}`,
      ),
    ...straight.slice(0, 1).map(({ outcome }) => `the load itself failed: ${explain(outcome)}`),
  ]
}

const quantile = (values: readonly number[], q: number): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
}

const firstBytes = (asked: readonly Asked[], during: boolean): number[] =>
  asked.flatMap(({ phase, outcome, firstByteMs }) =>
    outcome.kind === 'ok' && firstByteMs !== undefined && (phase === 'during') === during
      ? [firstByteMs]
      : [],
  )

export interface Latency {
  /** Added first-byte latency in the fault less that without it, milliseconds; undefined: too few. */
  p50: number | undefined
  p99: number | undefined
}

/** I3: through holdfast less straight, in the fault less outside of it: a slow machine is slow in all four. */
export function addedLatency(asked: readonly Asked[], direct: readonly Asked[]): Latency {
  const added = (q: number): number | undefined => {
    const at = [
      quantile(firstBytes(asked, true), q),
      quantile(firstBytes(direct, true), q),
      quantile(firstBytes(asked, false), q),
      quantile(firstBytes(direct, false), q),
    ]
    const [a, b, c, d] = at
    if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined
    return a - b - (c - d)
  }
  return { p50: added(0.5), p99: added(0.99) }
}

/** I6: sampled = judged + dropped + in flight, in this scrape. */
export function checkConservation(text: string): string[] {
  const value = (name: string, labels: Readonly<Record<string, string>> = {}): number =>
    sumSeries(text, name, labels) ?? 0
  const sampled = value('holdfast_sampled_total')
  const accounted =
    value('holdfast_judged_total', { source: 'live' }) +
    value('holdfast_dropped_total') +
    value('holdfast_in_flight')
  return sampled === accounted ? [] : [`I6: ${sampled} sampled, ${accounted} accounted for`]
}

/** I6 at rest: nothing stays in flight. */
export async function checkAtRest(scene: Scene): Promise<string[]> {
  const until = performance.now() + 20_000
  for (;;) {
    const text = await fetchText(scene.holdfast.adminPort, '/metrics')
    const wrong = checkConservation(text)
    if (wrong.length > 0) return wrong
    if (sumSeries(text, 'holdfast_in_flight', {}) === 0) return []
    if (performance.now() > until) return ['I6: exchanges stay in flight']
    await pause(100)
  }
}

/** I4: descriptors and memory are back; a heap needs no more than its configured bounds. */
export async function checkResources(
  scene: Scene,
  before: Before,
  grownMbMax: number,
): Promise<string[]> {
  const { pid } = scene.holdfast
  // Idle connections to the model are closed after 4 s, those of clients with their agents.
  const until = performance.now() + 15_000
  while (openFiles(pid) > before.files + 2 && performance.now() < until) await pause(200)
  const found: string[] = []
  const files = openFiles(pid)
  if (files > before.files + 2) found.push(`I4: ${before.files} files open before, ${files} after`)
  const grown = residentMb(pid) - before.residentMb
  if (grown > grownMbMax) found.push(`I4: ${grown.toFixed(0)} MB more resident than before`)
  return found
}

/** I8: no secret, and no error that nobody caught, in any output or file. */
export function checkSecrets(folder: string, texts: readonly string[]): string[] {
  const found: string[] = []
  const look = (text: string, where: string): void => {
    for (const [name, secret] of Object.entries(plantedSecrets)) {
      if (text.includes(secret)) found.push(`I8: the secret ${name} is in ${where}`)
    }
  }
  for (const text of texts) {
    look(text, 'the log or the metrics')
    if (/uncaughtException|unhandledRejection|Unhandled|Uncaught/.test(text)) {
      found.push('I8: an error that nobody caught is in the log')
    }
  }
  const planted = new Set(['identity', 'operator', 'judge-key', 'redis-password'])
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (planted.has(name) || !statSync(path).isFile()) continue
    look(readFileSync(path, 'latin1'), name)
  }
  return found
}
