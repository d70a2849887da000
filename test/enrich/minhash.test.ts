import t from 'tap'
import { createRandom } from '../../src/drift/simulation/random.ts'
import { createMinHash, equalPlaces, signatureLength } from '../../src/enrich/minhash.ts'

const signatureOf = (text: string, secret = 'a secret'): Uint32Array => {
  const signature = new Uint32Array(signatureLength)
  createMinHash(secret)(text, signature)
  return signature
}

const gramsOf = (text: string): Set<string> => {
  const grams = new Set<string>()
  for (let at = 0; at + 3 <= text.length; at++) grams.add(text.slice(at, at + 3))
  return grams
}

const jaccard = (a: string, b: string): number => {
  const [first, second] = [gramsOf(a), gramsOf(b)]
  let both = 0
  for (const gram of first) if (second.has(gram)) both++
  return both / (first.size + second.size - both)
}

void t.test(
  'a signature stays as it is from version to version and from replica to replica',
  (t) => {
    const signature = signatureOf('how do i sort a list')
    t.same(Array.from(signature.subarray(0, 4)), [2163928897, 2174830257, 2422505722, 2215171211])
    t.end()
  },
)

void t.test('the order of 3-grams and their repetition do not matter, their set does', (t) => {
  const places = (a: string, b: string) => equalPlaces(signatureOf(a), signatureOf(b), 0)
  t.equal(places('abcabcabc', 'abcabc'), signatureLength)
  t.equal(places('abcabc', 'cabcab'), signatureLength)
  t.ok(places('abcdef', 'uvwxyz') <= 1)
  t.end()
})

void t.test('another secret gives another signature of the same text', (t) => {
  const text = 'how do i sort a list'
  t.ok(equalPlaces(signatureOf(text, 'one'), signatureOf(text, 'two'), 0) <= 1)
  t.end()
})

void t.test('without a 3-gram nothing is written', (t) => {
  const signature = new Uint32Array(signatureLength).fill(7)
  t.equal(createMinHash('s')('ab', signature), false)
  t.same(new Set(signature), new Set([7]))
  t.end()
})

void t.test('a signature is found at its place among others', (t) => {
  const held = new Uint32Array(3 * signatureLength)
  held.set(signatureOf('the second of three'), signatureLength)
  const same = signatureOf('the second of three')
  t.equal(equalPlaces(same, held, signatureLength), signatureLength)
  t.equal(equalPlaces(same, held, 0), 0)
  t.end()
})

void t.test('the estimate has no bias, and the spread of 64 independent places', (t) => {
  const random = createRandom(11)
  const letters = (length: number): string =>
    Array.from({ length }, () => String.fromCharCode(97 + random.below(26))).join('')
  const minHash = createMinHash('spread')
  const [first, second] = [new Uint32Array(64), new Uint32Array(64)]
  let bias = 0
  let ratio = 0
  const pairs = 2000
  for (let i = 0; i < pairs; i++) {
    const text = letters(120)
    const from = random.below(100)
    const other = text.slice(0, from) + letters(3 + random.below(30)) + text.slice(from + 15)
    minHash(text, first)
    minHash(other, second)
    const truth = jaccard(text, other)
    const error = equalPlaces(first, second, 0) / 64 - truth
    bias += error / pairs
    ratio += (error * error) / ((truth * (1 - truth)) / 64) / pairs
  }
  t.ok(Math.abs(bias) < 0.005, `bias ${bias}`)
  t.ok(ratio > 0.85 && ratio < 1.15, `variance ${ratio} of the binomial one`)
  t.end()
})
