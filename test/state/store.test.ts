/** The contract itself: stores that are wrong on purpose, and that no check of it is idle. */
import t from 'tap'
import { MemoryStore } from '../../src/state/memory-store.ts'
import type { Seen, Store, Stored, Watched, Writes } from '../../src/state/store.ts'
import { storeChecks } from '../contract/store.ts'
import { memoryHarness } from './memory-harness.ts'

type Decide<T> = (seen: Seen) => { result: T; writes?: Writes }
type Done = Promise<Stored<undefined>>

class LosesSpaces extends MemoryStore {
  override set(key: string, value: string, ttlMs: number): Done {
    return super.set(key, value.trimEnd(), ttlMs)
  }
}
class KeepsForLong extends MemoryStore {
  override set(key: string, value: string, ttlMs: number): Done {
    return super.set(key, value, Math.max(ttlMs, 10_000))
  }
}
class AddsParts extends MemoryStore {
  override async writePart(key: string, writer: string, value: string, ttlMs: number): Done {
    const before = await this.readParts(key)
    const old = before.ok ? (before.value.get(writer) ?? '') : ''
    return await super.writePart(key, writer, old + value, ttlMs)
  }
}
class KeepsPartsOfOne extends MemoryStore {
  override writePart(key: string, _writer: string, value: string, ttlMs: number): Done {
    return super.writePart(key, 'one', value, ttlMs)
  }
}
class TakesPartsForValues extends MemoryStore {
  override async read(keys: readonly string[]): ReturnType<Store['read']> {
    const values = new Map<string, string>()
    for (const key of keys) {
      const read = await super.read([key])
      const parts = await super.readParts(key)
      const value =
        (read.ok ? read.value.get(key) : undefined) ??
        (parts.ok ? [...parts.value.values()][0] : undefined)
      if (value !== undefined) values.set(key, value)
    }
    return { ok: true, value: values }
  }
}
class ForgetsDrops extends MemoryStore {
  override transact<T>(watch: Watched, decide: Decide<T>): Promise<Stored<T>> {
    return super.transact(watch, (seen) => {
      const { result, writes = {} } = decide(seen)
      return { result, writes: { set: writes.set ?? [] } }
    })
  }
}
class DropsWhatItWatches extends MemoryStore {
  override transact<T>(watch: Watched, decide: Decide<T>): Promise<Stored<T>> {
    return super.transact(watch, (seen) => {
      const { result, writes = { drop: watch.values } } = decide(seen)
      return { result, writes }
    })
  }
}
class TransactsForLong extends MemoryStore {
  override transact<T>(watch: Watched, decide: Decide<T>): Promise<Stored<T>> {
    return super.transact(watch, (seen) => {
      const { result, writes = {} } = decide(seen)
      const set = (writes.set ?? []).map((one) => ({ ...one, ttlMs: 60_000 }))
      return { result, writes: { ...writes, set } }
    })
  }
}
/** Reads, decides and writes one by one, without looking again. */
class LooksOnce extends MemoryStore {
  override async transact<T>({ values, parts }: Watched, decide: Decide<T>): Promise<Stored<T>> {
    const read = await this.read(values)
    const seenParts = new Map<string, ReadonlyMap<string, string>>()
    for (const key of parts) {
      const one = await this.readParts(key)
      if (one.ok && one.value.size > 0) seenParts.set(key, one.value)
    }
    const seen = { values: read.ok ? read.value : new Map<string, string>(), parts: seenParts }
    const { result, writes = {} } = decide(seen)
    for (const { key, value, ttlMs } of writes.set ?? []) await this.set(key, value, ttlMs)
    for (const key of writes.drop ?? []) await this.set(key, '', 1)
    return { ok: true, value: result }
  }
}
class DecidesTwice extends MemoryStore {
  override transact<T>(watch: Watched, decide: Decide<T>): Promise<Stored<T>> {
    return super.transact(watch, (seen) => {
      decide(seen)
      return decide(seen)
    })
  }
}
class SwallowsThrows extends MemoryStore {
  override transact<T>(watch: Watched, decide: Decide<T>): Promise<Stored<T>> {
    return super.transact(watch, decide).catch(() => ({ ok: false, error: 'other' }))
  }
}
class CountsCharacters extends MemoryStore {
  override set(key: string, value: string, ttlMs: number): Done {
    return super.set(key, value.slice(0, 199_999), ttlMs)
  }
}
class ReadsFewParts extends MemoryStore {
  override async readParts(key: string): ReturnType<Store['readParts']> {
    const read = await super.readParts(key)
    return read.ok ? { ok: true, value: new Map([...read.value].slice(0, 5)) } : read
  }
}
class BelievesAnything extends MemoryStore {
  override restore(): boolean {
    return true
  }
}
class TakesAnyName extends MemoryStore {
  override read(keys: readonly string[]): ReturnType<Store['read']> {
    return super.read(keys.filter((key) => /^[a-z0-9_-]+:[a-z0-9_:-]+$/.test(key)))
  }
}
class IsNeverUp extends MemoryStore {
  override isUp(): boolean {
    return false
  }
}

/** Beside others, each must not pass this one. */
const wrong: readonly (readonly [typeof MemoryStore, string])[] = [
  [LosesSpaces, 'a value is read as it was set, by every client; an absent key is absent'],
  [KeepsForLong, 'a value expires, and a later set counts anew'],
  [AddsParts, 'each writer sets its own part, absolutely'],
  [KeepsPartsOfOne, 'parts expire together, counted from the last write'],
  [TakesPartsForValues, 'values and parts are not taken for each other'],
  [ForgetsDrops, 'a transaction sees what is there, and writes all of what it decides'],
  [DropsWhatItWatches, 'a transaction without writes changes nothing'],
  [TransactsForLong, 'what a transaction set expires'],
  [LooksOnce, 'a write in between makes a transaction decide again, from what is there then'],
  [DecidesTwice, 'a write to a key that is not watched is no conflict'],
  [
    LooksOnce,
    'after five decisions in vain a transaction is a conflict, and nothing of it is written',
  ],
  [LooksOnce, 'two clients that count up at the same time lose nothing'],
  [LooksOnce, 'replicas that fold the same tick fold it once'],
  [
    SwallowsThrows,
    'a decision that throws rejects with what it threw, writes nothing and blocks nobody',
  ],
  [CountsCharacters, 'a value over the cap is refused whole, at the cap it is kept'],
  [ReadsFewParts, 'a set of parts larger than any value is read whole, and watched'],
  [BelievesAnything, 'a damaged entry is absent or as it was, never another, and can be set again'],
  [TakesAnyName, 'names, expiries and values that no store takes are faults of the caller'],
  [IsNeverUp, 'a store says that it is up, and for how long'],
]

const failing = async (Store: typeof MemoryStore): Promise<string[]> => {
  const names: string[] = []
  for (const { name, run } of storeChecks)
    await run(memoryHarness(Store)).catch(() => names.push(name))
  return names
}

t.test('each check of the contract fails for a store that is wrong in just that', async (t) => {
  const checks = storeChecks.map(({ name }) => name)
  t.equal(checks.length, 19)
  t.strictSame(
    wrong.map(([, name]) => name),
    checks,
  )
  for (const [Wrong, name] of wrong)
    t.ok((await failing(Wrong)).includes(name), `${Wrong.name}: ${name}`)
})

t.test('a store that is right passes them all', async (t) => {
  t.strictSame(await failing(MemoryStore), [])
})
