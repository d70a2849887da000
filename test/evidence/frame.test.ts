/**
 * Damage: a segment of 64 KiB is cut at every byte, and each of its bytes is flipped. Every record that is
 * still whole is read, and nothing else is. By default at every 251st byte and around each border; all
 * of them with HOLDFAST_TEST_SLOW=1 or HOLDFAST_FUZZ=commit.
 */
import * as fc from 'fast-check'
import t from 'tap'
import { encodeFrame, frameHeadBytes, payloadBytesMax, pieces } from '../../src/evidence/frame.ts'
import { segmentContent, segmentHeadBytes } from '../../src/evidence/segment.ts'
import { fuzz, fuzzMode } from '../fuzz-runs.ts'
import { exchangeRecord, frameOf, segmentOf } from './segment-bytes.ts'

const stride = process.env['HOLDFAST_TEST_SLOW'] === '1' || fuzzMode !== 'few' ? 1 : 251
const size = 65_536

/** Records of 20 to some 2,400 bytes, in letters of one to four bytes. */
const texts = ['é', 'ÿÿ', '漢', '🙂', '\u0000', '"', 'a'].map((letter) => letter.repeat(200))
const values: object[] = []
const borders = [segmentHeadBytes]
while ((borders.at(-1) ?? 0) < size) {
  const n = values.length
  const value =
    n % 3 === 0 ? exchangeRecord(n) : { n, text: texts[n % texts.length]?.slice(n % 150) }
  values.push(value)
  borders.push((borders.at(-1) ?? 0) + frameOf(value).length)
}
// The last one ends where the file does.
values.pop()
borders.pop()
const rest = size - (borders.at(-1) ?? 0)
const filler = rest - frameOf({ f: '' }).length
values.push({ f: 'x'.repeat(filler) })
borders.push(size)
const segment = segmentOf(values)
const expected = values.map((value) => `${JSON.stringify(value)}\n`)

const near = new Set(borders.flatMap((at) => Array.from({ length: 16 }, (_, i) => at - 2 + i)))
const looked = (at: number): boolean => at % stride === 0 || near.has(at)

const payloads = (bytes: Buffer): string[] => {
  const read: string[] = []
  for (const piece of segmentContent(bytes).pieces) {
    if (piece.kind === 'record') read.push(piece.payload.toString())
  }
  return read
}

t.test('the segment under test is of 64 KiB and is read whole', async (t) => {
  t.equal(segment.length, size)
  t.same(payloads(segment), expected)
  t.ok(values.length > 80, `${values.length} records`)
})

t.test('cut at a byte, every record before the cut is read, and nothing else', async (t) => {
  let cuts = 0
  for (let at = 0; at < size; at++) {
    if (!looked(at)) continue
    cuts++
    const whole = borders.filter((end) => end <= at).length - 1
    const read = payloads(segment.subarray(0, at))
    if (read.length !== Math.max(0, whole) || read.some((text, i) => text !== expected[i])) {
      t.fail(`cut at ${at}: ${read.length} records`)
    }
  }
  t.ok(cuts >= size / stride, `${cuts} cuts`)
})

t.test('with one byte flipped, every other record is read, and nothing else', async (t) => {
  let flips = 0
  const bytes = Buffer.from(segment)
  for (let at = 0; at < size; at++) {
    if (!looked(at)) continue
    flips++
    const before = bytes[at] ?? 0
    // Another pattern for every byte, never none.
    bytes[at] = before ^ (1 + (at % 255))
    const hit = borders.findIndex((end) => at < end) - 1
    const read = payloads(bytes)
    bytes[at] = before
    const want = expected.filter((_, i) => i !== hit)
    if (read.length !== want.length || read.some((text, i) => text !== want[i])) {
      t.fail(`flipped at ${at}, in record ${hit}: ${read.length} of ${want.length}`)
    }
  }
  t.ok(flips >= size / stride, `${flips} flips`)
})

t.test('edited anywhere, what is read was written, and what no edit touched is read', async () => {
  const edits = fc.array(
    fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: 40 }), fc.uint8Array({ maxLength: 40 })),
    { minLength: 1, maxLength: 5 },
  )
  const known = new Set(expected)
  fc.assert(
    fc.property(edits, (made) => {
      // From the end, so that the places stay those of the whole segment.
      const fromEnd = [...made].sort(([a], [b]) => b - a)
      const bytes = fromEnd.reduce<Buffer>(
        (now, [at, cut, put]) => Buffer.concat([now.subarray(0, at), put, now.subarray(at + cut)]),
        segment,
      )
      const read = payloads(bytes)
      const strange = read.find((text) => !known.has(text))
      if (strange !== undefined) throw new Error(`never written: ${strange.slice(0, 80)}`)
      const have = new Set(read)
      // A cut may go on in what a later edit has moved up.
      const reach = made.reduce((sum, [, cut]) => sum + cut, 0)
      for (const [i, text] of expected.entries()) {
        const [from, to] = [borders[i] ?? 0, borders[i + 1] ?? 0]
        const touched = made.some(([at]) => at + reach >= from && at <= to)
        if (!touched && !have.has(text)) throw new Error(`record ${i} is lost`)
      }
    }),
    fuzz('evidence_damage', 20261128),
  )
})

t.test('found: a head that has lost a byte cost the first record', async (t) => {
  const short = Buffer.concat([segment.subarray(0, 5), segment.subarray(6)])
  t.same(payloads(short), expected)
})

t.test('every byte of a segment is of exactly one piece', async (t) => {
  const damaged = Buffer.from(segment)
  for (const at of [40, 5000, 5001, 30_000, size - 5]) damaged[at] = (damaged[at] ?? 0) ^ 0xff
  let end = segmentHeadBytes
  const kinds: string[] = []
  for (const { kind, from, to } of pieces(damaged, segmentHeadBytes)) {
    t.equal(from, end)
    t.ok(to > from)
    end = to
    if (kind !== 'record') kinds.push(kind)
  }
  t.equal(end, size)
  t.same(kinds, ['damaged', 'damaged', 'damaged', 'torn'])
})

t.test('noise, markers and lengths without records are read as nothing, in no time', async (t) => {
  const marker = Buffer.from([0xff, 0x48, 0x46, 0xfe])
  const markers = Buffer.concat(Array.from({ length: 100_000 }, () => marker))
  t.same(
    [...pieces(markers, 0)].map(({ kind }) => kind),
    ['torn'],
  )
  const record = frameOf({ a: 1 })
  const between = Buffer.concat([markers, record, markers])
  t.same(
    [...pieces(between, 0)].map(({ kind, from, to }) => [kind, from, to]),
    [
      ['damaged', 0, markers.length],
      ['record', markers.length, markers.length + record.length],
      ['torn', markers.length + record.length, between.length],
    ],
  )
})

t.test('the format to the byte', async (t) => {
  const frame = frameOf({ a: 'é' })
  t.equal(
    frame.toString('hex'),
    `ff4846fe${crcHex}0000000b${Buffer.from('{"a":"é"}\n').toString('hex')}`,
  )
  t.equal(frame.length, frameHeadBytes + 11)
})
/** python3 -c "import zlib; print(hex(zlib.crc32(b'\0\0\0\x0b' + '{\"a\":\"é\"}\n'.encode())))" */
const crcHex = '598db7f1'

t.test('what is larger than a record may be is not made', async (t) => {
  const fill = payloadBytesMax - '{"t":""}\n'.length
  t.equal(encodeFrame({ t: 'x'.repeat(fill) })?.length, payloadBytesMax + frameHeadBytes)
  t.equal(encodeFrame({ t: 'x'.repeat(fill + 1) }), undefined)
})
