/** Faults of the model's side: F01 to F05, F11. */
import type { Fault, Scenario } from '../fault.ts'
import { pause } from '../support/load.ts'
import { cutBody, type FaultOrder } from '../support/model.ts'
import { count, errors, own, times } from '../support/outcomes.ts'
import { type Scene, withinMs } from '../support/scene.ts'

/** What the clients saw, what was injected and what is counted are one number. */
async function agrees(scene: Scene, marker: string, kind: string, injected: number): Promise<void> {
  scene.wire.set({ kind: 'pass' })
  await pause(1000)
  const seen = count(scene, marker)
  const counted = await errors(scene, kind)
  scene.expect(
    seen === injected && counted === injected,
    `I5: ${injected} injected, ${seen} seen as ${marker}, ${counted} counted as ${kind}`,
  )
  scene.injected(injected, 'answers cut by the fault proxy')
  scene.note(`${injected} injected, each answered once and counted`)
}

const statusStorm = (status: number, bytes: number, whole: number): Scenario => ({
  variant: `${status} of ${bytes} bytes`,
  sets: status === 503 ? ['smoke', 'commit'] : ['smoke'],
  async run(scene) {
    const total = times(scene, whole)
    const hits = scene.model.hits()
    const loaded = scene.load.asked().length + scene.load.direct().length
    let passed = 0
    for (let left = total; left > 0; left -= 20) {
      const answers = await Promise.all(
        Array.from({ length: Math.min(20, left) }, () =>
          scene.ask({ order: { kind: 'status', status, bytes } }),
        ),
      )
      passed += answers.filter(
        ({ outcome }) =>
          outcome.kind === 'status' &&
          outcome.status === status &&
          outcome.marker === undefined &&
          outcome.body.length > bytes,
      ).length
    }
    scene.expect(
      passed === total,
      `I2: ${passed} of ${total} answers of ${status} as the model sent them`,
    )
    scene.injected(passed, `answers of ${status}`)
    const after = await scene.ask()
    scene.expect(
      after.outcome.kind === 'ok',
      `I1: a POST behind the storm is ${after.outcome.kind}`,
    )
    const others = scene.load.asked().length + scene.load.direct().length - loaded
    // The load goes on meanwhile, and some of it is under way at either end.
    const extra = scene.model.hits() - hits - total - 1 - others
    const underWay = scene.scale.clients + scene.scale.directClients
    scene.expect(
      Math.abs(extra) <= underWay,
      `${extra} more requests reached the model than were sent`,
    )
    scene.note(`${passed} of ${total} passed on`)
  },
})

