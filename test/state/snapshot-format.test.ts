import { createHash } from 'node:crypto'
import t from 'tap'
import { decodeSnapshot, encodeSnapshot, type Snapshot } from '../../src/state/snapshot-format.ts'

const snapshot: Snapshot = {
  sequence: 7,
  savedAtMs: 1_700_000_000_000,
  entries: [
    { key: 'g:v', ttlMs: 1000.5, content: 'ü' },
    { key: 'g:p', ttlMs: 2000, content: new Map([['w', '']]) },
  ],
}
const bytes = encodeSnapshot(snapshot)

t.test('the format is what is written down', async (t) => {
  const body = [
    '00 0003 673a76 408f440000000000 00000002 c3bc',
    '01 0003 673a70 409f400000000000 00000001 0001 77 00000000',
  ]
  const head = '48465354 00000001 0000000000000007 4278bcfe56800000 00000002 0000002d'
  const all = Buffer.from([head, ...body].join('').replaceAll(' ', ''), 'hex')
  const digest = createHash('sha256').update(all).digest()
  t.equal(Buffer.from(bytes).toString('hex'), Buffer.concat([all, digest]).toString('hex'))
})

t.test('what was written is read, wherever it lies in memory', async (t) => {
  t.strictSame(decodeSnapshot(bytes), snapshot)
  const around = new Uint8Array(bytes.length + 10)
  around.set(bytes, 5)
  t.strictSame(decodeSnapshot(around.subarray(5, 5 + bytes.length)), snapshot)
  const empty = { sequence: 0, savedAtMs: 0, entries: [] }
  t.strictSame(decodeSnapshot(encodeSnapshot(empty)), empty)
})

t.test('cut at any byte, changed in any bit or longer by one: nothing is read', async (t) => {
  let refused = 0
  for (let end = 0; end < bytes.length; end++)
    if (decodeSnapshot(bytes.subarray(0, end)) === undefined) refused++
  for (let at = 0; at < bytes.length; at++)
    for (let bit = 0; bit < 8; bit++) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      if (decodeSnapshot(changed) === undefined) refused++
    }
  t.equal(refused, bytes.length * 9)
  t.equal(decodeSnapshot(Buffer.concat([bytes, Buffer.from([0])])), undefined)
})

/** With a digest that matches, as something else that writes this format would leave. */
function signed(change: (bytes: Buffer) => void, cutTo = bytes.length - 32): Uint8Array {
  const body = Buffer.from(bytes.subarray(0, cutTo))
  change(body)
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

t.test('a digest that matches saves no content that is off', async (t) => {
  t.strictSame(decodeSnapshot(signed(() => undefined)), snapshot)
  const changes: [string, (bytes: Buffer) => void][] = [
    ['another version', (b) => b.writeUInt32BE(2, 4)],
    ['a count too many', (b) => b.writeUInt32BE(3, 24)],
    ['a count too few', (b) => b.writeUInt32BE(1, 24)],
    ['a length too many', (b) => b.writeUInt32BE(0x2e, 28)],
    ['a sequence beyond what is counted', (b) => b.writeBigUInt64BE(2n ** 60n, 8)],
    ['a time that is none', (b) => b.writeDoubleBE(Number.NaN, 16)],
    ['another kind', (b) => b.writeUInt8(2, 32)],
    ['a key beyond the end', (b) => b.writeUInt16BE(60_000, 33)],
    ['a key that is none', (b) => b.writeUInt8(0x20, 35)],
    ['no time left', (b) => b.writeDoubleBE(0, 38)],
    ['a time left that is none', (b) => b.writeDoubleBE(Number.NaN, 38)],
    ['a value beyond the end', (b) => b.writeUInt32BE(0xffffffff, 46)],
    ['two entries of one key', (b) => b.write('v', 57)],
    ['a writer that is none', (b) => b.writeUInt8(0x20, 72)],
  ]
  for (const [what, change] of changes) t.equal(decodeSnapshot(signed(change)), undefined, what)
})
