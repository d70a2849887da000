import t from 'tap'
import { createKeyedHash } from '../../src/enrich/keyed-hash.ts'

void t.test('secret, purpose, pieces and their borders all change the hash', (t) => {
  const hashes = [
    createKeyedHash('s', 'user')('ab', 'c'),
    createKeyedHash('s', 'user')('a', 'bc'),
    createKeyedHash('s', 'user')('abc'),
    createKeyedHash('s', 'conversation')('ab', 'c'),
    createKeyedHash('other', 'user')('ab', 'c'),
  ]
  t.equal(new Set(hashes).size, hashes.length)
  for (const hash of hashes) t.match(hash, /^[0-9a-f]{32}$/)
  t.end()
})

void t.test('the same input has the same hash in another instance', (t) => {
  const secret = new Uint8Array([1, 2, 3])
  t.equal(createKeyedHash(secret, 'user')('x'), createKeyedHash(secret, 'user')('x'))
  t.end()
})
