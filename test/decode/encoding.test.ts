import zlib from 'node:zlib'
import * as fc from 'fast-check'
import t from 'tap'
import { decodeBody, decodedBytesMax } from '../../src/decode/encoding.ts'
import { fuzz } from '../fuzz-runs.ts'

const plain = Buffer.from('{"text":"héllo 你好 🙂"}'.repeat(20))
const bad = { ok: false, reason: 'undecodable_encoding' }
const over = { ok: false, reason: 'output_cap' }

const textOf = (bytes: Uint8Array, contentEncoding: string | undefined): string => {
  const decoded = decodeBody(bytes, contentEncoding)
  return decoded.ok ? Buffer.from(decoded.bytes).toString() : decoded.reason
}

/** What a streaming server has sent before it closes the compressed stream. */
const flushed = (create: () => zlib.Gzip | zlib.Deflate | zlib.DeflateRaw): Promise<Buffer> =>
  new Promise((resolve) => {
    const stream = create()
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.write(plain)
    stream.flush(zlib.constants.Z_SYNC_FLUSH, () => resolve(Buffer.concat(chunks)))
  })

void t.test('every encoding gives back the body', async (t) => {
  const cases: [string, string | undefined, Uint8Array][] = [
    ['no header', undefined, plain],
    ['an empty header', '', plain],
    ['identity', 'identity', plain],
    ['gzip', 'gzip', zlib.gzipSync(plain)],
    ['x-gzip', 'x-gzip', zlib.gzipSync(plain)],
    ['upper case and spaces', ' GZIP , identity', zlib.gzipSync(plain)],
    ['deflate in zlib', 'deflate', zlib.deflateSync(plain)],
    ['deflate raw', 'deflate', zlib.deflateRawSync(plain)],
    ['brotli', 'br', zlib.brotliCompressSync(plain)],
    ['gzip, then brotli', 'gzip, br', zlib.brotliCompressSync(zlib.gzipSync(plain))],
    ['brotli, then gzip', 'br, gzip', zlib.gzipSync(zlib.brotliCompressSync(plain))],
    ['gzip twice', 'gzip, gzip', zlib.gzipSync(zlib.gzipSync(plain))],
    [
      'two members of gzip',
      'gzip',
      Buffer.concat([zlib.gzipSync(plain.subarray(0, 99)), zlib.gzipSync(plain.subarray(99))]),
    ],
    ['gzip flushed but not closed', 'gzip', await flushed(() => zlib.createGzip())],
    ['deflate flushed but not closed', 'deflate', await flushed(() => zlib.createDeflate())],
    ['raw deflate flushed but not closed', 'deflate', await flushed(() => zlib.createDeflateRaw())],
  ]
  for (const [situation, contentEncoding, bytes] of cases) {
    t.equal(textOf(bytes, contentEncoding), plain.toString(), situation)
  }
  t.equal(textOf(Buffer.alloc(0), 'gzip'), '', 'an empty body has nothing to undo')
})

void t.test('what cannot be undone is said so', async (t) => {
  const gzip = zlib.gzipSync(plain)
  const cases: [string, string, Uint8Array][] = [
    ['an unknown encoding', 'compress', plain],
    ['an unknown encoding under a known one', 'gzip, secret', gzip],
    ['a name of Object.prototype', 'constructor', plain],
    ['three layers', 'gzip, gzip, gzip', zlib.gzipSync(zlib.gzipSync(gzip))],
    ['a thousand layers', 'gzip,'.repeat(1000), gzip],
    ['plain text called gzip', 'gzip', plain],
    ['plain text called deflate', 'deflate', plain],
    ['plain text called brotli', 'br', plain],
    ['gzip called brotli', 'br', gzip],
    ['a second member cut', 'gzip', Buffer.concat([gzip, gzip.subarray(0, 12)])],
    ['a wrong checksum', 'gzip', Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(8, 1)])],
  ]
  for (const [situation, contentEncoding, bytes] of cases) {
    t.same(decodeBody(bytes, contentEncoding), bad, situation)
  }
})

void t.test('zstd is undone where this Node has it, and is undecodable elsewhere', async (t) => {
  const compress: unknown = Reflect.get(zlib, 'zstdCompressSync')
  if (typeof compress !== 'function') {
    t.same(decodeBody(plain, 'zstd'), bad)
    return
  }
  const frame: unknown = Reflect.apply(compress, zlib, [plain])
  if (!(frame instanceof Uint8Array)) return t.fail('zstdCompressSync gave no bytes')
  t.equal(textOf(frame, 'zstd'), plain.toString())
  for (let end = 1; end < frame.byteLength; end++) {
    t.same(decodeBody(frame.subarray(0, end), 'zstd'), bad, `cut at ${end}`)
  }
})

