/** Faults of the machine: F17, F18, F22, F28 to F30. */
import { connect } from 'node:net'
import type { Fault } from '../fault.ts'
import { faketimeLibrary } from '../needs.ts'
import { type ControlGroup, cpuGroup, memoryGroup } from '../support/control-groups.ts'
import { pause } from '../support/load.ts'
import { own } from '../support/outcomes.ts'
import { openFiles, residentMb, type Scene } from '../support/scene.ts'

const groups = new WeakMap<Scene, ControlGroup>()

function enter(scene: Scene, group: ControlGroup): void {
  groups.set(scene, group)
  scene.onEnd(() => group.remove())
  scene.wrap([group.joinLine])
}

const longBody = (scene: Scene, tokens: number): Buffer => {
  const words = ['the ', 'ভালো ', '世界 ', 'слово ']
  const content = Array.from({ length: tokens }, () => words[scene.random.below(4)]).join('')
  return Buffer.from(JSON.stringify({ model: 'seeded', messages: [{ role: 'user', content }] }))
}

const clock = (variant: string, steps: readonly string[]) => ({
  variant,
  needs: ['faketime'] as const,
  settings: async (scene: Scene) => {
    const file = scene.file('clock', '+0')
    scene.wrap([
      `export LD_PRELOAD=${faketimeLibrary} FAKETIME_TIMESTAMP_FILE=${file} FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1`,
    ])
    return {}
  },
  async run(scene: Scene) {
    for (const step of steps) {
      scene.file('clock', step)
      await pause(2000 * scene.scale.factor + 300)
    }
    await scene.until(
      'I5: the jump of the clock is counted',
      async () => (await scene.metric('holdfast_clock_jumps_total')) > 0,
      20_000,
    )
    scene.injected(await scene.metric('holdfast_clock_jumps_total'), 'jumps of the clock')
    for (const reason of ['error', 'exit', 'stalled', 'out_of_memory']) {
      const lost = await scene.metric('holdfast_monitor_restarts_total', { reason })
      if (lost > 0) scene.note(`${lost} lost: ${reason}`)
    }
    const restarts = await scene.metric('holdfast_monitor_restarts_total')
    scene.expect(restarts === 0, `the monitor was lost ${restarts} times`)
    const longest = await scene.metric('holdfast_exchange_duration_seconds_sum')
    scene.expect(longest >= 0 && longest < 3600, `durations add up to ${longest} s`)
    scene.note(`${await scene.metric('holdfast_clock_jumps_total')} jumps counted`)
  },
})

