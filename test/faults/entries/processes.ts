/** Faults of holdfast's own processes and threads: F23 to F27. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import type { HoldfastProcess } from '../../e2e/support/holdfast-process.ts'
import { freePort } from '../../state/redis-server.ts'
import type { Fault, Scenario } from '../fault.ts'
import { pause } from '../support/load.ts'
import { times } from '../support/outcomes.ts'
import type { Scene } from '../support/scene.ts'

async function startHaproxy(scene: Scene, instances: readonly HoldfastProcess[]): Promise<void> {
  const front = await freePort()
  const file = scene.file(
    'haproxy.cfg',
    [
      'defaults',
      '  mode http',
      '  retries 0',
      '  timeout check 2s',
      '  timeout connect 2s',
      '  timeout client 30s',
      '  timeout server 30s',
      'listen front',
      `  bind 127.0.0.1:${front}`,
      '  option httpchk GET /readyz',
      ...instances.map(
        ({ port, adminPort }, i) =>
          `  server h${i} 127.0.0.1:${port} check port ${adminPort} inter 200ms fall 2 rise 1`,
      ),
      '',
    ].join('\n'),
  )
  const child = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' })
  scene.onEnd(async () => {
    scene.front = undefined
    child.kill('SIGKILL')
    if (child.exitCode === null) await once(child, 'exit')
  })
  await scene.until(
    'haproxy serves',
    async () =>
      (await scene.ask({ port: front, agent: false, viaOthers: true })).outcome.kind === 'ok',
    10_000,
  )
  scene.front = front
}

const rolling = (variant: string, restarts: number, requestsMin: number): Scenario => ({
  variant,
  needs: ['haproxy'],
  sets: restarts <= 4 ? ['smoke', 'commit'] : [],
  ...(requestsMin > 0 ? { once: true as const } : {}),
  async settings() {
    return {
      listen: `127.0.0.1:${await freePort()}`,
      admin: `127.0.0.1:${await freePort()}`,
      HOLDFAST_DRAIN_DELAY_MS: '1500',
    }
  },
  async run(scene) {
    const second = await scene.startAnother({
      listen: `127.0.0.1:${await freePort()}`,
      admin: `127.0.0.1:${await freePort()}`,
    })
    const instances = [scene.holdfast, second]
    const from = scene.load.asked().length
    await startHaproxy(scene, instances)
    let slowestMs = 0
    let ended = 0
    for (let i = 0; i < restarts || scene.load.asked().length - from < requestsMin; i++) {
      const one = instances[i % 2]
      if (one === undefined) return
      const told = performance.now()
      const { code, signal } = await one.stop()
      slowestMs = Math.max(slowestMs, performance.now() - told)
      scene.expect(code === 0, `ended with ${code ?? signal} on SIGTERM`)
      ended++
      const address = { listen: `127.0.0.1:${one.port}`, admin: `127.0.0.1:${one.adminPort}` }
      const next = await scene.startAnother(address)
      instances[i % 2] = next
      if (i % 2 === 0) scene.holdfast = next
      await scene.until(
        'haproxy sends to the new one',
        async () =>
          ((await next.metric('holdfast_exchanges_total', { outcome: 'complete' })) ?? 0) > 0,
        15_000,
      )
    }
    scene.injected(ended, 'instances ended by SIGTERM')
    // The wait of 1.5 s for the balancer, and the longest stream.
    scene.expect(slowestMs < 15_000, `the slowest end took ${slowestMs.toFixed(0)} ms`)
    scene.note(
      `${ended} restarts, ${scene.load.asked().length - from} requests; slowest end ${(slowestMs / 1000).toFixed(1)} s`,
    )
  },
  // The balancer is ended with the scene; what the load asks afterwards goes through it still.
})

const killed = (variant: string, kills: number, once: boolean): Scenario => ({
  variant,
  ...(once ? { once: true as const } : {}),
  sets: once ? [] : ['smoke', 'commit'],
  async run(scene) {
    const state = `${scene.folder}/state`
    const startsMs: number[] = []
    let inFlight = 0
    let failedElsewhere = 0
    let killedNow = 0
    let faults = 0
    const total = once ? kills : times(scene, kills, 2)
    for (let i = 0; i < total; i++) {
      const from = performance.now()
      const victim = await scene.startAnother({
        env: { HOLDFAST_STATE_FILE: state, HOLDFAST_STATE_SNAPSHOT_MS: '1000' },
      })
      startsMs.push(performance.now() - from)
      const victimIs = { dead: false }
      let failedBefore = 0
      const clients = Array.from({ length: 6 }, async () => {
        while (!victimIs.dead) {
          const { outcome } = await scene.ask({ port: victim.port, agent: false })
          if (outcome.kind === 'ok') continue
          if (victimIs.dead) inFlight++
          else failedBefore++
        }
      })
      // In load, in a save, before the first one: at any moment.
      await pause(100 + scene.random.below(1500))
      faults += (await victim.metric('holdfast_state_snapshot_faults_total').catch(() => 0)) ?? 0
      victimIs.dead = true
      victim.kill()
      await Promise.all(clients)
      if ((await victim.stop()).signal === 'SIGKILL') killedNow++
      failedElsewhere += failedBefore
    }
    scene.injected(
      killedNow === total ? total : 0,
      `of ${total} ended by SIGKILL: ${killedNow} were`,
    )
    const sorted = [...startsMs].sort((a, b) => a - b)
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0
    scene.expect(
      failedElsewhere === 0,
      `I1: ${failedElsewhere} failed before the process was killed`,
    )
    scene.expect(faults === 0, `I7: ${faults} snapshots could not be read after a kill`)
    // Where more wants to run than there are cores, a start says something of the machine only.
    const busy = (loadavg()[0] ?? 0) > cpus().length
    scene.expect(busy || median < 2000, `a start takes ${median.toFixed(0)} ms`)
    scene.note(
      `${total} kills: only ${inFlight} in flight failed, 0 damaged snapshots; start p50 ${median.toFixed(0)} ms, max ${(sorted.at(-1) ?? 0).toFixed(0)} ms${busy ? ' on a machine that is overloaded' : ''}`,
    )
  },
})

const workerLost = (verb: string, reason: string, argument = 0): Scenario => ({
  variant: verb,
  sets: verb === 'throw' || verb === 'exit' ? ['smoke', 'commit'] : ['smoke'],
  settings: async () => ({
    hooked: 'yes',
    HOLDFAST_MONITOR_STALL_MS: reason === 'stalled' ? '3000' : '25000',
  }),
  async run(scene) {
    scene.order('worker', verb, argument)
    await scene.until(
      `I5: a monitor lost by ${reason} is counted`,
      async () => (await scene.metric('holdfast_monitor_restarts_total', { reason })) > 0,
      30_000,
    )
    scene.injected(
      await scene.metric('holdfast_monitor_restarts_total', { reason }),
      `lost by ${reason}`,
    )
    await scene.until(
      'I5: the monitor is up again',
      async () => (await scene.metric('holdfast_monitor_up')) === 1,
      30_000,
    )
  },
})

export const processFaults: readonly Fault[] = [
  {
    id: 'F23',
    name: 'SIGTERM under load, rolling, behind HAProxy',
    injects: 'two instances are ended and started in turn',
    promise:
      '0 failed; the end comes within the longest stream and 3 s after the wait for the balancer',
    observe: 'counts of the clients',
    tests: [
      {
        file: 'test/e2e/rolling-restart.test.ts',
        title: 'rolling restart behind HAProxy: 0 failed of at least',
      },
    ],
    scenarios: [rolling('2 restarts', 2, 0), rolling('10,000 requests', 20, 10_000)],
  },
  {
    id: 'F24',
    name: 'SIGTERM twice; SIGTERM with a stream that never ends',
    injects: 'signals; drain.deadline_ms of 3 s',
    promise: 'ended at the deadline, the cut stream in the log; a second signal changes nothing',
    observe: 'the time until the end; the log line of the forced drain',
    scenarios: [
      {
        variant: 'endless stream, two signals',
        sets: ['smoke'],
        async run(scene) {
          const one = await scene.startAnother({ env: { HOLDFAST_DRAIN_DEADLINE_MS: '3000' } })
          const stream = scene.ask({ port: one.port, order: { kind: 'endless' }, agent: false })
          await pause(500)
          const from = performance.now()
          const ended = one.stop()
          await pause(500)
          const { code } = await Promise.race([one.stop(), ended])
          const tookMs = performance.now() - from
          scene.injected(tookMs >= 2900 ? 1 : 0, 'ends that waited for the stream')
          scene.expect(code === 0, `ended with ${code}`)
          scene.expect(
            tookMs >= 2900 && tookMs < 8000,
            `the end came after ${tookMs.toFixed(0)} ms`,
          )
          scene.expect((await stream).outcome.kind === 'broken', 'the stream was not cut')
          scene.expect(/"cut":\s*1\b/.test(one.output()), 'I5: the cut stream is not in the log')
          scene.note(`ended after ${tookMs.toFixed(0)} ms`)
        },
      },
    ],
  },
  {
    id: 'F25',
    name: 'SIGKILL and restart',
    injects:
      'kill -9 at a moment that is drawn, with requests in flight and a state file being written',
    promise:
      'only what is in flight in that process fails; the state is read at the next start; start within 2 s',
    observe: 'counts of the clients; state_snapshot_faults_total',
    tests: [
      {
        file: 'test/e2e/kill-restart.test.ts',
        title: 'times and started again',
      },
      {
        file: 'test/state/snapshot-file.test.ts',
        title: 'killed 50 times while it saves, a process finds its last state or the next',
      },
      {
        file: 'test/e2e/fleet.test.ts',
        title: 'killed replicas lose their last flush at most, new ones add',
      },
    ],
    scenarios: [killed('kills', 5, false), killed('100 kills', 100, true)],
  },
  {
    id: 'F26',
    name: 'the monitor thread is lost',
    injects:
      'throw, unhandled rejection, exit, stack overflow, out of memory, endless loop; exits over and over',
    promise: 'traffic untouched; restarted with a growing pause; what it held is counted',
    observe: 'monitor_restarts_total; monitor_up; dropped_total{reason="monitor_lost"}',
    tests: [
      { file: 'test/app.test.ts', title: 'under load costs no request and is seen in a scrape' },
    ],
    scenarios: [
      workerLost('throw', 'error'),
      workerLost('reject', 'error'),
      workerLost('exit', 'exit', 3),
      workerLost('overflow', 'error'),
      workerLost('out_of_memory', 'out_of_memory'),
      workerLost('block', 'stalled', 60_000),
      {
        variant: 'exits over and over',
        settings: async () => ({ hooked: 'yes' }),
        async run(scene) {
          const until = performance.now() + 8000 * scene.scale.factor
          while (performance.now() < until) {
            if ((await scene.metric('holdfast_monitor_up')) === 1) scene.order('worker', 'exit', 3)
            await pause(100)
          }
          await scene.until(
            'I5: the exits are counted',
            async () => (await scene.metric('holdfast_monitor_restarts_total')) > 0,
            30_000,
          )
          const restarts = await scene.metric('holdfast_monitor_restarts_total')
          scene.injected(restarts, 'exits')
          // 100 ms doubled each time: seven restarts take 12.7 s.
          scene.expect(restarts >= 1 && restarts <= 9, `${restarts} restarts`)
          await scene.until(
            'I5: the monitor is up again',
            async () => (await scene.metric('holdfast_monitor_up')) === 1,
            60_000,
          )
          scene.note(`${restarts} restarts`)
        },
      },
    ],
  },
  {
    id: 'F27',
    name: 'the traffic thread stands still',
    injects: 'a block of 100 ms, 1 s and 5 s',
    promise: 'seen and exported; no connection is lost',
    observe: 'event_loop_lag_seconds',
    scenarios: [
      {
        variant: '100 ms to 5 s',
        settings: async () => ({ hooked: 'yes' }),
        async run(scene) {
          for (const ms of scene.scale.factor < 1 ? [100, 1000] : [100, 1000, 5000]) {
            await scene.metric('holdfast_event_loop_lag_seconds')
            scene.order('main', 'block', ms)
            await pause(ms + 300)
            // A scrape that waits for the end of a block is answered before the block is measured: the next one has it.
            const scrapes: number[] = []
            for (let i = 0; i < 2; i++) {
              scrapes.push(await scene.metric('holdfast_event_loop_lag_seconds'))
              await pause(100)
            }
            const lag = Math.max(...scrapes)
            if (ms >= 1000) scene.injected(lag > 0.005 ? 1 : 0, `blocks of ${ms} ms seen`)
            scene.expect(ms < 1000 || lag > 0.005, `I5: a block of ${ms} ms reads as ${lag} s`)
            scene.note(`${ms} ms: mean lag ${(lag * 1000).toFixed(0)} ms`)
          }
        },
      },
    ],
  },
]