void t.test('a stream cut anywhere is undecodable, never a shorter body', async (t) => {
  const encoded: [string, Buffer][] = [
    ['gzip', zlib.gzipSync(plain)],
    ['deflate', zlib.deflateSync(plain)],
    ['deflate', zlib.deflateRawSync(plain)],
    ['br', zlib.brotliCompressSync(plain)],
  ]
  for (const [contentEncoding, bytes] of encoded) {
    for (let end = 1; end < bytes.byteLength; end++) {
      const decoded = decodeBody(bytes.subarray(0, end), contentEncoding)
      if (decoded.ok) t.fail(`${contentEncoding} cut at ${end} of ${bytes.byteLength} gave a body`)
    }
    t.ok(bytes.byteLength > 20, `${contentEncoding}: every cut was tried`)
  }
})

void t.test('output ends at the cap, quickly', async (t) => {
  const bomb = Buffer.alloc(64 * 1024 * 1024)
  const small = zlib.gzipSync(bomb)
  t.ok(small.byteLength < 100_000, `${small.byteLength} bytes of gzip`)
  const started = process.cpuUsage()
  t.same(decodeBody(small, 'gzip'), over, 'gzip')
  t.same(decodeBody(zlib.gzipSync(small), 'gzip, gzip'), over, 'gzip in gzip')
  const { user } = process.cpuUsage(started)
  t.ok(user < 1_000_000, `${Math.round(user / 1000)} ms of CPU`)
  t.same(decodeBody(zlib.brotliCompressSync(bomb.subarray(0, 8_000_000)), 'br'), over, 'brotli')
  t.same(decodeBody(zlib.deflateSync(bomb), 'deflate'), over, 'deflate')
  t.same(decodeBody(zlib.deflateRawSync(bomb), 'deflate'), over, 'raw deflate')
  t.same(decodeBody(bomb, undefined), over, 'no encoding at all')
  const most = Buffer.alloc(decodedBytesMax)
  t.equal(decodeBody(zlib.gzipSync(most), 'gzip').ok, true, 'exactly the cap is still decoded')
  const members = Buffer.concat(Array.from({ length: 64 }, () => zlib.gzipSync(most)))
  t.same(decodeBody(members, 'gzip'), over, 'many members share one cap')
})

void t.test('flipped bits never throw and never pass the cap', async () => {
  const encoded = [zlib.gzipSync(plain), zlib.deflateRawSync(plain), zlib.brotliCompressSync(plain)]
  fc.assert(
    fc.property(
      fc.constantFrom(...encoded),
      fc.constantFrom('gzip', 'deflate', 'br', 'zstd', 'gzip, br', 'deflate, gzip'),
      fc.array(fc.nat(), { maxLength: 8 }),
      (bytes, contentEncoding, flips) => {
        const mutated = Buffer.from(bytes)
        for (const flip of flips) {
          const at = (flip >> 3) % mutated.byteLength
          mutated[at] = (mutated[at] ?? 0) ^ (1 << (flip & 7))
        }
        const decoded = decodeBody(mutated, contentEncoding)
        return !decoded.ok || decoded.bytes.byteLength <= decodedBytesMax
      },
    ),
    fuzz('content_encoding', 20261121),
  )
})

void t.test('bombs of any size, layers and filling end at the cap', async (t) => {
  const pack = {
    gzip: (bytes: Uint8Array) => zlib.gzipSync(bytes, { level: 1 }),
    deflate: (bytes: Uint8Array) => zlib.deflateSync(bytes, { level: 1 }),
    br: (bytes: Uint8Array) =>
      zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
  }
  const name = fc.constantFrom('gzip', 'deflate', 'br')
  const size = fc.oneof(
    fc.constantFrom(decodedBytesMax - 1, decodedBytesMax, decodedBytesMax + 1),
    fc.nat({ max: 3 * decodedBytesMax }),
  )
  const seen = { whole: 0, capped: 0 }
  fc.assert(
    fc.property(
      size,
      fc.nat({ max: 255 }),
      fc.array(name, { minLength: 1, maxLength: 2 }),
      (bytes, fill, layers) => {
        const packed = layers.reduce<Uint8Array>(
          (now, layer) => pack[layer](now),
          Buffer.alloc(bytes, fill),
        )
        const decoded = decodeBody(packed, layers.join(', '))
        if (decoded.ok) seen.whole++
        else seen.capped++
        return bytes <= decodedBytesMax
          ? decoded.ok && decoded.bytes.byteLength === bytes
          : !decoded.ok && decoded.reason === 'output_cap'
      },
    ),
    fuzz('content_encoding_bombs', 20261128),
  )
  t.ok(seen.whole > 3 && seen.capped > 3, JSON.stringify(seen))
})
