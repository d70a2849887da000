import t from 'tap'
import { zstdFrames, zstdFramesMax } from '../../src/decode/zstd-frame.ts'

const isWholeZstd = (frame: Uint8Array): boolean => zstdFrames(frame) !== undefined

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex')

/** Magic, descriptor, then what the descriptor announces; blocks: 3 bytes of header, last = bit 0. */
const frames: [string, string][] = [
  ['one raw block in a single segment', '28b52ffd 20 03 190000 616263'],
  ['a window, no size', '28b52ffd 00 58 190000 616263'],
  ['a checksum', '28b52ffd 24 03 190000 616263 01020304'],
  [
    'a dictionary of four bytes and a size of eight',
    '28b52ffd e3 01020304 0300000000000000 190000 616263',
  ],
  ['two blocks, the second run-length', '28b52ffd 20 08 180000 616263 2b0000 7a'],
  ['an empty last block', '28b52ffd 20 00 010000'],
  ['two frames', '28b52ffd 20 03 190000 616263 28b52ffd 20 00 010000'],
  ['a skippable frame before', '552a4d18 02000000 0000 28b52ffd 20 00 010000'],
]

void t.test('whole frames are whole, and every cut of them is not', async (t) => {
  for (const [situation, hex] of frames) {
    const whole = bytes(hex)
    t.equal(isWholeZstd(whole), true, situation)
    const ends = [...whole.keys()].filter((end) => isWholeZstd(whole.subarray(0, end)))
    const inner =
      situation === 'two frames' ? [12] : situation.startsWith('a skippable') ? [10] : []
    t.same(ends, inner, `${situation}: whole only where a frame ends`)
  }
})

void t.test('what is no frame is not whole', async (t) => {
  t.equal(isWholeZstd(bytes('')), false, 'nothing')
  t.equal(isWholeZstd(bytes('1f8b0800 00000000 0000')), false, 'gzip')
  t.equal(isWholeZstd(bytes('28b52ffd 20 03 1f0000 616263')), false, 'a reserved type of block')
  t.equal(isWholeZstd(bytes('28b52ffd 20 03 190000 616263 00')), false, 'bytes after the end')
  t.equal(isWholeZstd(bytes('502a4d18 ffffffff 00')), false, 'a skippable frame of 4 GiB')
})

void t.test('frames of data are handed out one by one, skippable ones are left out', async (t) => {
  const frame = bytes('28b52ffd 20 00 010000')
  const skipped = bytes('5f2a4d18 02000000 0000')
  t.same(zstdFrames(Buffer.concat([frame, skipped, frame])), [frame, frame])
  t.same(zstdFrames(skipped), [])
  t.equal(zstdFrames(Buffer.concat(Array.from({ length: zstdFramesMax }, () => frame)))?.length, 16)
  const many = Buffer.concat(Array.from({ length: zstdFramesMax + 1 }, () => frame))
  t.equal(zstdFrames(many), undefined, 'more frames than any server sends')
})
