/** The check sum is the one that zlib has, at any length and place. */
import t from 'tap'
import { crc32 } from '../../src/evidence/crc32.ts'

t.test('values as Python zlib.crc32 gives them', async (t) => {
  t.equal(crc32(Buffer.from('')), 0)
  t.equal(crc32(Buffer.from('123456789')), 0xcbf43926)
  t.equal(crc32(Buffer.from('a')), 0xe8b7be43)
  t.equal(crc32(Buffer.alloc(32)), 0x190a55ad)
  t.equal(crc32(Buffer.alloc(32, 0xff)), 0xff6cab0b)
  t.equal(crc32(Buffer.from(Array.from({ length: 256 }, (_, i) => i))), 0x29058c73)
})

t.test('of a part it is that of the bytes alone', async (t) => {
  const bytes = Buffer.from('xx123456789yy')
  t.equal(crc32(bytes, 2, 11), 0xcbf43926)
  t.equal(crc32(bytes.subarray(1), 1, 10), 0xcbf43926, 'also in a view with an offset')
})
