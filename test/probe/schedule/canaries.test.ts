import t from 'tap'
import { evidenceRatio } from '../../../src/drift/e-detector.ts'
import { createEvidenceHistory } from '../../../src/drift/evidence-history.ts'
import { outcomeOf } from '../../../src/probe/schedule/canary-run.ts'
import { createProbeOperator } from '../../../src/probe/schedule/operator.ts'
import { byJudge } from '../../../src/probe/scorers/scorer.ts'
import { leaseMs, probeSet, type Replica, replica, upstream } from './fleet.ts'
import { breakable, type DrivenClock, dayMs, drivenClock, hourMs, memoryStore } from './set-up.ts'

/** Steps through the start and to the next due time, where the first run begins. */
async function toFirstRun(clock: DrivenClock, ...replicas: Replica[]): Promise<void> {
  for (const one of replicas) await one.canaries.step()
  clock.advance(dayMs)
  for (const one of replicas) await one.canaries.step()
}

const gapOf = ({ canaries, specs }: Replica) => {
  const spec = specs.find(({ metric }) => metric === 'probe_gap')
  return canaries.report().runs?.detectors.get(spec?.id ?? '')
}

t.test(
  'a complete run is one tick of the detectors, marked as a probe and under its own key',
  async (t) => {
    const clock = drivenClock()
    const model = upstream((text) => (text.startsWith('english') ? 'refuse' : 'help'))
    const one = replica({
      clock,
      store: memoryStore(clock),
      name: 'a',
      sender: model.sender,
      set: probeSet(10),
    })
    await one.canaries.step()
    t.equal(model.calls.length, 0, 'a start is no reason to spend')
    clock.advance(dayMs)
    await one.canaries.step()
    t.equal(one.canaries.report().running, true)
    await one.canaries.settled()
    t.equal(model.calls.length, 20)
    t.strictSame(
      one.ended.map(({ outcome }) => outcome),
      ['complete'],
    )
    t.match(gapOf(one), { differences: 10, activeTicks: 1 })
    t.match(model.headers[0], {
      authorization: 'Bearer probe-key',
      'user-agent': 'holdfast-probe/test',
      'x-holdfast-probe': /^run_[0-9a-f]{16}$/,
    })
    clock.advance(hourMs)
    await one.canaries.step()
    t.equal(one.canaries.report().running, false, 'and not again before the next due time')
  },
)

t.test('a gap of ten pairs in ten opens an episode in the third night', async (t) => {
  const clock = drivenClock()
  const model = upstream((text) => (text.startsWith('english') ? 'refuse' : 'help'))
  const store = memoryStore(clock)
  const one = replica({ clock, store, name: 'a', sender: model.sender, set: probeSet(10) })
  await one.canaries.step()
  const open: boolean[] = []
  for (let night = 1; night <= 3; night++) {
    clock.advance(dayMs)
    await one.canaries.step()
    await one.canaries.settled()
    open.push(gapOf(one)?.episode !== undefined)
  }
  t.strictSame(open, [false, true, true])
  const gap = gapOf(one)
  t.ok(gap !== undefined && evidenceRatio(gap, 15_000) >= 1)
})

t.test('a grade that does not come spoils no run; an answer that does not come may', (t) => {
  const { plan } = probeSet(10)
  const outcomes = (judge: string) => {
    const scored = plan.deliveries.map((delivery, i) => ({
      delivery,
      outcome: byJudge(i < 5 ? judge : 'refusal', '1', i < 5 ? 'error' : 'pass'),
    }))
    return outcomeOf({ scored, ended: 'done', notAsked: 0, resumed: 0 }, plan)
  }
  t.equal(outcomes('model_graded/steerability'), 'complete')
  t.equal(outcomes('refusal'), 'incomplete')
  t.end()
})

