/** Faults of the shared state: F13 to F16. */
import { connect } from 'node:net'
import { createRandom } from '../../../src/drift/simulation/random.ts'
import { type RedisServer, startRedis } from '../../state/redis-server.ts'
import type { Fault, Scenario } from '../fault.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { pause } from '../support/load.ts'
import { type Scene, withinMs } from '../support/scene.ts'
import { plantedSecrets } from '../support/seeded.ts'

interface Stage {
  redis: RedisServer
  wire: FaultProxy
}

const stages = new WeakMap<Scene, Stage>()

export async function redisSettings(scene: Scene): Promise<Readonly<Record<string, string>>> {
  const redis = await startRedis(
    { teardown: (clean) => scene.onEnd(clean as () => Promise<void>) },
    {
      args: ['--requirepass', plantedSecrets.redis],
      cliArgs: ['-a', plantedSecrets.redis, '--no-auth-warning'],
    },
  )
  const wire = await startFaultProxy({ port: redis.port })
  scene.onEnd(() => wire.close())
  stages.set(scene, { redis, wire })
  return {
    // On a machine that is busy with other runs a quarter of a second is no sign of a fault.
    HOLDFAST_STATE_COMMAND_TIMEOUT_MS: `${withinMs(scene, 250, 1000)}`,
    HOLDFAST_STATE_CONNECT_TIMEOUT_MS: '2000',
    HOLDFAST_STATE_REDIS_URL: `redis://127.0.0.1:${wire.port}`,
    HOLDFAST_STATE_REDIS_PASSWORD_FILE: scene.file('redis-password', plantedSecrets.redis),
  }
}

export function stageOf(scene: Scene): Stage {
  const stage = stages.get(scene)
  if (stage === undefined) throw new Error('this run has no redis-server')
  return stage
}

const isUp = (scene: Scene, up: number) => async () =>
  (await scene.metric('holdfast_state_up')) === up

/** Down in one scrape, calm in between, up again in 3 s (more where the machine is busy). */
async function outage(
  scene: Scene,
  begin: () => unknown,
  end: () => unknown,
  lastsMs: number,
): Promise<void> {
  await scene.until('the store is up', isUp(scene, 1), 40_000)
  await begin()
  await scene.until('I5: state_up falls to 0', isUp(scene, 0), 30_000)
  scene.injected(
    await scene.metric('holdfast_state_errors_total'),
    'calls to the store that failed',
  )
  await pause(lastsMs * scene.scale.factor)
  await end()
  const from = performance.now()
  await scene.until('I5: state_up is 1 again', isUp(scene, 1), withinMs(scene, 3000, 40_000))
  scene.note(`up ${((performance.now() - from) / 1000).toFixed(1)} s after its return`)
}

const refused = (variant: string, error: string, begin: string[], end: string[]): Scenario => ({
  variant,
  needs: ['redis'],
  settings: redisSettings,
  async run(scene) {
    const { redis } = stageOf(scene)
    await scene.until('the store is up', isUp(scene, 1), 40_000)
    redis.cli(...begin)
    await scene.until(
      `I5: an error ${error} is counted`,
      async () => (await scene.metric('holdfast_state_errors_total', { error })) > 0,
      40_000,
    )
    scene.injected(await scene.metric('holdfast_state_errors_total', { error }), `answers ${error}`)
    redis.cli(...end)
    await scene.until('I5: state_up is 1 again', isUp(scene, 1), 40_000)
  },
})

