import t from 'tap'
import { createMonitorReader } from '../../../src/admin/status/monitor-view.ts'
import type { OperatorAnswer } from '../../../src/watch/operator.ts'

const handClock = () => {
  const clock = { ms: 0, now: () => 1_000_000 + clock.ms, monotonic: () => clock.ms }
  return clock
}
const row = {
  id: 'gap-bn',
  metric: 'refusal_gap',
  null: 'drift',
  language: 'bn',
  set: 'should_refuse',
  g0: 0.02,
  reference: null,
  source: 'configured',
  evidence_ratio: 0.5,
  differences: 40,
  active_ticks: 4,
  episodes: 1,
  open_since_tick: 77,
}
const answers: Readonly<Record<string, OperatorAnswer>> = {
  detectors: {
    ok: true,
    body: {
      threshold: 360_000,
      partial: false,
      folded_tick: 80,
      tick_ms: 1000,
      judge_version: 'lexical 1',
      detectors: [row],
    },
  },
  detector_histories: {
    ok: true,
    body: {
      histories: new Map([
        [
          'gap-bn',
          [
            { tick: 80, ratio: 0.5 },
            { tick: 'x', ratio: 1 },
          ],
        ],
      ]),
    },
  },
  baseline_list: { ok: true, body: { baselines: [{ name: 'first', active: true }] } },
}
const none: OperatorAnswer = { ok: false, failure: 'not_found', reason: 'none' }

void t.test('what the monitor says is read; what it does not say is not known', async (t) => {
  const read = createMonitorReader({
    ask: async ({ kind }) => answers[kind] ?? none,
    clock: handClock(),
  })
  const answer = await read()
  t.match(answer, {
    kind: 'answered',
    view: {
      at: 1_000_000,
      threshold: 360_000,
      partial: false,
      foldedTick: 80,
      tickMs: 1000,
      judgeVersion: 'lexical 1',
      baselines: [{ name: 'first', active: true }],
      probes: undefined,
      detectors: [
        {
          id: 'gap-bn',
          kind: 'live',
          ratio: 0.5,
          active: 4,
          openSince: 77,
          reference: undefined,
          points: [{ tick: 80, ratio: 0.5 }],
        },
      ],
    },
  })
})

void t.test(
  'readers of one moment share a question; a second later it is asked again',
  async (t) => {
    const clock = handClock()
    let asked = 0
    const ask = async ({ kind }: { kind: string }): Promise<OperatorAnswer> => {
      if (kind === 'detectors') asked++
      return answers[kind] ?? none
    }
    const read = createMonitorReader({ ask, clock })
    await Promise.all([read(), read(), read()])
    await read()
    t.equal(asked, 1)
    clock.ms = 1000
    await read()
    t.equal(asked, 2)
  },
)

void t.test('a monitor that is away, or hangs, leaves its last answer with its age', async (t) => {
  const clock = handClock()
  let mode: 'well' | 'away' | 'hangs' | 'throws' = 'well'
  const ask = async ({ kind }: { kind: string }): Promise<OperatorAnswer> => {
    if (mode === 'hangs') return new Promise(() => undefined)
    if (mode === 'throws') throw new Error('planted')
    if (mode === 'away')
      return { ok: false, failure: 'unavailable', reason: 'the monitor is not running' }
    return answers[kind] ?? none
  }
  const read = createMonitorReader({ ask, clock, deadlineMs: 20 })
  await read()
  for (const [next, reason] of [
    ['away', 'the monitor is not running'],
    ['hangs', 'no answer in time'],
    ['throws', 'the question failed'],
  ] as const) {
    mode = next
    clock.ms += 1000
    t.match(await read(), { kind: 'silent', reason, last: { at: 1_000_000 } }, next)
  }
})

void t.test('detectors that are switched off are off, not silent', async (t) => {
  const read = createMonitorReader({ ask: async () => none, clock: handClock() })
  t.strictSame(await read(), { kind: 'off' })
})