export const resourceFaults: readonly Fault[] = [
  {
    id: 'F22',
    name: 'the wall clock jumps',
    injects: '1 h forth, 1 h back, a day forth, by faketime',
    promise: 'no window explodes, no duration is negative, nothing is folded twice',
    observe: 'clock_jumps_total',
    tests: [
      {
        file: 'test/watch/watch.test.ts',
        title: 'a step of the wall clock folds nothing too early and nothing twice',
      },
      {
        file: 'test/probe/schedule/lease.test.ts',
        title: 'a wall clock that jumps neither ends nor prolongs a lease',
      },
    ],
    scenarios: [
      clock('an hour forth and back', ['+3600', '+0']),
      clock('an hour back', ['-3600']),
      clock('a day forth', ['+86400']),
    ],
  },
  {
    id: 'F28',
    name: 'memory pressure',
    injects: 'a control group of 256 MB; everything sampled; bodies of 50,000 tokens',
    promise:
      'half of the samples at 70 %, none at 85 %; traffic untouched; never killed by the kernel',
    observe: 'shed_level; dropped_total{reason="shed"}; oom_kill of the group',
    tests: [
      {
        file: 'test/overload/shedding.test.ts',
        title: 'memory: 70 % begins level 1 and 85 % level 2, at once',
      },
    ],
    scenarios: [
      {
        variant: '256 MB',
        needs: ['cgroups'],
        sets: ['smoke'],
        async settings(scene) {
          enter(scene, memoryGroup(256 << 20))
          return {
            HOLDFAST_CAPTURE_REQUEST_BYTES_MAX: '4194304',
            HOLDFAST_CAPTURE_BUDGET_BYTES: '268435456',
            HOLDFAST_MONITOR_WINDOW_BYTES: '268435456',
            HOLDFAST_OVERLOAD_RECOVER_MS: '2000',
          }
        },
        async run(scene) {
          const limit = await scene.metric('holdfast_memory_limit_bytes')
          scene.injected(limit === 256 << 20 ? 1 : 0, `limit of 256 MB: ${limit}`)
          const until = performance.now() + 8000 * scene.scale.factor + 1000
          let level = 0
          let most = 0
          const bodies = Array.from({ length: 4 }, () => longBody(scene, 50_000))
          const clients = Array.from({ length: 16 }, async (_, i) => {
            while (performance.now() < until) {
              const order = { kind: 'status', status: 200, bytes: 500_000 } as const
              const body = bodies[i % 4]
              const { outcome } = await scene.ask(body === undefined ? { order } : { order, body })
              scene.expect(outcome.kind === 'ok', `I1: a body of 50,000 tokens is ${outcome.kind}`)
            }
          })
          const watch = (async () => {
            while (performance.now() < until) {
              level = Math.max(
                level,
                await scene.metric('holdfast_shed_level', { cause: 'memory' }),
              )
              most = Math.max(most, residentMb(scene.holdfast.pid))
              await pause(100)
            }
          })()
          await Promise.all([...clients, watch])
          const shed = await scene.metric('holdfast_dropped_total', { reason: 'shed' })
          scene.expect(level === 0 || shed > 0, `I5: at level ${level} nothing is counted as shed`)
          scene.expect(most < 256 * 0.7 || level > 0, `${most.toFixed(0)} MB of 256 and level 0`)
          const killed = groups.get(scene)?.killed()
          scene.expect(killed === 0, `the kernel ended ${killed} processes`)
          scene.note(`most ${most.toFixed(0)} MB, level ${level}, ${shed} shed`)
        },
      },
    ],
  },
  {
    id: 'F29',
    name: 'CPU pressure',
    injects: 'a control group of a fifth of a core',
    promise: 'samples give way first; no request fails',
    observe: 'shed_level{cause="event_loop"}; dropped_total',
    tests: [
      {
        file: 'test/overload/shedding.test.ts',
        title: 'one long task is no overload, eight late looks in a row are',
      },
    ],
    scenarios: [
      {
        variant: '20 %',
        needs: ['cgroups'],
        settings: async (scene) => {
          enter(scene, cpuGroup(0.2))
          return { HOLDFAST_MONITOR_STALL_MS: '60000' }
        },
        async run(scene) {
          await pause(6000 * scene.scale.factor + 1000)
          scene.injected(groups.get(scene)?.throttled(), 'times throttled by the kernel')
          const level = await scene.metric('holdfast_shed_level', { cause: 'event_loop' })
          const dropped = await scene.metric('holdfast_dropped_total')
          scene.note(`level ${level}, ${dropped} samples dropped`)
        },
      },
    ],
  },
  {
    id: 'F30',
    name: 'descriptors run out',
    injects: '256 descriptors, 400 connections; with and without a cap below',
    promise: 'what cannot be opened is refused; no crash; recovers',
    observe: 'upstream_errors_total{kind="connect"}; client_connections_refused_total',
    tests: [
      {
        file: 'test/proxy/forward.test.ts',
        title: 'over the cap of client connections the newest is closed, the open ones stay',
      },
    ],
    scenarios: (['no cap', 'a cap of 100'] as const).map((variant) => ({
      variant,
      needs: ['prlimit'] as const,
      async settings(scene: Scene) {
        // The shell limits itself, and becomes Node.
        scene.wrap(['ulimit -n 256'])
        return variant === 'no cap' ? {} : { HOLDFAST_PROXY_CLIENT_CONNECTIONS_MAX: '100' }
      },
      async run(scene: Scene) {
        scene.allow(
          (outcome) =>
            outcome.kind === 'unanswered' ||
            outcome.kind === 'broken' ||
            own('upstream_unreachable')(outcome),
        )
        const sockets = Array.from({ length: 400 }, () => {
          const socket = connect(scene.holdfast.port, '127.0.0.1')
          socket.on('error', () => {})
          socket.resume()
          return socket
        })
        let files = 0
        const until = performance.now() + 2000 * scene.scale.factor + 500
        while (performance.now() < until) {
          files = Math.max(files, openFiles(scene.holdfast.pid))
          await pause(10)
        }
        // A cap of 100 clients keeps the process below its limit: then what was refused shows it.
        if (variant === 'no cap')
          scene.injected(files >= 250 ? files : 0, `${files} of 256 descriptors`)
        for (const socket of sockets) socket.destroy()
        await scene.until(
          'it is served again',
          async () => (await scene.ask({ agent: false })).outcome.kind === 'ok',
          10_000,
        )
        await pause(500)
        const refused = await scene.metric('holdfast_client_connections_refused_total')
        if (variant !== 'no cap') {
          scene.injected(refused, 'connections over the cap')
          scene.expect(refused > 200, `I5: ${refused} counted as refused`)
        }
        scene.note(`${files} files open, ${refused} refused by the cap`)
      },
    })),
  },
]
