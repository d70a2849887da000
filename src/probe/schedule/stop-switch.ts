/**
 * The stop switch: once a provider has refused the account, nothing of any kind of probe is sent any
 * more, by any replica, until an operator says so. It is kept in the shared store, and every
 * reservation of the budget looks at it, so that no call comes after it.
 */
import type { Clock } from '../../clock.ts'
import { fieldsOf, isTick, parseJson } from '../../drift/stored-values.ts'
import type { Seen, Store, Stored, StoreError } from '../../state/store.ts'
import { type StopReason, stopReasons } from '../target.ts'
import { probeKeptMs, probeKeys } from './keys.ts'

export interface Stop {
  reason: StopReason
  /** Epoch milliseconds. */
  at: number
}

export interface StopSwitchOptions {
  store: Pick<Store, 'transact' | 'read'>
  clock: Clock
  onError: (error: StoreError) => void
}

export interface StopSwitch {
  /** At once for this replica; for the others as soon as the store takes it. */
  stop(reason: StopReason): Promise<void>
  /** As last seen. */
  current(): Stop | undefined
  /** Looks at the store, or writes what it has not taken yet. */
  step(): Promise<void>
  /** False: nothing was stopped. */
  resume(): Promise<Stored<boolean>>
}

const version = 1

const stopText = (stop: Stop): string => JSON.stringify({ version, ...stop })

const readStop = (text: string): Stop | undefined => {
  const fields = fieldsOf(parseJson(text))
  const reason = stopReasons.find((one) => one === fields?.get('reason'))
  const at = fields?.get('at')
  if (fields?.get('version') !== version || reason === undefined || !isTick(at)) return undefined
  return { reason, at }
}

/** An entry that cannot be read stops too: somebody wrote it for a reason. */
export const stopIn = ({ values }: Pick<Seen, 'values'>): Stop | undefined => {
  const text = values.get(probeKeys.stop)
  return text === undefined ? undefined : (readStop(text) ?? { reason: 'account', at: 0 })
}

export const createStopSwitch = ({ store, clock, onError }: StopSwitchOptions): StopSwitch => {
  let known: Stop | undefined
  let unwritten = false
  const write = async (stop: Stop): Promise<void> => {
    const watch = { values: [probeKeys.stop], parts: [] }
    const written = await store.transact<Stop>(watch, (seen) => {
      const earlier = stopIn(seen)
      if (earlier !== undefined) return { result: earlier }
      const value = { key: probeKeys.stop, value: stopText(stop), ttlMs: probeKeptMs }
      return { result: stop, writes: { set: [value] } }
    })
    if (!written.ok) return onError(written.error)
    unwritten = false
    known = written.value
  }
  return {
    current: () => known,
    async stop(reason) {
      if (known !== undefined) return
      known = { reason, at: clock.now() }
      unwritten = true
      await write(known)
    },
    async step() {
      if (unwritten && known !== undefined) return write(known)
      const read = await store.read([probeKeys.stop])
      if (!read.ok) return onError(read.error)
      // What was stopped here while the store was asked is news to it.
      if (!unwritten) known = stopIn({ values: read.value })
    },
    async resume() {
      const watch = { values: [probeKeys.stop], parts: [] }
      const dropped = await store.transact<boolean>(watch, (seen) =>
        stopIn(seen) === undefined
          ? { result: false }
          : { result: true, writes: { drop: [probeKeys.stop] } },
      )
      if (!dropped.ok) return dropped
      const was = known !== undefined || dropped.value
      known = undefined
      unwritten = false
      return { ok: true, value: was }
    },
  }
}
