import t from 'tap'
import { agreement } from '../../src/aggregate/agreement.ts'

const near = (a: number | undefined, b: number, tolerance = 1e-9): boolean =>
  a !== undefined && Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))

const table = (bothYes: number, firstOnly: number, secondOnly: number, bothNo: number) => ({
  bothYes,
  firstOnly,
  secondOnly,
  bothNo,
})

void t.test('kappa and AC1 equal the independently computed ones', async (t) => {
  const skewed = agreement(table(118, 5, 2, 0))
  t.ok(near(skewed?.kappa?.est, -0.023391812865497075))
  t.ok(near(skewed?.ac1.est, 0.9407763376087177))
  const even = agreement(table(40, 10, 5, 45))
  t.ok(near(even?.kappa?.est, 0.7))
  t.ok(near(even?.ac1.est, 0.7007481296758105))
  t.equal(even?.observed, 0.85)
  t.equal(even?.n, 100)
})

/** Same sums written out cell by cell from the papers, as a check of the short forms. */
const longForm = (p: number[][], n: number): { kappa: number; ac1: number } => {
  const rows = p.map((r) => (r[0] ?? 0) + (r[1] ?? 0))
  const cols = [0, 1].map((j) => (p[0]?.[j] ?? 0) + (p[1]?.[j] ?? 0))
  const at = (i: number, j: number): number => p[i]?.[j] ?? 0
  const po = at(0, 0) + at(1, 1)
  const row = (i: number): number => rows[i] ?? 0
  const col = (i: number): number => cols[i] ?? 0
  const pe = row(0) * col(0) + row(1) * col(1)
  const k = (po - pe) / (1 - pe)
  let a = 0
  let b = 0
  for (const i of [0, 1]) {
    for (const j of [0, 1]) {
      if (i === j) a += at(i, i) * (1 - (row(i) + col(i)) * (1 - k)) ** 2
      else b += (1 - k) ** 2 * at(i, j) * (col(i) + row(j)) ** 2
    }
  }
  const kappa = (a + b - (k - pe * (1 - k)) ** 2) / (n * (1 - pe) ** 2)
  const pi = [0, 1].map((i) => (row(i) + col(i)) / 2)
  const q = (i: number): number => pi[i] ?? 0
  const pg = q(0) * (1 - q(0)) + q(1) * (1 - q(1))
  const g = (po - pg) / (1 - pg)
  let diagonal = 0
  let all = 0
  for (const i of [0, 1]) {
    diagonal += at(i, i) * (1 - q(i))
    for (const j of [0, 1]) all += at(i, j) * (1 - (q(i) + q(j)) / 2) ** 2
  }
  const ac1 =
    (po * (1 - po) - 4 * (1 - g) * (diagonal - po * pg) + 4 * (1 - g) ** 2 * (all - pg ** 2)) /
    (n * (1 - pg) ** 2)
  return { kappa, ac1 }
}

void t.test('intervals equal the long form of the published variances', async (t) => {
  for (const [a, b, c, d] of [
    [40, 10, 5, 45],
    [118, 5, 2, 1],
    [3, 9, 4, 60],
  ] as const) {
    const n = a + b + c + d
    const got = agreement(table(a, b, c, d))
    const want = longForm(
      [
        [a / n, b / n],
        [c / n, d / n],
      ],
      n,
    )
    const half = (v: number): number => 1.959963984540054 * Math.sqrt(v)
    t.ok(near((got?.kappa?.est ?? 0) - (got?.kappa?.lo ?? 0), half(want.kappa)), `kappa ${n}`)
    t.ok(near((got?.ac1.est ?? 0) - (got?.ac1.lo ?? 0), half(want.ac1)), `AC1 ${n}`)
  }
})

void t.test('an interval covers the true kappa about as often as it says', async (t) => {
  // Cells .4 .1 .05 .45 of 200 answers: true kappa .7. Linear congruential draws, seeded.
  let state = 12345
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  let kappaCovered = 0
  let ac1Covered = 0
  const runs = 1000
  for (let run = 0; run < runs; run++) {
    const counts = [0, 0, 0, 0] as [number, number, number, number]
    for (let i = 0; i < 200; i++) {
      const u = next()
      counts[u < 0.4 ? 0 : u < 0.5 ? 1 : u < 0.55 ? 2 : 3]++
    }
    const got = agreement(table(...counts))
    if (got?.kappa !== undefined && got.kappa.lo <= 0.7 && got.kappa.hi >= 0.7) kappaCovered++
    if (got !== undefined && got.ac1.lo <= 0.70074812968 && got.ac1.hi >= 0.70074812968) {
      ac1Covered++
    }
  }
  t.ok(kappaCovered / runs > 0.92 && kappaCovered / runs < 0.98, `kappa ${kappaCovered}`)
  t.ok(ac1Covered / runs > 0.92 && ac1Covered / runs < 0.98, `AC1 ${ac1Covered}`)
})

void t.test('a single class throughout leaves kappa undefined and AC1 at one', async (t) => {
  const got = agreement(table(9, 0, 0, 0))
  t.equal(got?.kappa, undefined)
  t.equal(got?.ac1.est, 1)
})

void t.test('an empty table has no agreement', async (t) => {
  t.equal(agreement(table(0, 0, 0, 0)), undefined)
})
