/** Draws depend on the seed and on what they are for, and on nothing else. */
import t from 'tap'
import { dice, hexId, pick, uniform } from '../../src/simulator/seeded.ts'

void t.test('the same seed and parts draw the same, others draw others', async (t) => {
  t.equal(uniform(7, 'refuse', 'text'), uniform(7, 'refuse', 'text'))
  const drawn = [
    uniform(7, 'a', 'b'),
    uniform(8, 'a', 'b'),
    uniform(7, 'b', 'a'),
    uniform(7, 'ab'),
    uniform(7, 'a', 'b', ''),
  ]
  t.equal(new Set(drawn).size, drawn.length, 'parts are kept apart and in order')
  t.equal(hexId(8, 1, 'x').length, 8)
  t.match(hexId(64, 1, 'x'), /^[0-9a-f]{64}$/)
  t.equal(hexId(48, 1, 'x'), hexId(64, 1, 'x').slice(0, 48))
})

void t.test('draws are even over [0, 1)', async (t) => {
  const n = 20_000
  const tenths = new Array<number>(10).fill(0)
  for (let i = 0; i < n; i++) {
    const at = Math.floor(uniform(3, String(i)) * 10)
    tenths[at] = (tenths[at] ?? 0) + 1
  }
  t.equal(tenths.length, 10, 'none is 1 or more')
  // Chi-square with 9 degrees of freedom: 27.9 is the limit of 1 in 1,000; the seed is fixed.
  const chiSquare = tenths.reduce((sum, seen) => sum + (seen - n / 10) ** 2 / (n / 10), 0)
  t.ok(chiSquare < 27.9, `chi-square ${chiSquare.toFixed(1)}`)
})

void t.test('one of a list is drawn, and an empty list is a fault', async (t) => {
  const seen = new Set(Array.from({ length: 200 }, (_, i) => pick(['a', 'b', 'c'], 1, String(i))))
  t.same([...seen].sort(), ['a', 'b', 'c'])
  t.throws(() => pick([], 1), /not empty/)
})

void t.test('dice go on drawing, and begin anew with the same parts', async (t) => {
  const throws = dice(5, 'plan')
  const first = [throws.next(), throws.next(), throws.between(1, 6), throws.one(['x', 'y'])]
  const again = dice(5, 'plan')
  t.same([again.next(), again.next(), again.between(1, 6), again.one(['x', 'y'])], first)
  t.not(first[0], first[1])
  const faces = new Set(Array.from({ length: 300 }, () => throws.between(1, 6)))
  t.same(
    [...faces].sort((a, b) => a - b),
    [1, 2, 3, 4, 5, 6],
    'both ends included',
  )
  t.equal(throws.chance(0), false)
  t.equal(throws.chance(1), true)
})
