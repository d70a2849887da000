/**
 * What every store does, as a list of checks that throw: a memory store and a shared one run the same,
 * and stores that are wrong on purpose show that each check can fail.
 */
import assert from 'node:assert/strict'
import { decisionsMax, type Store } from '../../src/state/store.ts'

export interface StoreHarness {
  /** Two clients of one state; a store of one process gives itself twice. */
  a: Store
  b: Store
  valueBytesMax: number
  /** Lets time pass for expiries. */
  passMs: (ms: number) => Promise<void>
  /** Writes a value on behalf of somebody else, before it returns. */
  interfere: (key: string, value: string) => void
  /** The same for a part. */
  interferePart: (key: string, writer: string, value: string) => void
  /** Damages a value where others could, if they can. */
  spoil: (key: string) => Promise<void>
}

export interface StoreCheck {
  name: string
  run(harness: StoreHarness): Promise<void>
}

const longMs = 60_000
const shortMs = 80

const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
const failed = (error: string): { ok: false; error: string } => ({ ok: false, error })
const mapOf = (object: Record<string, string>): Map<string, string> =>
  new Map(Object.entries(object))
const valuesOf = (...values: string[]): { values: string[]; parts: string[] } => ({
  values,
  parts: [],
})

const texts = [
  '',
  '{"a":1}',
  'h1.AAAAAAAAAAAAAAAAAAAAAA.nested',
  'line\r\n$5\r\nline\0end',
  'ünï 漢字 🙂 \u2028',
  '"\\',
  'x'.repeat(100_000),
]