export const stateFaults: readonly Fault[] = [
  {
    id: 'F13',
    name: 'Redis is killed and comes back',
    injects: 'SIGKILL, then a start on the same port, empty',
    promise: 'I1 to I6; up within 3 s after its return',
    observe: 'state_up; state_errors_total{error="down"}',
    tests: [
      {
        file: 'test/state/redis-outage.test.ts',
        title: 'killed: calls fail at once, and it is found again when it is back',
      },
      {
        file: 'test/e2e/fleet-faults.test.ts',
        title: 'a Redis in trouble troubles no traffic and no evidence',
      },
    ],
    scenarios: [
      {
        variant: 'killed',
        needs: ['redis'],
        sets: ['smoke', 'commit'],
        settings: redisSettings,
        run: (scene) => {
          const { redis } = stageOf(scene)
          return outage(
            scene,
            () => redis.kill(),
            () => redis.start(),
            2000,
          )
        },
      },
    ],
  },
  {
    id: 'F14',
    name: 'Redis is frozen, or slow',
    injects: 'SIGSTOP; the fault proxy delays answers by 200 ms and 5 s, or holds them',
    promise:
      'a call fails after its time limit (state.command_timeout_ms, 1 s here); later ones at once; memory stays flat',
    observe: 'state_errors_total{error="timeout"}; process memory',
    tests: [
      {
        file: 'test/state/redis-outage.test.ts',
        title: 'frozen: one timeout, then failures at once, and it is found again',
      },
    ],
    scenarios: [
      {
        variant: 'frozen',
        needs: ['redis'],
        sets: ['smoke'],
        settings: redisSettings,
        run: (scene) => {
          const { redis } = stageOf(scene)
          return outage(
            scene,
            () => redis.freeze(),
            () => redis.thaw(),
            3000,
          )
        },
      },
      {
        variant: 'slow by 5 s',
        needs: ['redis'],
        settings: redisSettings,
        run: (scene) => {
          const { wire } = stageOf(scene)
          return outage(
            scene,
            () => wire.set({ kind: 'delay', ms: 5000 }),
            () => wire.set({ kind: 'pass' }),
            2000,
          )
        },
      },
      {
        variant: 'slow by 200 ms',
        needs: ['redis'],
        settings: redisSettings,
        async run(scene) {
          stageOf(scene).wire.set({ kind: 'delay', ms: 200 })
          await pause(3000 * scene.scale.factor + 1500)
          scene.injected(stageOf(scene).wire.injected(), 'answers that came 200 ms later')
          stageOf(scene).wire.set({ kind: 'pass' })
          await scene.until('I5: state_up is 1', isUp(scene, 1), 40_000)
        },
      },
      {
        variant: 'answers held',
        needs: ['redis'],
        settings: redisSettings,
        run: (scene) => {
          const { wire } = stageOf(scene)
          return outage(
            scene,
            () => wire.set({ kind: 'hold' }),
            () => wire.set({ kind: 'pass' }),
            2000,
          )
        },
      },
    ],
  },
  {
    id: 'F15',
    name: 'Redis refuses',
    injects:
      'maxmemory of 1 byte; a replica that is only read; WRONGTYPE, NOAUTH, LOADING, MOVED in the tests',
    promise: 'each counted by its name, none thrown',
    observe: 'state_errors_total{error}',
    tests: [
      {
        file: 'test/state/redis-refusals.test.ts',
        title: 'a right that is missing is `no_auth`, at that call only',
      },
      {
        file: 'test/state/redis-error.test.ts',
        title: 'what went wrong is a word of ours and a short code',
      },
      {
        file: 'test/state/redis-cluster.test.ts',
        title: 'a slot that is on its way answers ASK: plain calls follow',
      },
    ],
    scenarios: [
      refused(
        'out of memory',
        'full',
        ['CONFIG', 'SET', 'maxmemory', '1'],
        ['CONFIG', 'SET', 'maxmemory', '0'],
      ),
      refused(
        'read only',
        'read_only',
        ['REPLICAOF', '127.0.0.1', '1'],
        ['REPLICAOF', 'NO', 'ONE'],
      ),
    ],
  },
  {
    id: 'F16',
    name: 'Redis holds poisoned entries',
    injects: 'every key of holdfast is overwritten with bytes that are drawn',
    promise: 'dropped and counted; no crash; no label grows',
    observe: 'state_bad_entries_total; series',
    tests: [
      {
        file: 'test/state/redis-poison.test.ts',
        title: 'of 10,000 poisoned values and parts each is absent and counted',
      },
      { file: 'test/e2e/fleet-faults.test.ts', title: 'poisoned with 10,000 values' },
    ],
    scenarios: [
      {
        variant: 'overwritten',
        needs: ['redis'],
        settings: redisSettings,
        async run(scene) {
          const { redis } = stageOf(scene)
          const keys = (): string[] =>
            redis
              .cli('--raw', 'KEYS', '*')
              .split('\n')
              .filter((key) => key !== '')
          await scene.until('there is state', async () => keys().length > 0, 20_000)
          const random = createRandom(scene.seed, 16)
          let written = 0
          for (let round = 0; round < 20; round++) {
            for (const key of keys()) {
              const value = Buffer.from(
                Array.from({ length: 1 + random.below(300) }, () => random.below(256)),
              )
              await write(redis.port, key, value)
              written++
            }
            await pause(200 * scene.scale.factor)
          }
          const bad = await scene.metric('holdfast_state_bad_entries_total')
          const restarts = await scene.metric('holdfast_monitor_restarts_total')
          scene.injected(written, 'entries overwritten')
          scene.expect(bad > 0, `I5: of ${written} poisoned entries none is counted`)
          scene.expect(restarts === 0, `the monitor was lost ${restarts} times`)
          scene.note(`${written} written, ${bad} counted as bad`)
        },
      },
    ],
  },
]

/** Any bytes, as redis-cli cannot send them in an argument. */
function write(port: number, key: string, value: Buffer): Promise<void> {
  const words = [['AUTH', plantedSecrets.redis], ['SET', key, value], ['QUIT']] as const
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
    socket.resume()
    for (const command of words) {
      socket.write(`*${command.length}\r\n`)
      for (const word of command) {
        socket.write(`$${Buffer.byteLength(word)}\r\n`)
        socket.write(word)
        socket.write('\r\n')
      }
    }
  })
}
