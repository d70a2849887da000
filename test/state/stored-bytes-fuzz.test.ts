/** What a stranger put into Redis or the state file: the value that was written, or nothing. */
import * as fc from 'fast-check'
import t from 'tap'
import { createEnvelope } from '../../src/state/envelope.ts'
import { decodeSnapshot, encodeSnapshot } from '../../src/state/snapshot-format.ts'
import { fuzz } from '../fuzz-runs.ts'

const envelope = createEnvelope({
  secret: 'a secret of more than thirty-two bytes',
  valueBytesMax: 500,
})
const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.uint8Array({ maxLength: 6 })), {
  minLength: 1,
  maxLength: 4,
})
const edited = (bytes: Buffer, made: readonly [number, number, Uint8Array][]): Buffer =>
  made.reduce((now, [at, cut, put]) => {
    const place = at % (now.length + 1)
    return Buffer.concat([now.subarray(0, place), put, now.subarray(place + cut)])
  }, bytes)

t.test('a sealed value that was edited, moved or made up never opens', async (t) => {
  const kinds = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      edits,
      fc.boolean(),
      (payload, made, moved) => {
        const place = { key: 'holdfast:{g}:v' }
        const sealed = envelope.seal(place, payload) ?? ''
        if (moved && envelope.open({ key: 'holdfast:{g}:w' }, sealed).ok) throw new Error('moved')
        const stored = edited(Buffer.from(sealed), made).toString()
        const opened = envelope.open(place, stored)
        kinds.set(
          opened.ok ? 'opened' : opened.kind,
          (kinds.get(opened.ok ? 'opened' : opened.kind) ?? 0) + 1,
        )
        // An edit may put back what it took.
        return !opened.ok || stored === sealed
      },
    ),
    fuzz('stored_envelope', 20261128),
  )
  t.ok(
    (kinds.get('signature') ?? 0) > 100 && (kinds.get('envelope') ?? 0) > 100,
    JSON.stringify([...kinds]),
  )
})

t.test('a snapshot is read as it was written; an edited one is none', async (t) => {
  const word = fc.stringMatching(/^[a-z0-9:_-]{1,20}$/)
  const text = fc.string({ unit: 'grapheme', maxLength: 30 })
  const content = fc.oneof(
    text,
    fc.array(fc.tuple(word, text), { maxLength: 3 }).map((parts) => new Map(parts)),
  )
  const entries = fc.uniqueArray(
    fc.record({
      key: word.map((end) => `g:${end}`),
      ttlMs: fc.integer({ min: 1, max: 1e12 }),
      content,
    }),
    { maxLength: 4, selector: ({ key }) => key },
  )
  let read = 0
  fc.assert(
    fc.property(entries, fc.maxSafeNat(), edits, (list, sequence, made) => {
      const bytes = Buffer.from(encodeSnapshot({ sequence, savedAtMs: 5, entries: list }))
      if (decodeSnapshot(bytes) !== undefined) read++
      const other = edited(bytes, made)
      return decodeSnapshot(other) === undefined || other.equals(bytes)
    }),
    fuzz('snapshot_file', 20261128),
  )
  t.ok(read > 1000, `${read} were whole`)
})