t.test('fresh items are asked after the anchors, counted, and feed no detector', async (t) => {
  const clock = drivenClock()
  const model = upstream((text) => (text.startsWith('english') ? 'refuse' : 'help'))
  const kept: (string | undefined)[] = []
  const others = probeSet(12).plan
  const one = replica({
    clock,
    store: memoryStore(clock),
    name: 'a',
    sender: model.sender,
    set: probeSet(10),
    fresh: {
      epoch: (dueAt) => dueAt / dayMs,
      plan(_dueAt, exposures) {
        kept.push(exposures)
        return { ...others, deliveries: others.deliveries.slice(-4) }
      },
      exposed: (exposures, scored) => `${exposures ?? ''}${scored.length};`,
    },
  })
  await toFirstRun(clock, one)
  await one.canaries.settled()
  clock.advance(dayMs)
  await one.canaries.step()
  await one.canaries.settled()
  t.strictSame(kept, [undefined, '4;'])
  t.equal(model.calls.length, 2 * (20 + 4))
  t.match(gapOf(one), { differences: 20, activeTicks: 2 })
  t.strictSame(
    one.ended.map(({ fresh }) => fresh.length),
    [4, 4],
  )
  // Anchors are of no epoch; of what was asked twice under one name the later answer stands.
  const [first] = one.ended
  const epochs = Array.from(first?.answers.values() ?? [], ({ epoch }) => epoch)
  t.equal(epochs.filter((epoch) => epoch !== undefined).length, 4)
  t.match(first?.answers.values().next().value, {
    suite: 'abcd',
    suiteVersion: '1.0.0',
    servedModel: 'model-1',
    steps: 1,
    at: clock.now() - dayMs,
  })
  const stored = await one.state.exposures()
  t.strictSame(stored, { ok: true, value: '4;4;' })
})

t.test(
  'a killed leader is replaced within one lease, and what it still ends is not recorded',
  async (t) => {
    const clock = drivenClock()
    const store = memoryStore(clock)
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const stuck = upstream(async () => {
      await held
      return 'refuse' as const
    })
    const quick = upstream(() => 'refuse')
    const set = probeSet(2)
    const a = replica({ clock, store, name: 'a', sender: stuck.sender, set })
    const b = replica({ clock, store, name: 'b', sender: quick.sender, set })
    await toFirstRun(clock, a, b)
    t.equal(a.canaries.report().running, true)
    // From here on nobody calls step of the first one: it is dead, but for answers on their way.
    let waited = 0
    while (!b.canaries.report().leads && waited < 10 * leaseMs) {
      clock.advance(1000)
      waited += 1000
      await b.canaries.step()
    }
    t.ok(waited <= leaseMs, `after ${waited} ms`)
    t.equal(b.canaries.report().running, false, 'the due time was taken once')
    release()
    await a.canaries.settled()
    t.strictSame(
      a.ended.map(({ outcome }) => outcome),
      ['lease_lost'],
    )
    await b.canaries.refresh()
    t.equal(b.canaries.report().runs?.runs, 0)
    clock.advance(dayMs)
    await b.canaries.step()
    await b.canaries.settled()
    t.equal(b.canaries.report().runs?.runs, 1)
  },
)

t.test(
  'a 403 stops everything within one probe, on every replica, until an operator resumes',
  async (t) => {
    const clock = drivenClock()
    const store = memoryStore(clock)
    const concurrency = 4
    const model = upstream((_text, call) => (call === 7 ? 403 : 'refuse'))
    const set = probeSet(50)
    const a = replica({ clock, store, name: 'a', sender: model.sender, set, concurrency })
    const b = replica({ clock, store, name: 'b', sender: model.sender, set, concurrency })
    await toFirstRun(clock, a, b)
    await a.canaries.settled()
    t.strictSame(
      a.ended.map(({ outcome }) => outcome),
      ['stopped'],
    )
    t.ok(model.calls.length <= 7 + concurrency - 1, `${model.calls.length} of 100 calls`)
    const calls = model.calls.length
    t.equal(a.canaries.report().stop?.reason, 'forbidden')
    t.equal(a.canaries.report().runs?.runs, 0)
    await a.canaries.close()
    for (let night = 0; night < 3; night++) {
      clock.advance(dayMs)
      await b.canaries.step()
      await b.canaries.settled()
    }
    t.equal(b.canaries.report().leads, true)
    t.equal(b.canaries.report().stop?.reason, 'forbidden')
    t.equal(model.calls.length, calls)
    t.match(await b.budget.reserve(1, { inputTokens: 1, outputTokens: 1 }), { why: 'stopped' })

    const history = createEvidenceHistory()
    history.record(4, new Map([['of-runs', 0.5]]))
    const ask = createProbeOperator({
      ...b,
      threshold: 15_000,
      version: set.version,
      history,
      nextDue: () => Date.parse('2026-04-01T03:00:00Z'),
    })
    t.match(await ask({ kind: 'probes_show' }), {
      body: { stopped: { reason: 'forbidden' }, next_due: '2026-04-01T03:00:00.000Z' },
    })
    t.strictSame(await ask({ kind: 'probe_histories' }), {
      ok: true,
      body: { histories: new Map([['of-runs', [{ tick: 4, ratio: 0.5 }]]]) },
    })
    t.strictSame(await ask({ kind: 'probes_resume' }), { ok: true, body: { resumed: true } })
    t.match(await ask({ kind: 'probes_resume' }), { ok: false, failure: 'conflict' })
    clock.advance(dayMs)
    await b.canaries.step()
    await b.canaries.settled()
    t.equal(model.calls.length, calls + 100)
    t.strictSame(
      b.ended.map(({ outcome }) => outcome),
      ['complete'],
    )
  },
)

