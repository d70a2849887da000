/**
 * The state that replicas share, as its users see it. What a store cannot do is data: no method
 * rejects but for a fault of the caller (a RangeError), and none is pending beyond its bound.
 *
 * After any error but `full`, `read_only`, `no_auth`, `conflict` and `too_large` it is not known
 * whether a write happened: the answer may have been lost on its way. So parts are written absolutely,
 * and a decision must come out right when it is taken again (it reads again first).
 */

/** Label values. */
export const storeErrors = [
  'down',
  'timeout',
  'full',
  'read_only',
  'no_auth',
  'conflict',
  'too_large',
  'other',
] as const
export type StoreError = (typeof storeErrors)[number]

export type Stored<T> = { ok: true; value: T } | { ok: false; error: StoreError }

/** What was read under watch. Absent keys are absent. */
export interface Seen {
  values: ReadonlyMap<string, string>
  /** By key, then by writer. */
  parts: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export interface Writes {
  set?: readonly { key: string; value: string; ttlMs: number }[]
  /** Values or whole parts keys. */
  drop?: readonly string[]
}

export interface Watched {
  values: readonly string[]
  parts: readonly string[]
}

/** Keys: `group:rest`, [a-z0-9_:-]{1,200}; the group is the cluster hash tag: all keys of one transaction share it. */
export interface Store {
  /** Sets the writer's own field of a parts key, absolutely: repeated or timed-out writes change nothing more. */
  writePart(key: string, writer: string, value: string, ttlMs: number): Promise<Stored<undefined>>
  /** Values only. */
  read(keys: readonly string[]): Promise<Stored<ReadonlyMap<string, string>>>
  readParts(key: string): Promise<Stored<ReadonlyMap<string, string>>>
  set(key: string, value: string, ttlMs: number): Promise<Stored<undefined>>
  /**
   * Reads, decides, writes all or nothing; decides again when somebody else wrote a watched key in
   * between (at most 5 times, then `conflict`). No writes: nothing changes. `decide` must be pure: it
   * may run several times.
   */
  transact<T>(
    watch: Watched,
    decide: (seen: Seen) => { result: T; writes?: Writes },
  ): Promise<Stored<T>>
  /** False while calls are known to fail at once; for a gauge. */
  isUp(): boolean
  /** Milliseconds (monotonic) since the store came (back) up; undefined while down. A memory store: since creation. */
  upForMs(): number | undefined
  close(): Promise<void>
}

export const decisionsMax = 5
