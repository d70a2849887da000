import t from 'tap'
import { createSpec } from '../../src/drift/detector-spec.ts'
import { type DetectorState, initialState } from '../../src/drift/e-detector.ts'
import { createDelta } from '../../src/metrics/delta.ts'
import { driftGauges, type FurtherDetectors } from '../../src/watch/gauges.ts'
import { createOperator } from '../../src/watch/operator.ts'
import { drivenClock, hourMs, memoryStore, type Replica, replica, settings } from './set-up.ts'

const gaugesOf = ({ watch }: Replica, further?: FurtherDetectors) => {
  const delta = createDelta()
  driftGauges(delta, watch.report(), { settings, storeUp: true, further })
  const gauges = delta.take().gauges ?? []
  return (name: string, labels: Record<string, string> = {}): number | undefined =>
    gauges
      .find((gauge) => gauge.name === name)
      ?.rows.find((row) => Object.entries(labels).every(([k, v]) => row.labels[k] === v))?.value
}

t.test('before the store has answered there is no evidence, not none', async (t) => {
  const clock = drivenClock()
  const gauge = gaugesOf(replica({ clock, store: memoryStore(clock) }))
  t.equal(gauge('holdfast_drift_evidence_ratio'), undefined)
  t.equal(gauge('holdfast_drift_partial'), 1)
  t.equal(gauge('holdfast_drift_threshold', { tick: 'hour' }), 360_000)
})

/** Hours of traffic in which Bengali is refused less by `gap`, folded. */
async function hours(one: Replica, clock: ReturnType<typeof drivenClock>, count: number, gap = 0) {
  for (let hour = 0; hour < count; hour++) {
    for (let i = 0; i < 50; i++) {
      one.add({ language: 'en', refused: i % 10 !== 0 })
      one.add({ language: 'bn', refused: i % 10 !== 0 && (i * 7) % 50 >= gap * 50 })
    }
    clock.advance(hourMs)
    await one.watch.step()
  }
  clock.advance(200_000)
  await one.watch.step()
}

t.test('a gap becomes an open episode, and its bound and detectable gap are told', async (t) => {
  const clock = drivenClock()
  const one = replica({ clock, store: memoryStore(clock) })
  await one.watch.step()
  await hours(one, clock, 8, 0.4)
  const gauge = gaugesOf(one)
  const labels = { metric: 'refusal_gap', null: 'drift', language: 'bn', set: 'should_refuse' }
  t.ok((gauge('holdfast_drift_evidence_ratio', labels) ?? 0) >= 1)
  t.equal(gauge('holdfast_drift_null_gap', labels), 0.02)
  t.equal(gauge('holdfast_drift_partial'), 0)
  t.equal(gauge('holdfast_drift_detectors', { source: 'configured' }), 1)
  t.equal(gauge('holdfast_drift_false_alarms_bound_30d'), 720 / 360_000)
  const detectable = gauge('holdfast_drift_detectable_gap', { language: 'bn' }) ?? 1
  t.ok(detectable > 0.02 && detectable < 0.1, `${detectable}`)
  t.equal(gauge('holdfast_drift_folded_timestamp_seconds'), (1008 * hourMs) / 1000)
})

t.test('a pinned baseline teaches nulls, and what moved since is told apart', async (t) => {
  const clock = drivenClock()
  const one = replica({ clock, store: memoryStore(clock) })
  const { watch } = one
  const ask = createOperator({ watch, settings, judgeVersion: 'judge 1', clock })
  await watch.step()
  t.strictSame(await ask({ kind: 'baseline_pin', name: 'x', from: undefined, to: undefined }), {
    ok: false,
    failure: 'conflict',
    reason: 'no tick has been folded yet',
  })
  await hours(one, clock, 24)
  const pinned = await ask({ kind: 'baseline_pin', name: 'week-1', from: undefined, to: undefined })
  t.match(pinned, { ok: true, body: { name: 'week-1', samples: { judged: 2400, refused: 2160 } } })
  const gauge = gaugesOf(one)
  t.equal(gauge('holdfast_baseline_samples', { language: 'bn', set: 'should_refuse' }), 1200)
  const level = { metric: 'refusal_level', language: 'bn' }
  const r0 = gauge('holdfast_drift_null_gap', level) ?? 0
  t.ok(r0 > 0.85 && r0 < 0.9, `a limit below the rate as seen: ${r0}`)
  const g0 = gauge('holdfast_drift_null_gap', { metric: 'refusal_gap', language: 'bn' }) ?? 0
  t.ok(g0 > 0 && g0 < 0.1, `a limit above the gap as seen: ${g0}`)
  t.equal(gauge('holdfast_drift_detectors', { source: 'learned' }), 5)
  await hours(one, clock, 24, 0.4)
  const after = gaugesOf(one)
  const behaviour = after('holdfast_refusal_change', { component: 'behaviour', language: 'bn' })
  t.ok((behaviour ?? 0) < -0.3, `behaviour: ${behaviour}`)
  t.equal(after('holdfast_refusal_change', { component: 'mix', language: 'bn' }), 0)
  t.ok((after('holdfast_mix_divergence_bits', { dimension: 'language' }) ?? 1) < 1e-9)
  t.ok((after('holdfast_drift_evidence_ratio', level) ?? 0) >= 1)
  t.ok(
    (after('holdfast_drift_evidence_ratio', { metric: 'refusal_level', language: 'en' }) ?? 1) < 1,
  )
})