export const storeChecks: readonly StoreCheck[] = [
  {
    name: 'a value is read as it was set, by every client; an absent key is absent',
    async run({ a, b }) {
      for (const [i, text] of texts.entries())
        assert.deepEqual(await a.set(`c1:v${i}`, text, longMs), ok(undefined))
      const keys = [...texts.keys()].map((i) => `c1:v${i}`)
      const expected = new Map(texts.map((text, i) => [`c1:v${i}`, text]))
      assert.deepEqual(await b.read([...keys, 'c1:absent', 'other:absent']), ok(expected))
      assert.deepEqual(await b.read([]), ok(new Map()))
      await b.set('c1:v0', 'second', longMs)
      assert.deepEqual(await a.read(['c1:v0']), ok(mapOf({ 'c1:v0': 'second' })))
    },
  },
  {
    name: 'a value expires, and a later set counts anew',
    async run({ a, passMs }) {
      await a.set('c2:short', '1', shortMs)
      await a.set('c2:renewed', '1', shortMs)
      await a.set('c2:renewed', '2', longMs)
      await a.set('c2:shortened', '1', longMs)
      await a.set('c2:shortened', '2', shortMs)
      await passMs(2 * shortMs)
      const keys = ['c2:short', 'c2:renewed', 'c2:shortened']
      assert.deepEqual(await a.read(keys), ok(mapOf({ 'c2:renewed': '2' })))
    },
  },
  {
    name: 'each writer sets its own part, absolutely',
    async run({ a, b }) {
      for (let i = 0; i < 3; i++)
        assert.deepEqual(await a.writePart('c3:p', 'pod-a.1', '10', longMs), ok(undefined))
      await b.writePart('c3:p', 'pod-b:2', '20', longMs)
      await b.writePart('c3:p', 'pod-b:2', '21', longMs)
      await a.writePart('c3:p', '__proto__', '30', longMs)
      await a.writePart('c3:q', 'pod-a.1', '99', longMs)
      const expected = new Map([
        ['pod-a.1', '10'],
        ['pod-b:2', '21'],
        ['__proto__', '30'],
      ])
      const read = await b.readParts('c3:p')
      assert.ok(read.ok)
      assert.deepEqual(sorted(read.value), sorted(expected))
      assert.deepEqual(await b.readParts('c3:absent'), ok(new Map()))
    },
  },
  {
    name: 'parts expire together, counted from the last write',
    async run({ a, passMs }) {
      await a.writePart('c4:p', 'one', '1', shortMs)
      await a.writePart('c4:kept', 'one', '1', shortMs)
      await a.writePart('c4:kept', 'two', '2', longMs)
      await passMs(2 * shortMs)
      assert.deepEqual(await a.readParts('c4:p'), ok(new Map()))
      assert.deepEqual(await a.readParts('c4:kept'), ok(mapOf({ one: '1', two: '2' })))
    },
  },
  {
    name: 'values and parts are not taken for each other',
    async run({ a }) {
      await a.set('c5:v', '1', longMs)
      await a.writePart('c5:p', 'one', '1', longMs)
      assert.deepEqual(await a.readParts('c5:v'), ok(new Map()))
      assert.deepEqual(await a.read(['c5:p', 'c5:v']), ok(mapOf({ 'c5:v': '1' })))
      assert.deepEqual(await a.writePart('c5:v', 'one', '1', longMs), failed('other'))
      const seen = await a.transact({ values: ['c5:p'], parts: ['c5:v'] }, ({ values, parts }) => ({
        result: [values.size, parts.size],
      }))
      assert.deepEqual(seen, ok([0, 0]))
      await a.set('c5:p', 'a value now', longMs)
      assert.deepEqual(await a.read(['c5:p']), ok(mapOf({ 'c5:p': 'a value now' })))
    },
  },
  {
    name: 'a transaction sees what is there, and writes all of what it decides',
    async run({ a, b }) {
      await a.set('c6:v', '1', longMs)
      await a.set('c6:gone', '1', longMs)
      await a.writePart('c6:p', 'one', '10', longMs)
      const watch = { values: ['c6:v', 'c6:absent'], parts: ['c6:p', 'c6:none'] }
      const done = await b.transact(watch, ({ values, parts }) => ({
        result: { values: [...values], parts: [...parts].map(([key, map]) => [key, ...map]) },
        writes: {
          set: [
            { key: 'c6:v', value: '2', ttlMs: longMs },
            { key: 'c6:new', value: '3', ttlMs: longMs },
          ],
          drop: ['c6:p', 'c6:gone', 'c6:never'],
        },
      }))
      const seen = { values: [['c6:v', '1']], parts: [['c6:p', ['one', '10']]] }
      assert.deepEqual(done, ok(seen))
      const after = await a.read(['c6:v', 'c6:new', 'c6:gone'])
      assert.deepEqual(after, ok(mapOf({ 'c6:v': '2', 'c6:new': '3' })))
      assert.deepEqual(await a.readParts('c6:p'), ok(new Map()))
    },
  },
  {
    name: 'a transaction without writes changes nothing',
    async run({ a }) {
      await a.set('c7:v', '1', longMs)
      assert.deepEqual(await a.transact(valuesOf('c7:v'), () => ({ result: 5 })), ok(5))
      const empty = await a.transact(valuesOf('c7:v'), () => ({ result: 6, writes: {} }))
      assert.deepEqual(empty, ok(6))
      assert.deepEqual(await a.read(['c7:v']), ok(mapOf({ 'c7:v': '1' })))
    },
  },
  {
    name: 'what a transaction set expires',
    async run({ a, passMs }) {
      await a.transact(valuesOf('c8:v'), () => ({
        result: 0,
        writes: { set: [{ key: 'c8:v', value: '1', ttlMs: shortMs }] },
      }))
      assert.deepEqual(await a.read(['c8:v']), ok(mapOf({ 'c8:v': '1' })))
      await passMs(2 * shortMs)
      assert.deepEqual(await a.read(['c8:v']), ok(new Map()))
    },
  },
  {
    name: 'a write in between makes a transaction decide again, from what is there then',
    async run({ a, interfere, interferePart }) {
      await a.set('c9:v', 'first', longMs)
      const seen: (string | undefined)[] = []
      const done = await a.transact({ values: ['c9:v'], parts: ['c9:p'] }, ({ values, parts }) => {
        seen.push(values.get('c9:v') ?? 'absent', parts.get('c9:p')?.get('one') ?? 'absent')
        if (seen.length === 2) interfere('c9:v', 'second')
        if (seen.length === 4) interferePart('c9:p', 'one', 'third')
        const value = `after ${values.get('c9:v')}`
        return { result: 1, writes: { set: [{ key: 'c9:v', value, ttlMs: longMs }] } }
      })
      assert.deepEqual(done, ok(1))
      assert.deepEqual(seen, ['first', 'absent', 'second', 'absent', 'second', 'third'])
      assert.deepEqual(await a.read(['c9:v']), ok(mapOf({ 'c9:v': 'after second' })))
    },
  },
  {
    name: 'a write to a key that is not watched is no conflict',
    async run({ a, interfere }) {
      let decisions = 0
      const done = await a.transact(valuesOf('c10:v'), () => {
        decisions++
        interfere('c10:other', String(decisions))
        return { result: 1, writes: { set: [{ key: 'c10:v', value: '1', ttlMs: longMs }] } }
      })
      assert.deepEqual(done, ok(1))
      assert.equal(decisions, 1)
    },
  },
  {
    name: 'after five decisions in vain a transaction is a conflict, and nothing of it is written',
    async run({ a, interfere }) {
      let decisions = 0
      const done = await a.transact(valuesOf('c11:v', 'c11:w'), () => {
        interfere('c11:v', `theirs ${++decisions}`)
        return {
          result: 1,
          writes: {
            set: [
              { key: 'c11:v', value: 'ours', ttlMs: longMs },
              { key: 'c11:w', value: 'ours', ttlMs: longMs },
            ],
          },
        }
      })
      assert.deepEqual(done, failed('conflict'))
      assert.equal(decisions, decisionsMax)
      assert.equal(decisionsMax, 5)
      assert.deepEqual(await a.read(['c11:v', 'c11:w']), ok(mapOf({ 'c11:v': 'theirs 5' })))
      const next = await a.transact(valuesOf('c11:v'), () => ({ result: 'next' }))
      assert.deepEqual(next, ok('next'))
    },
  },
  {
    name: 'two clients that count up at the same time lose nothing',
    async run({ a, b }) {
      const countUp = async (store: Store): Promise<void> => {
        for (let done = 0; done < 25; ) {
          const counted = await store.transact(valuesOf('c12:v'), ({ values }) => {
            const value = String(Number(values.get('c12:v') ?? '0') + 1)
            return { result: 0, writes: { set: [{ key: 'c12:v', value, ttlMs: longMs }] } }
          })
          if (counted.ok) done++
          else assert.equal(counted.error, 'conflict')
        }
      }
      await Promise.all([countUp(a), countUp(b), countUp(a), countUp(b)])
      assert.deepEqual(await a.read(['c12:v']), ok(mapOf({ 'c12:v': '100' })))
    },
  },
  {
    name: 'replicas that fold the same tick fold it once',
    async run({ a, b }) {
      for (const [store, writer] of [
        [a, 'a'],
        [b, 'b'],
      ] as const)
        await store.writePart('c13:tick-7', writer, '21', longMs)
      const fold = (store: Store) =>
        store.transact(
          { values: ['c13:state'], parts: ['c13:tick-7'] },
          ({ values, parts }): { result: boolean; writes?: object } => {
            if (values.get('c13:state')?.startsWith('7 ')) return { result: false }
            const sums = [...(parts.get('c13:tick-7')?.values() ?? [])].map(Number)
            const value = `7 ${sums.reduce((sum, one) => sum + one, 0)}`
            const set = [{ key: 'c13:state', value, ttlMs: longMs }]
            return { result: true, writes: { set, drop: ['c13:tick-7'] } }
          },
        )
      const folds = await Promise.all([fold(a), fold(b), fold(a), fold(b)])
      assert.deepEqual(folds.filter((fold) => fold.ok && fold.value).length, 1)
      assert.ok(folds.every((fold) => fold.ok))
      assert.deepEqual(await a.read(['c13:state']), ok(mapOf({ 'c13:state': '7 42' })))
    },
  },
  {
    name: 'a decision that throws rejects with what it threw, writes nothing and blocks nobody',
    async run({ a, interfere }) {
      await a.set('c14:v', '1', longMs)
      const thrown = new Error('of the caller')
      const decide = (): never => {
        throw thrown
      }
      await assert.rejects(a.transact(valuesOf('c14:v'), decide), thrown)
      interfere('c14:v', '2')
      let decisions = 0
      const next = await a.transact(valuesOf('c14:other'), () => {
        decisions++
        return { result: 0, writes: { set: [{ key: 'c14:other', value: '1', ttlMs: longMs }] } }
      })
      assert.deepEqual(next, ok(0))
      assert.equal(decisions, 1, 'nothing is watched any more')
      assert.deepEqual(await a.read(['c14:v']), ok(mapOf({ 'c14:v': '2' })))
    },
  },
  {
    name: 'a value over the cap is refused whole, at the cap it is kept',
    async run({ a, valueBytesMax }) {
      const atCap = `é${'x'.repeat(valueBytesMax - 2)}`
      const over = `é${'x'.repeat(valueBytesMax - 1)}`
      assert.deepEqual(await a.set('c15:v', over, longMs), failed('too_large'))
      assert.deepEqual(await a.writePart('c15:p', 'one', over, longMs), failed('too_large'))
      const set = [
        { key: 'c15:w', value: 'small', ttlMs: longMs },
        { key: 'c15:x', value: over, ttlMs: longMs },
      ]
      const both = await a.transact(valuesOf('c15:w'), () => ({ result: 0, writes: { set } }))
      assert.deepEqual(both, failed('too_large'))
      assert.deepEqual(await a.read(['c15:v', 'c15:w', 'c15:x']), ok(new Map()))
      assert.deepEqual(await a.readParts('c15:p'), ok(new Map()))
      assert.deepEqual(await a.set('c15:v', atCap, longMs), ok(undefined))
      assert.deepEqual(await a.writePart('c15:p', 'one', atCap, longMs), ok(undefined))
      assert.deepEqual(await a.read(['c15:v']), ok(mapOf({ 'c15:v': atCap })))
      assert.deepEqual(await a.readParts('c15:p'), ok(mapOf({ one: atCap })))
    },
  },
  {
    name: 'a set of parts larger than any value is read whole, and watched',
    async run({ a, b, valueBytesMax }) {
      const value = 'x'.repeat(valueBytesMax)
      const writers = Array.from({ length: 10 }, (_, i) => `writer-${i}`)
      for (const writer of writers) await a.writePart('c20:p', writer, value, longMs)
      const all = mapOf(Object.fromEntries(writers.map((writer) => [writer, value])))
      assert.deepEqual(await b.readParts('c20:p'), ok(all))
      const watch = { values: ['c20:v'], parts: ['c20:p'] }
      const count = (client: Store) =>
        client.transact(watch, ({ values, parts }) => {
          const seen = values.get('c20:v') ?? parts.get('c20:p')?.size ?? 0
          const set = [{ key: 'c20:v', value: 'counted', ttlMs: longMs }]
          return typeof seen === 'string'
            ? { result: 'before' }
            : { result: `${seen}`, writes: { set, drop: ['c20:p'] } }
        })
      const results = await Promise.all([count(a), count(b)])
      const values = results.map((one) => (one.ok ? one.value : one.error)).sort()
      assert.deepEqual(values, ['10', 'before'])
      assert.deepEqual(await a.readParts('c20:p'), ok(new Map()))
    },
  },
  {
    name: 'a damaged entry is absent or as it was, never another, and can be set again',
    async run({ a, spoil }) {
      await a.set('c16:v', 'as it was', longMs)
      await a.set('c16:w', 'untouched', longMs)
      await spoil('c16:v')
      const read = await a.read(['c16:v', 'c16:w'])
      assert.ok(read.ok)
      assert.equal(read.value.get('c16:v') ?? 'as it was', 'as it was')
      assert.equal(read.value.get('c16:w'), 'untouched')
      assert.deepEqual(await a.set('c16:v', 'again', longMs), ok(undefined))
      assert.deepEqual(await a.read(['c16:v']), ok(mapOf({ 'c16:v': 'again' })))
    },
  },
  {
    name: 'names, expiries and values that no store takes are faults of the caller',
    async run({ a }) {
      const never = (): never => {
        throw new Error('decided')
      }
      const writing = (writes: object) =>
        a.transact(valuesOf('c17:v'), () => ({ result: 0, writes }))
      const calls: readonly (() => Promise<unknown>)[] = [
        ...badKeys.map((key) => () => a.read(['c17:v', key])),
        ...badKeys.map((key) => () => a.set(key, '', longMs)),
        ...badKeys.map((key) => () => a.readParts(key)),
        ...badKeys.map((key) => () => a.writePart(key, 'one', '', longMs)),
        ...badKeys.map((key) => () => a.transact(valuesOf(key), never)),
        ...badKeys.map((key) => () => writing({ drop: [key] })),
        ...badWriters.map((writer) => () => a.writePart('c17:p', writer, '', longMs)),
        ...badTtls.map((ttl) => () => a.set('c17:v', '', ttl)),
        ...badTtls.map((ttl) => () => a.writePart('c17:p', 'one', '', ttl)),
        ...badTtls.map((ttlMs) => () => writing({ set: [{ key: 'c17:v', value: '', ttlMs }] })),
        () => a.set('c17:v', 'lone \ud800 surrogate', longMs),
        () => a.writePart('c17:p', 'one', '\udc00', longMs),
        () => writing({ set: [{ key: 'c17:v', value: '\ud800', ttlMs: longMs }] }),
        () => a.transact({ values: [], parts: [] }, never),
        () => a.transact(valuesOf('c17:v', 'c17:v'), never),
        () => a.transact({ values: ['c17:v'], parts: ['c17:v'] }, never),
        () => a.transact(valuesOf('c17:v', 'c18:v'), never),
        () => writing({ drop: ['c18:v'] }),
        () => writing({ drop: ['c17:v'], set: [{ key: 'c17:v', value: '', ttlMs: longMs }] }),
      ]
      assert.equal(calls.length, 6 * badKeys.length + badWriters.length + 3 * badTtls.length + 9)
      for (const [i, call] of calls.entries())
        await assert.rejects(call, RangeError, `call ${i} of those that must be refused`)
      assert.deepEqual(await a.read(['c17:v']), ok(new Map()))
    },
  },
  {
    name: 'a store says that it is up, and for how long',
    async run({ a, passMs }) {
      assert.equal(a.isUp(), true)
      const before = a.upForMs()
      await passMs(shortMs)
      const after = a.upForMs()
      assert.ok(before !== undefined && after !== undefined)
      assert.ok(after - before >= shortMs - 2, `${before} then ${after}`)
    },
  },
]

const badKeys = [
  '',
  'nogroup',
  ':rest',
  'group:',
  'Group:rest',
  'group:re st',
  'group:{tag}',
  'group:a\r\nFLUSHALL',
  'grüppe:rest',
  `group:${'x'.repeat(195)}`,
]
const badWriters = ['', 'with space', 'x'.repeat(201), 'a\nb', 'ü']
const badTtls = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e15]

const sorted = (map: ReadonlyMap<string, string>): [string, string][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1))
