import t from 'tap'
import { newcombe } from '../../../src/aggregate/newcombe.ts'
import { wilson } from '../../../src/aggregate/wilson.ts'
import { overfitReport } from '../../../src/probe/rotation/overfit.ts'
import type { Part } from '../../../src/probe/rotation/rotation.ts'

const partOf = (id: string): Part =>
  id.startsWith('anchor') ? { kind: 'anchor' } : { kind: 'fresh', epoch: 0 }
const outcomes = (kind: string, passed: number, n: number) =>
  Array.from({ length: n }, (_, i) => ({ id: `${kind}-${i}`, passed: i < passed }))

t.test('anchor and fresh are told apart, with the gap and its interval', async (t) => {
  const report = overfitReport(
    [...outcomes('anchor', 90, 100), ...outcomes('fresh', 60, 80)],
    partOf,
  )
  t.same(report, {
    anchor: { passed: 90, n: 100, rate: wilson(90, 100) },
    fresh: { passed: 60, n: 80, rate: wilson(60, 80) },
    gap: newcombe({ successes: 90, trials: 100 }, { successes: 60, trials: 80 }),
    overfit: true,
    unscored: 0,
  })
  t.ok(Math.abs((report.gap?.est ?? 0) - 0.15) < 1e-12)
})

t.test('a gap that may be chance, or the other way round, is no overfit', async (t) => {
  const small = overfitReport([...outcomes('anchor', 9, 10), ...outcomes('fresh', 7, 10)], partOf)
  t.equal(small.overfit, false)
  const reverse = overfitReport(
    [...outcomes('anchor', 50, 100), ...outcomes('fresh', 90, 100)],
    partOf,
  )
  t.equal(reverse.overfit, false)
  t.ok((reverse.gap?.hi ?? 0) < 0)
})

t.test('without fresh items there is no gap, and what cannot be read is no failure', async (t) => {
  const unread = [
    { id: 'anchor-x', passed: undefined },
    { id: 'fresh-x', passed: undefined },
  ]
  const report = overfitReport([...outcomes('anchor', 5, 5), ...unread], partOf)
  t.same(report.fresh, { passed: 0, n: 0, rate: undefined })
  t.equal(report.gap, undefined)
  t.equal(report.overfit, false)
  t.equal(report.unscored, 2)
})
