import t from 'tap'
import { packSums, readSums } from '../../src/drift/packed-sums.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'

const id = (i: number): string => i.toString(16).padStart(32, '0')
const sums = new Map([
  [id(1), { count: 1, logWealth: [0.1, -0.1] }],
  [id(2), { count: 0, logWealth: [0, 0] }],
  [id(3), { count: 127, logWealth: [Number.MIN_VALUE, -Number.MAX_VALUE] }],
  [id(4), { count: 128, logWealth: [1 / 3, -1e-300] }],
  [id(5), { count: Number.MAX_SAFE_INTEGER, logWealth: [Math.PI, -Math.E] }],
])
const packed = packSums(sums) ?? ''

t.test('sums come back with every bit', (t) => {
  t.strictSame([...(readSums(packed, 2, 5) ?? [])], [...sums])
  t.strictSame(readSums(packSums(new Map()) ?? '', 5, 5), new Map())
  t.equal(Buffer.from(packed, 'base64').length, 2 + 5 * (16 + 16) + 1 + 1 + 1 + 2 + 8)
  t.end()
})

t.test('what has no place in it is not packed', (t) => {
  t.equal(packSums(new Map([['a name', { count: 1, logWealth: [1] }]])), undefined)
  const uneven = new Map([
    [id(1), { count: 1, logWealth: [1] }],
    [id(2), { count: 1, logWealth: [1, 2] }],
  ])
  t.equal(packSums(uneven), undefined)
  t.end()
})

const packedBytes = (...bytes: (number | Buffer)[]): string =>
  Buffer.concat(bytes.map((one) => (typeof one === 'number' ? Buffer.from([one]) : one))).toString(
    'base64',
  )

const numberBytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

t.test('anything else is not read', (t) => {
  const one = Buffer.alloc(16, 1)
  const good = packedBytes(1, 1, one, 3, numberBytes(0.5))
  t.equal(readSums(good, 1, 9)?.size, 1)
  const bad = {
    'another version': packedBytes(2, 1, one, 3, numberBytes(0.5)),
    'another number of bets': packedBytes(1, 2, one, 3, numberBytes(0.5), numberBytes(0.5)),
    'the same twice': packedBytes(1, 1, one, 3, numberBytes(0.5), one, 3, numberBytes(0.5)),
    'no number': packedBytes(1, 1, one, 3, numberBytes(Number.NaN)),
    'a sum of nothing that is not 0': packedBytes(1, 1, one, 0, numberBytes(0.5)),
    'a count without an end': packedBytes(1, 1, one, Buffer.alloc(9, 255), numberBytes(0.5)),
    'no base64': `${good.slice(0, -4)}!${good.slice(-4)}`,
    nothing: '',
  }
  for (const [name, text] of Object.entries(bad)) t.equal(readSums(text, 1, 9), undefined, name)
  t.equal(readSums(packed, 2, 4), undefined, 'more than there may be')
  t.end()
})

t.test('cut anywhere it is not read, but between two detectors', (t) => {
  const bytes = Buffer.from(packed, 'base64')
  const whole: number[] = []
  for (let length = 0; length < bytes.length; length++) {
    if (readSums(bytes.toString('base64', 0, length), 2, 5) !== undefined) whole.push(length)
  }
  t.strictSame(whole, [2, 35, 68, 101, 135])
  t.end()
})

t.test('10,000 changed texts: read as sums or not at all, and nothing is thrown', (t) => {
  const random = createRandom(7, 1)
  const at = (n: number): number => Math.floor(random.uniform() * n)
  let read = 0
  for (let i = 0; i < 10_000; i++) {
    const bytes = Buffer.from(packed, 'base64')
    for (let n = 0; n <= at(3); n++) bytes[at(bytes.length)] = at(256)
    const changed = readSums(bytes.toString('base64'), 2, 5)
    if (changed === undefined) continue
    read++
    for (const { count, logWealth } of changed.values()) {
      if (!(Number.isSafeInteger(count) && logWealth.every(Number.isFinite))) t.fail('no sum')
    }
  }
  t.ok(read > 1000 && read < 10_000, `${read}`)
  t.end()
})
