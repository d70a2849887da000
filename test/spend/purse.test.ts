import t from 'tap'
import { noSpend } from '../../src/spend/limits.ts'
import { createPurse } from '../../src/spend/purse.ts'

const worst = { inputTokens: 100, outputTokens: 50 }
const prices = { usdPerMillionInputTokens: 10, usdPerMillionOutputTokens: 20 }

void t.test('what is reserved counts until it is settled at what was used', async (t) => {
  const purse = createPurse({ calls: 2, tokens: 300 }, noSpend)
  const first = purse.reserve(1, worst, undefined)
  const second = purse.reserve(1, worst, undefined)
  t.ok(first !== undefined && second !== undefined)
  t.equal(purse.reserve(1, worst, undefined), undefined, 'a third call')
  t.same(first?.settle(1, { inputTokens: 10, outputTokens: 5 }), { calls: 1, tokens: 15, usd: 0 })
  t.same(second?.settle(0, undefined), noSpend, 'no call was made')
  t.same(purse.spent(), { calls: 1, tokens: 15, usd: 0 })
})

void t.test('what is not known stays charged at its worst, in money too', async (t) => {
  const purse = createPurse({ usd: 0.003 }, noSpend)
  const charge = purse.reserve(1, worst, prices)
  t.same(charge?.settle(1, undefined), { calls: 1, tokens: 150, usd: 0.002 })
  t.equal(purse.reserve(1, worst, prices), undefined)
})

void t.test('what an earlier part has spent counts', async (t) => {
  const purse = createPurse({ calls: 3 }, { calls: 3, tokens: 9, usd: 0 })
  t.equal(purse.reserve(1, worst, undefined), undefined)
  t.same(purse.spent(), { calls: 3, tokens: 9, usd: 0 })
})