t.test('another judge learns nothing from a baseline that it did not see', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const one = replica({ clock, store })
  await one.watch.step()
  await hours(one, clock, 24)
  const ask = createOperator({ watch: one.watch, settings, judgeVersion: 'judge 1', clock })
  await ask({ kind: 'baseline_pin', name: 'old', from: undefined, to: undefined })
  const other = replica({ clock, store, judgeVersion: 'judge 2' })
  await other.watch.step()
  t.equal(gaugesOf(other)('holdfast_drift_detectors', { source: 'learned' }), 0)
  t.match(
    await createOperator({ watch: other.watch, settings, judgeVersion: 'judge 2', clock })({
      kind: 'baseline_pin',
      name: 'new',
      from: undefined,
      to: undefined,
    }),
    { ok: false, failure: 'conflict', reason: 'the period was judged by another judge version' },
  )
})

t.test('an announced deployment starts detectors at 0 and a delta', async (t) => {
  const clock = drivenClock()
  const one = replica({ clock, store: memoryStore(clock) })
  const ask = createOperator({ watch: one.watch, settings, judgeVersion: 'judge 1', clock })
  await one.watch.step()
  await hours(one, clock, 6)
  t.equal(gaugesOf(one)('holdfast_model_series'), 1)
  t.match(await ask({ kind: 'deployment', version: 'v2' }), { ok: true })
  t.match(await ask({ kind: 'deployment', version: 'v2' }), { ok: false, failure: 'conflict' })
  await hours(one, clock, 6, 0.4)
  const gauge = gaugesOf(one)
  t.equal(gauge('holdfast_model_series'), 2)
  const points = gauge('holdfast_model_delta_points', { category: 'should_refuse', bound: 'est' })
  t.ok((points ?? 0) > 15 && (points ?? 0) < 21, `${points} points`)
  t.equal(gauge('holdfast_model_delta_review', { category: 'should_refuse' }), 1)
  t.equal(gauge('holdfast_model_delta_points', { category: 'benign', bound: 'est' }), undefined)
})

t.test('an episode is closed by an operator, once', async (t) => {
  const clock = drivenClock()
  const one = replica({ clock, store: memoryStore(clock) })
  const ask = createOperator({ watch: one.watch, settings, judgeVersion: 'judge 1', clock })
  await one.watch.step()
  await hours(one, clock, 8, 0.4)
  const [spec] = one.watch.report().specs
  const detector = spec?.id ?? ''
  t.match(await ask({ kind: 'acknowledge', detector }), { ok: true })
  t.ok((gaugesOf(one)('holdfast_drift_evidence_ratio') ?? 1) < 1)
  t.match(await ask({ kind: 'acknowledge', detector }), { ok: false, failure: 'not_found' })
  t.match(await ask({ kind: 'detectors' }), {
    ok: true,
    body: {
      tick_ms: 3_600_000,
      judge_version: 'judge 1',
      detectors: [{ id: detector, episodes: 1, open_since_tick: null }],
    },
  })
  const histories = await ask({ kind: 'detector_histories' })
  const points = histories.ok && one.watch.history.all().get(detector)
  t.match(histories, { body: { histories: new Map([[detector, points]]) } })
  t.ok(Array.isArray(points) && points.length >= 6, 'a point for each folded hour')
  t.ok(Array.isArray(points) && points.some(({ ratio }) => ratio >= 1), 'the episode shows')
})

t.test(
  'detectors of probe runs stand beside those of live traffic, under a threshold of their own',
  async (t) => {
    const clock = drivenClock()
    const one = replica({ clock, store: memoryStore(clock) })
    await one.watch.step()
    await hours(one, clock, 8, 0.4)
    const series = { model: 'm', suiteVersion: 's', judgeVersion: 'j' }
    const common = { null: 'drift', set: 'should_refuse', g0: 0.02, source: 'configured' } as const
    const probe = createSpec({ metric: 'probe_gap', language: 'bn', ...common }, series)
    const same = createSpec({ metric: 'refusal_gap', language: 'bn', ...common, g0: 0.01 }, series)
    const state: DetectorState = {
      ...initialState(probe.wager),
      wealth: [1000, 1000, 1000, 1000, 1000],
      lastTick: 3,
      activeTicks: 3,
      differences: 30,
    }
    const further: FurtherDetectors = {
      specs: [probe, same],
      states: new Map([[probe.id, state]]),
      threshold: 15_000,
      ticksPer30Days: 30,
    }
    const gauge = gaugesOf(one, further)
    const evidence = gauge('holdfast_drift_evidence_ratio', { metric: 'probe_gap' })
    t.equal(evidence, Math.log(1000) / Math.log(15_000))
    t.ok(
      (gauge('holdfast_drift_evidence_ratio', { metric: 'refusal_gap' }) ?? 0) >= 1,
      'the larger',
    )
    t.equal(gauge('holdfast_drift_threshold', { tick: 'run' }), 15_000)
    t.equal(gauge('holdfast_drift_threshold', { tick: 'hour' }), 360_000)
    t.equal(gauge('holdfast_drift_detectors', { source: 'configured' }), 3)
    const bound = gauge('holdfast_drift_false_alarms_bound_30d') ?? 0
    t.ok(Math.abs(bound - (720 / 360_000 + (2 * 30) / 15_000)) < 1e-12)
    const unknown = gaugesOf(one, { ...further, states: undefined })
    t.equal(unknown('holdfast_drift_evidence_ratio', { metric: 'probe_gap' }), undefined)
  },
)
