import t from 'tap'
import { loadText } from '../../src/config/load.ts'
import type { Config } from '../../src/config/schema.ts'
import type { MetricDelta } from '../../src/metrics/delta.ts'
import { probeStageSettings } from '../../src/stages/probe-settings.ts'
import { type ProbeStage, startProbes } from '../../src/stages/probe-stage.ts'
import type { ProfiledRun } from '../../src/stages/profile-stage.ts'
import { dayMs, drivenClock, memoryStore } from '../probe/schedule/set-up.ts'
import { startModel } from '../simulator/start.ts'

const configOf = (url: string, more = ''): Config => {
  const loaded = loadText(`
upstream: http://127.0.0.1:9
languages: {served: [en, de]}
probes:
  url: ${url}
  model: sim-1
  without_key: true
  probes_per_suite_max: 8
  conditions: ['format=agentic', 'depth=5']
  jitter_ms: 0
${more}
`)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  return loaded.config
}

const stageOf = (
  config: Config,
  clock: ReturnType<typeof drivenClock>,
  profiled?: (run: ProfiledRun) => void,
): ProbeStage => {
  const keys = { key: undefined, adversarialKey: undefined }
  const settings = probeStageSettings(config, keys, { ca: undefined, calibration: undefined })
  if (settings === undefined) throw new Error('no probes')
  return startProbes(structuredClone(settings), {
    store: memoryStore(clock),
    secret: Buffer.alloc(32, 7),
    clock,
    save: async () => undefined,
    profiled,
  })
}

const sum = (delta: MetricDelta, name: string, labels: Record<string, string> = {}): number =>
  delta.counts
    .filter(
      (one) =>
        one.name === name &&
        Object.entries(labels).every(([label, value]) => one.labels[label] === value),
    )
    .reduce((all, { value }) => all + value, 0)
const gauge = (delta: MetricDelta, name: string) =>
  delta.gauges?.find((one) => one.name === name)?.rows

t.test('a run against a model server: counted, spent, and folded into detectors', async (t) => {
  const model = await startModel(t)
  const clock = drivenClock()
  const runs: ProfiledRun[] = []
  const stage = stageOf(configOf(`${model.url}/v1`), clock, (run) => runs.push(run))
  await stage.step()
  const first = stage.take()
  t.equal(sum(first, 'holdfast_probe_runs_total'), 0)
  t.strictSame(gauge(first, 'holdfast_probe_leader'), [{ labels: {}, value: 1 }])
  clock.advance(dayMs)
  await stage.step()
  let delta = stage.take()
  const counts = [...delta.counts]
  while (sum({ ...delta, counts }, 'holdfast_probe_runs_total') === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    delta = stage.take()
    counts.push(...delta.counts)
  }
  const all = { ...delta, counts }
  t.equal(sum(all, 'holdfast_probe_runs_total', { outcome: 'complete' }), 1)
  // Of the core 8 in English, German, with tools and deep; 6 of them to be refused, and in three pairs.
  t.equal(sum(all, 'holdfast_judged_total', { source: 'probe' }), 4 * 8)
  const pairs = sum(all, 'holdfast_probe_pairs_total')
  t.ok(pairs > 0 && pairs <= 3 * 6, `${pairs} pairs`)
  const calls = sum(all, 'holdfast_probe_spend_total', { unit: 'calls' })
  t.ok(calls >= 4 * 8 + 3 * 8, `${calls} calls`)
  t.ok(sum(all, 'holdfast_probe_spend_total', { unit: 'output_tokens' }) > 0)
  // Fresh items: 10 of the core in English and German, as many others in English as there are.
  const fresh = sum(all, 'holdfast_probe_part_answers_total', { part: 'fresh' })
  t.ok(fresh > 20 && fresh <= 30, `${fresh} fresh answers`)
  t.equal(sum(all, 'holdfast_probe_part_answers_total', { part: 'anchor' }), 2 * 8 + 8)
  t.equal(gauge(delta, 'holdfast_probe_overfit_gap')?.length, 3)
  t.strictSame(gauge(delta, 'holdfast_probe_items_retired'), [{ labels: {}, value: 0 }])
  // For the profile: what anchors and fresh items got, by suite version; the second with their epoch.
  t.equal(runs.length, 1)
  const [{ answers: kept, suites, model: asked } = { answers: new Map(), suites: new Map() }] = runs
  t.equal(asked, 'sim-1')
  t.equal(kept.size, 3 * 8 + 4 * 8 + fresh)
  const epoch = Math.floor(clock.now() / (7 * dayMs))
  const epochs = [...kept.values()].map((answer) => answer.epoch)
  t.strictSame([...new Set(epochs)], [undefined, epoch])
  t.equal(epochs.filter((one) => one === epoch).length, fresh)
  for (const { category, suite, suiteVersion } of kept.values()) {
    t.strictSame(suites.get(category), { hash: suite, version: suiteVersion })
  }
  const { specs, states, threshold } = stage.detectors()
  t.equal(threshold, 15_000)
  // One gap in drift, four controls, two conditions.
  t.equal(specs.length, 7)
  t.strictSame([...new Set([...(states?.values() ?? [])].map(({ lastTick }) => lastTick))], [1])
  t.match(await stage.ask({ kind: 'probes_show' }), { ok: true, body: { complete_runs: 1 } })
  const left = gauge(delta, 'holdfast_probe_budget_left')
  const ofDay = left?.find(({ labels }) => labels['window'] === 'day' && labels['unit'] === 'calls')
  t.equal(ofDay?.value, 3000 - calls)
  await stage.close()
})

t.test(
  'an upstream that refuses the account stops the probes, with the reason on a gauge',
  async (t) => {
    const { createServer } = await import('node:http')
    let calls = 0
    const server = createServer((request, response) => {
      request.resume()
      calls++
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"error":{"message":"no"}}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.teardown(() => server.close())
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const clock = drivenClock()
    const stage = stageOf(
      configOf(`http://127.0.0.1:${address.port}/v1`, '  concurrency_max: 2'),
      clock,
    )
    await stage.step()
    clock.advance(dayMs)
    await stage.step()
    let delta = stage.take()
    const counts = [...delta.counts]
    while (sum({ ...delta, counts }, 'holdfast_probe_runs_total') === 0) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      delta = stage.take()
      counts.push(...delta.counts)
    }
    const all = { ...delta, counts }
    t.equal(sum(all, 'holdfast_probe_runs_total', { outcome: 'stopped' }), 1)
    t.equal(sum(all, 'holdfast_probe_stops_total', { reason: 'unauthorised' }), 1)
    t.ok(calls <= 2, `${calls} calls`)
    const stopped = gauge(stage.take(), 'holdfast_probes_stopped')
    t.strictSame(
      stopped?.filter(({ value }) => value === 1).map(({ labels }) => labels['reason']),
      ['unauthorised'],
    )
    await stage.close()
  },
)

t.test('without an address there are no probes', (t) => {
  const loaded = loadText('upstream: http://127.0.0.1:9')
  t.ok(loaded.ok)
  if (!loaded.ok) return t.end()
  const keys = { key: undefined, adversarialKey: undefined }
  const more = { ca: undefined, calibration: undefined }
  t.equal(probeStageSettings(loaded.config, keys, more), undefined)
  t.end()
})