t.test('a spent budget ends a run, which then feeds no detector', async (t) => {
  const clock = drivenClock()
  const model = upstream(() => 'refuse')
  const one = replica({
    clock,
    store: memoryStore(clock),
    name: 'a',
    sender: model.sender,
    set: probeSet(20),
    callsPerHour: 15,
  })
  await toFirstRun(clock, one)
  await one.canaries.settled()
  t.strictSame(
    one.ended.map(({ outcome }) => outcome),
    ['budget_exhausted'],
  )
  t.equal(model.calls.length, 15)
  t.equal(one.canaries.report().runs?.runs, 0)
  t.equal(one.canaries.report().left?.find(({ window }) => window === 'hour')?.left, 0)
})

t.test('with the store away in the middle of a run nothing more is spent', async (t) => {
  const clock = drivenClock()
  const broken = breakable(memoryStore(clock))
  const model = upstream((_text, call) => {
    if (call === 5) broken.break('down')
    return 'refuse' as const
  })
  const one = replica({
    clock,
    store: broken.store,
    name: 'a',
    sender: model.sender,
    set: probeSet(20),
    concurrency: 2,
  })
  await toFirstRun(clock, one)
  await one.canaries.settled()
  t.strictSame(
    one.ended.map(({ outcome }) => outcome),
    ['store_away'],
  )
  t.ok(model.calls.length <= 6, `${model.calls.length} calls`)
})

t.test(
  'a run with one answer in ten missing is incomplete; with one in forty it is not',
  async (t) => {
    for (const [every, outcome] of [
      [10, 'incomplete'],
      [40, 'complete'],
    ] as const) {
      const clock = drivenClock()
      const model = upstream((_text, call) => (call % every === 0 ? 500 : 'refuse'))
      const store = memoryStore(clock)
      const one = replica({ clock, store, name: 'a', sender: model.sender, set: probeSet(20) })
      await toFirstRun(clock, one)
      await one.canaries.settled()
      t.strictSame(
        one.ended.map((run) => run.outcome),
        [outcome],
      )
      t.equal(one.canaries.report().runs?.runs, outcome === 'complete' ? 1 : 0)
    }
  },
)

t.test('a judge that has changed its mind shows in its control, in both directions', async (t) => {
  const clock = drivenClock()
  let shift = false
  const model = upstream(() => 'refuse')
  const one = replica({
    clock,
    store: memoryStore(clock),
    name: 'a',
    sender: model.sender,
    set: probeSet(2),
    judgeAgain: async () => [
      { id: 'de-1', language: 'de', refused: !shift },
      { id: 'de-2', language: 'de', refused: false },
    ],
  })
  await toFirstRun(clock, one)
  await one.canaries.settled()
  const control = (set: string) => {
    const spec = one.specs.find(
      (each) => each.metric === 'judge_control' && each.language === 'de' && each.set === set,
    )
    return one.canaries.report().runs?.detectors.get(spec?.id ?? '')
  }
  const before = control('should_refuse')?.wealth[4] ?? Number.NaN
  t.ok(before < 1, 'nothing differs from the first run')
  shift = true
  clock.advance(dayMs)
  await one.canaries.step()
  await one.canaries.settled()
  t.ok((control('should_refuse')?.wealth[4] ?? 0) > 2, 'refusals that it no longer sees')
  t.ok((control('benign')?.wealth[4] ?? 9) < 1)
})

t.test('closing ends a run, and lets another replica go on at once', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const model = upstream(async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return 'refuse' as const
  })
  const set = probeSet(200)
  const a = replica({ clock, store, name: 'a', sender: model.sender, set })
  const b = replica({ clock, store, name: 'b', sender: model.sender, set })
  await toFirstRun(clock, a, b)
  await a.canaries.close()
  t.ok(model.calls.length < 100, `${model.calls.length} of 400 calls`)
  t.strictSame(
    a.ended.map(({ outcome }) => outcome),
    ['lease_lost'],
  )
  clock.advance(leaseMs / 4)
  await b.canaries.step()
  t.equal(b.canaries.report().leads, true)
})
