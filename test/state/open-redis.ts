/** A store of the product on a server, with what it reports. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import { openStore, type StoreSettings } from '../../src/state/open-store.ts'
import type { Store, Stored } from '../../src/state/store.ts'

export const testSecret = 'a secret of more than thirty-two bytes'

export interface OpenedRedis {
  store: Store
  bad: string[]
  /** `error cause`, one for each failed call. */
  errors: string[]
}

type RedisStoreSettings = Extract<StoreSettings, { kind: 'redis' }>

export function redisSettings(
  port: number,
  more: Partial<Omit<RedisStoreSettings, 'kind'>> = {},
): RedisStoreSettings {
  return {
    kind: 'redis',
    url: `redis://127.0.0.1:${port}`,
    prefix: 'holdfast',
    commandTimeoutMs: 250,
    connectTimeoutMs: 500,
    cluster: false,
    ...more,
  }
}

export function openRedis(t: Test, settings: RedisStoreSettings): OpenedRedis {
  const bad: string[] = []
  const errors: string[] = []
  const store = openStore(settings, {
    clock: systemClock,
    secret: testSecret,
    onBadEntry: (kind) => bad.push(kind),
    onError: (error, cause) => errors.push(`${error} ${cause}`),
  })
  t.teardown(() => store.close())
  return { store, bad, errors }
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** Milliseconds until it holds; throws after `withinMs`. */
export async function until(holds: () => boolean, withinMs: number): Promise<number> {
  const from = performance.now()
  while (!holds()) {
    if (performance.now() - from > withinMs) throw new Error(`not within ${withinMs} ms`)
    await pause(2)
  }
  return performance.now() - from
}

/** The first answer that is not an error: a connection that is up may still be one that is about to be given up. */
export async function answered<T>(
  call: () => Promise<Stored<T>>,
  withinMs: number,
): Promise<Stored<T>> {
  const from = performance.now()
  for (;;) {
    const answer = await call()
    if (answer.ok || performance.now() - from > withinMs) return answer
    await pause(2)
  }
}

export interface Lag {
  ms(): number
  /** What `work` blocks is not counted. */
  without<T>(work: () => T): Promise<T>
}

/** How late this process is itself: what a bound in time has to grant on a busy machine. */
export function measureLag(t: Test): Lag {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  let kept = 0
  delay.enable()
  t.teardown(() => delay.disable())
  return {
    // Several delays may follow each other within one call.
    ms: () => 4 * (Math.max(kept, delay.max) / 1e6),
    async without(work) {
      kept = Math.max(kept, delay.max)
      const result = work()
      await pause(15)
      delay.reset()
      return result
    },
  }
}