export const upstreamFaults: readonly Fault[] = [
  {
    id: 'F01',
    name: 'upstream refuses connections',
    injects: 'the port is closed; connections are reset as they open',
    promise: '502 within 100 ms, no retry',
    observe: 'upstream_errors_total{kind="connect"} is the number of requests',
    tests: [
      {
        file: 'test/e2e/upstream-failures.test.ts',
        title: 'upstream refuses connections: 502 within 100 ms',
      },
    ],
    scenarios: [
      {
        variant: 'closed port',
        sets: ['smoke', 'commit'],
        settings: async ({ model }) => ({ upstream: `http://127.0.0.1:${model.port}` }),
        async run(scene) {
          scene.allow(
            (outcome) =>
              own('upstream_unreachable')(outcome) ||
              outcome.kind === 'broken' ||
              own('upstream_reset')(outcome),
          )
          const direct = scene.load.direct().length
          await scene.model.stopListening()
          await pause(300)
          let slowest = 0
          let refusals = 0
          for (let i = 0; i < times(scene, 100); i++) {
            const { outcome, totalMs } = await scene.ask()
            slowest = Math.max(slowest, totalMs)
            if (own('upstream_unreachable')(outcome)) refusals++
            scene.expect(
              own('upstream_unreachable')(outcome),
              `refused is answered ${outcome.kind}`,
            )
          }
          scene.injected(count(scene, 'upstream_unreachable') + refusals, 'refused connections')
          await scene.model.listen()
          await pause(500)
          scene.expect(
            slowest < withinMs(scene, 100, 5000),
            `the slowest refusal took ${slowest.toFixed(0)} ms`,
          )
          scene.expect(
            count(scene, 'upstream_unreachable') <= (await errors(scene, 'connect')),
            'I5: counted',
          )
          scene.note(
            `slowest 502 ${slowest.toFixed(0)} ms; straight ${scene.load.direct().length - direct} asked`,
          )
        },
      },
      {
        variant: 'reset on accept',
        sets: ['smoke'],
        async run(scene) {
          scene.allow(own('upstream_reset'))
          // Pooled connections are there already and stay good; new ones are needed for these.
          scene.wire.set({ kind: 'refuse' })
          await Promise.all(Array.from({ length: 60 }, () => scene.ask()))
          const injected = scene.wire.injected()
          scene.wire.set({ kind: 'pass' })
          await pause(500)
          scene.injected(injected, 'connections reset')
          const counted = await errors(scene, 'reset_before_headers')
          scene.expect(counted === injected, `I5: ${injected} refused, ${counted} counted`)
          scene.note(`${injected} refused, no retry`)
        },
      },
    ],
  },
  {
    id: 'F02',
    name: 'upstream resets before its head',
    injects: 'the fault proxy cuts a share of the answers at byte 0, by RST and by FIN',
    promise: '502 with the mark of our own, one hit each',
    observe: 'upstream_errors_total{kind="reset_before_headers"} is the number injected',
    tests: [{ file: 'test/e2e/upstream-failures.test.ts', title: '502, asked once' }],
    scenarios: (['rst', 'fin'] as const).map((by) => ({
      variant: by,
      sets: by === 'rst' ? (['smoke', 'commit'] as const) : (['smoke'] as const),
      async run(scene: Scene) {
        scene.allow(own('upstream_reset'))
        const random = () => scene.random.uniform()
        scene.wire.set({ kind: 'cut', at: () => 0, share: 0.3, by, random })
        await pause(3000 * scene.scale.factor + 500)
        const injected = scene.wire.injected()
        await agrees(scene, 'upstream_reset', 'reset_before_headers', injected)
      },
    })),
  },
  {
    id: 'F03',
    name: 'reset in the middle of a stream',
    injects:
      'a body that ends behind byte N, N drawn from 1 to 4096, by FIN and RST; the fault proxy cuts streams of the load',
    promise: 'the client gets exactly N bytes, then a broken stream, never a clean end',
    observe: 'upstream_errors_total{kind="reset_mid_stream"}; dropped as upstream_reset',
    tests: [
      { file: 'test/e2e/abort-matrix.test.ts', title: 'after all resets nothing is left open' },
    ],
    scenarios: [
      {
        variant: 'byte N of a body',
        sets: ['smoke', 'commit'],
        async run(scene) {
          const total = times(scene, 200)
          let exact = 0
          for (let i = 0; i < total; i++) {
            const bytes = 1 + scene.random.below(4096)
            const order: FaultOrder = { kind: 'cut', bytes, by: i % 4 === 0 ? 'rst' : 'fin' }
            const { outcome } = await scene.ask({ order })
            const same =
              outcome.kind === 'broken' && outcome.body.equals(cutBody.subarray(0, bytes))
            if (same) exact++
            else scene.expect(false, `I2: cut behind ${bytes} by ${order.by}: ${outcome.kind}`)
          }
          scene.injected(exact, 'bodies cut behind byte N')
          const counted = await errors(scene, 'reset_mid_stream')
          scene.expect(counted === total, `I5: ${total} cut, ${counted} counted`)
          scene.note(`${exact} of ${total} exact`)
        },
      },
      {
        variant: 'streams of the load',
        sets: ['smoke'],
        async run(scene) {
          // A head that is cut is a reset before headers; behind it the stream is broken.
          scene.allow((outcome) => outcome.kind === 'broken' || own('upstream_reset')(outcome))
          const random = () => scene.random.uniform()
          const at = (): number => 1 + scene.random.below(4096)
          scene.wire.set({ kind: 'cut', at, share: 0.5, by: 'fin', random })
          await pause(3000 * scene.scale.factor + 500)
          const before = scene.wire.injected()
          scene.wire.set({ kind: 'pass' })
          await pause(1000)
          // Those whose byte came only now.
          const injected = before + scene.wire.injected()
          scene.injected(injected, 'streams cut by the fault proxy')
          const seen = scene.load.asked().filter(({ outcome }) => outcome.kind !== 'ok').length
          const counted =
            (await errors(scene, 'reset_mid_stream')) +
            (await errors(scene, 'reset_before_headers')) +
            (await errors(scene, 'protocol'))
          scene.expect(seen === injected, `I1: ${injected} cut, ${seen} failed`)
          scene.expect(counted === injected, `I5: ${injected} cut, ${counted} counted`)
          scene.note(`${injected} cut, ${seen} seen broken`)
        },
      },
    ],
  },
  {
    id: 'F04',
    name: 'upstream stalls',
    injects:
      'the model is silent before its head and in the middle of a stream (10 minutes, scaled to 3 s)',
    promise: 'never cut by us; a client that leaves frees the upstream within 100 ms',
    observe: 'upstream_connections; the moment at which the model saw the end',
    scenarios: (['stall_head', 'stall_mid'] as const).map((kind) => ({
      variant: kind === 'stall_head' ? 'before the head' : 'in the middle',
      sets: ['smoke'] as const,
      async run(scene: Scene) {
        const ms = 3000 * scene.scale.factor + 300
        const [waited, ...left] = await Promise.all([
          scene.ask({ order: { kind, ms } }),
          ...Array.from({ length: 10 }, async () => {
            const from = performance.now()
            const answer = await scene.ask({
              order: { kind, ms: 60_000 },
              leaveMs: 150,
              agent: false,
            })
            const leftAt = from + 150
            while (
              scene.model.abortedAt(answer.id) === undefined &&
              performance.now() - leftAt < 10_000
            )
              await pause(5)
            if (!scene.model.began(answer.id)) return 0
            return (scene.model.abortedAt(answer.id) ?? Number.POSITIVE_INFINITY) - leftAt
          }),
        ])
        scene.expect(
          waited?.outcome.kind === 'ok',
          `I1: the one that waited is ${waited?.outcome.kind}`,
        )
        scene.injected(
          left.filter((ms) => ms > 0).length,
          'answers that stood still until their client left',
        )
        const slowest = Math.max(...left)
        scene.expect(
          slowest < withinMs(scene, 100, 3000),
          `the upstream was free ${slowest.toFixed(0)} ms after the client`,
        )
        scene.note(`freed after at most ${slowest.toFixed(0)} ms`)
      },
    })),
  },
  {
    id: 'F05',
    name: 'storm of 503, 429 and 529',
    injects: 'the model answers 1,000 requests with a status, small and of 200 KB',
    promise: 'passed on as they are, asked once, and a POST behind them is served',
    observe: 'hits of the model',
    tests: [
      {
        file: 'test/e2e/upstream-failures.test.ts',
        title: '503, 429 and 529 are passed on and never repeated',
      },
      {
        file: 'test/e2e/upstream-failures.test.ts',
        title: '20 answers 503 of 200 KB, then a POST is served',
      },
    ],
    scenarios: [
      statusStorm(503, 100, 1000),
      statusStorm(429, 100, 400),
      statusStorm(529, 100, 400),
      statusStorm(503, 200_000, 300),
    ],
  },
  {
    id: 'F11',
    name: '200 streams at once',
    injects: '200 streams that stand still after their first event, beside the load',
    promise: 'each has its first event at once; none waits for another',
    observe: 'upstream_connections',
    tests: [
      {
        file: 'test/e2e/upstream-failures.test.ts',
        title: '200 streams at the same time: each has its first event at once',
      },
    ],
    scenarios: [
      {
        variant: 'beside the load',
        async run(scene) {
          const total = times(scene, 200)
          const opened = Array.from({ length: total }, () =>
            scene.ask({ order: { kind: 'stall_mid', ms: 15_000 }, agent: false }),
          )
          await scene.until(
            'all are open at once',
            async () => (await scene.metric('holdfast_upstream_connections')) >= total,
            12_000,
          )
          const answers = await Promise.all(opened)
          scene.injected(
            answers.filter(({ totalMs }) => totalMs >= 14_000).length,
            'streams that stood still',
          )
          // None of them ends before 15 s: a first event that came sooner waited for no other.
          const late = answers.filter(
            ({ outcome, firstByteMs = Number.POSITIVE_INFINITY }) =>
              outcome.kind !== 'ok' || firstByteMs > 14_000,
          )
          scene.expect(late.length === 0, `${late.length} streams waited for their first event`)
          const slowest = Math.max(...answers.map(({ firstByteMs = 0 }) => firstByteMs))
          scene.note(`${total} open at once, slowest first event ${slowest.toFixed(0)} ms`)
        },
      },
    ],
  },
]
