import t from 'tap'
import { chiSquareTail } from '../../src/aggregate/chi-square-tail.ts'
import { gTest, mergedCell, mergeRareCells, mixChange } from '../../src/aggregate/g-test.ts'

const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-9 * Math.abs(b)

const counts = (values: readonly number[]): Map<string, number> =>
  new Map(values.map((value, i) => [`cell ${i}`, value]))

void t.test('G, degrees and p equal the reference', async (t) => {
  const cases: [number[], number[], number, number][] = [
    [[600, 200, 100, 50, 50], [50, 25, 10, 10, 5], 6.081528895356925, 0.1931418175642187],
    [[812, 104, 51, 20, 13], [140, 38, 9, 8, 5], 15.8239682279803, 0.00326470062271246],
  ]
  for (const [x, y, g, p] of cases) {
    const got = gTest(counts(x), counts(y), chiSquareTail)
    t.equal(got?.degrees, 4)
    t.ok(near(got?.g, g), `${got?.g}`)
    t.ok(near(got?.p, p), `${got?.p}`)
  }
})

void t.test('cells with an expected count below 5 on either side are put together', async (t) => {
  const x = counts([812, 104, 51, 20, 13])
  const y = counts([140, 38, 9, 8, 5])
  const merged = mergeRareCells(x, y)
  t.same([...merged.second.entries()].sort(), [
    ['cell 0', 140],
    ['cell 1', 38],
    ['cell 2', 9],
    [mergedCell, 13],
  ])
  t.equal(merged.first.get(mergedCell), 33)
})

void t.test('a change is worth a look only when it is large and sure', async (t) => {
  const tail = (p: number) => () => p
  const small: [Map<string, number>, Map<string, number>] = [
    counts([600, 200, 200]),
    counts([500, 250, 250]),
  ]
  const large: [Map<string, number>, Map<string, number>] = [
    counts([600, 200, 200]),
    counts([200, 600, 200]),
  ]
  t.equal(mixChange(...small, tail(1e-9))?.worthALook, false, 'sure but small')
  t.equal(mixChange(...large, tail(1e-9))?.worthALook, true)
  t.equal(mixChange(...large, tail(1e-3))?.worthALook, false, 'large but not sure')
})

void t.test('nothing to compare is unknown, and a single cell has no test', async (t) => {
  t.equal(gTest(new Map(), counts([1, 2]), chiSquareTail), undefined)
  t.equal(mixChange(counts([3, 3]), new Map(), chiSquareTail), undefined)
  t.equal(gTest(counts([3]), counts([9]), chiSquareTail), undefined)
  t.same(mixChange(counts([1, 1, 1]), counts([1, 1, 1]), chiSquareTail), {
    divergenceBits: 0,
    test: undefined,
    worthALook: false,
  })
})
