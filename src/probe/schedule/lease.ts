/**
 * Which replica runs the probes: the one that holds the lease, written in the shared store with a
 * time to live that the store measures, so that no two clocks have to agree. Every new holder gets a
 * higher number, the fencing token: a holder that was paused or cut off, and has been replaced
 * meanwhile, finds another token in the store and cannot record anything.
 *
 * A holder that dies is replaced within `leaseMs`: it is written for three quarters of that, and
 * renewed and looked for every quarter.
 */
import type { Clock } from '../../clock.ts'
import { fieldsOf, isCount, parseJson } from '../../drift/stored-values.ts'
import type { Seen, Store, StoreError } from '../../state/store.ts'
import { probeKeptMs, probeKeys } from './keys.ts'

export interface LeaseOptions {
  store: Pick<Store, 'transact'>
  /** This replica's name; another one after every start. */
  holder: string
  leaseMs: number
  clock: Clock
  onError: (error: StoreError) => void
}

export interface Fence {
  holder: string
  token: number
}

export interface Lease {
  /** Takes or renews it when that is due. One call at a time. */
  step(): Promise<void>
  /** Undefined: not held, or no longer known to be. */
  held(): Fence | undefined
  /** Lets others take it at once. */
  release(): Promise<void>
}

const version = 1

const fenceText = ({ holder, token }: Fence): string => JSON.stringify({ version, holder, token })

const readFence = (text: string | undefined): Fence | undefined => {
  const fields = text === undefined ? undefined : fieldsOf(parseJson(text))
  const holder = fields?.get('holder')
  const token = fields?.get('token')
  if (fields?.get('version') !== version) return undefined
  return typeof holder === 'string' && isCount(token) ? { holder, token } : undefined
}

const isSame = (a: Fence | undefined, b: Fence): boolean =>
  a !== undefined && a.holder === b.holder && a.token === b.token

/** What a transaction that records must watch, to be told a replaced holder by. */
export const fenceKeys = [probeKeys.fence] as const

/** Whether the token is still the latest that was given out. */
export const mayRecord = ({ values }: Pick<Seen, 'values'>, fence: Fence): boolean =>
  isSame(readFence(values.get(probeKeys.fence)), fence)

export const createLease = ({ store, holder, leaseMs, clock, onError }: LeaseOptions): Lease => {
  const ttlMs = Math.ceil((leaseMs * 3) / 4)
  const renewMs = leaseMs / 4
  let fence: Fence | undefined
  let validUntil = Number.NEGATIVE_INFINITY
  let triedAt = Number.NEGATIVE_INFINITY
  const watch = { values: [probeKeys.lease, probeKeys.fence], parts: [] }

  const takeOrRenew = async (): Promise<void> => {
    // Before the call: the store counts the time to live from later on.
    const asked = clock.monotonic()
    const result = await store.transact<Fence | undefined>(watch, ({ values }) => {
      const present = readFence(values.get(probeKeys.lease))
      const latest = readFence(values.get(probeKeys.fence))
      const mine = present?.holder === holder ? present : undefined
      if (present !== undefined && mine === undefined) return { result: undefined }
      const next = mine ?? { holder, token: (latest?.token ?? 0) + 1 }
      return {
        result: next,
        writes: {
          set: [
            { key: probeKeys.lease, value: fenceText(next), ttlMs },
            { key: probeKeys.fence, value: fenceText(next), ttlMs: probeKeptMs },
          ],
        },
      }
    })
    // It is not known whether it was written: what was held before is still held for its time.
    if (!result.ok) return onError(result.error)
    fence = result.value
    validUntil = asked + ttlMs
  }
  const held = (): Fence | undefined => (clock.monotonic() < validUntil ? fence : undefined)

  return {
    held,
    async step() {
      if (clock.monotonic() - triedAt < renewMs) return
      triedAt = clock.monotonic()
      await takeOrRenew()
    },
    async release() {
      const mine = held()
      fence = undefined
      if (mine === undefined) return
      const result = await store.transact(watch, ({ values }) =>
        isSame(readFence(values.get(probeKeys.lease)), mine)
          ? { result: undefined, writes: { drop: [probeKeys.lease] } }
          : { result: undefined },
      )
      if (!result.ok) onError(result.error)
    },
  }
}
