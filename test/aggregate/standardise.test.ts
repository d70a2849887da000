import t from 'tap'
import { standardise } from '../../src/aggregate/standardise.ts'

void t.test('rate and error under a reference mix equal the reference', async (t) => {
  const got = standardise([
    { weight: 0.7, successes: 38, trials: 40 },
    { weight: 0.3, successes: 36, trials: 60 },
  ])
  t.ok(Math.abs((got?.rate ?? 0) - 0.845) < 1e-12)
  t.ok(Math.abs((got?.se ?? 0) - 0.03425568760358766) < 1e-12)
})

void t.test('a cell that counts and was never seen leaves the rate unknown', async (t) => {
  const seen = { weight: 0.7, successes: 38, trials: 40 }
  t.equal(standardise([seen, { weight: 0.3, successes: 0, trials: 0 }]), undefined)
  t.ok(standardise([seen, { weight: 0, successes: 0, trials: 0 }]))
  t.equal(standardise([]), undefined)
  t.throws(() => standardise([{ ...seen, weight: -1 }]), RangeError)
})
