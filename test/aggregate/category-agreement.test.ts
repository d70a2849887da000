import t from 'tap'
import { agreement } from '../../src/aggregate/agreement.ts'
import { categoryAgreement, type RatedPair } from '../../src/aggregate/category-agreement.ts'

const near = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-9

const times = (n: number, pair: RatedPair): RatedPair[] => Array.from({ length: n }, () => pair)

void t.test(
  'with two categories both coefficients are those of the two-by-two table',
  async (t) => {
    const tables = [
      [118, 5, 2, 0],
      [40, 9, 6, 45],
      [1, 2, 3, 4],
    ] as const
    for (const [bothYes, firstOnly, secondOnly, bothNo] of tables) {
      const known = agreement({ bothYes, firstOnly, secondOnly, bothNo })
      const pairs = [
        ...times(bothYes, [1, 1]),
        ...times(firstOnly, [1, 0]),
        ...times(secondOnly, [0, 1]),
        ...times(bothNo, [0, 0]),
      ]
      const found = categoryAgreement(pairs, 2)
      for (const bound of ['est', 'lo', 'hi'] as const) {
        t.ok(near(found?.kappa?.[bound], known?.kappa?.[bound]), `kappa ${bound}`)
        t.ok(near(found?.ac1[bound], known?.ac1[bound]), `AC1 ${bound}`)
      }
      t.equal(found?.n, known?.n)
    }
  },
)

void t.test('three grades have the coefficients worked out by hand', async (t) => {
  // Rows first, columns second: 6 1 0 / 1 3 1 / 0 2 6, so n = 20 and 15 agree.
  const pairs = [
    ...times(6, [0, 0]),
    ...times(1, [0, 1]),
    ...times(1, [1, 0]),
    ...times(3, [1, 1]),
    ...times(1, [1, 2]),
    ...times(2, [2, 1]),
    ...times(6, [2, 2]),
  ]
  const found = categoryAgreement(pairs, 3)
  t.ok(near(found?.observed, 0.75))
  // Chance of kappa: (7*7 + 5*6 + 8*7) / 400 = 0.3375.
  t.ok(near(found?.kappa?.est, (0.75 - 0.3375) / (1 - 0.3375)))
  // Chance of AC1: means .35, .275, .375, so (.2275 + .199375 + .234375) / 2.
  const chance = (0.2275 + 0.199375 + 0.234375) / 2
  t.ok(near(found?.ac1.est, (0.75 - chance) / (1 - chance)))
})

void t.test(
  'one rating throughout has an AC1 of 1 and no kappa; nothing has neither',
  async (t) => {
    const found = categoryAgreement(times(12, [2, 2]), 3)
    t.equal(found?.kappa, undefined)
    t.equal(found?.ac1.est, 1)
    t.equal(categoryAgreement([], 3), undefined)
    t.throws(() => categoryAgreement([[0, 3]], 3), RangeError)
  },
)
