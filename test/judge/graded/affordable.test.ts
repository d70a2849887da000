import t from 'tap'
import { callsAffordable } from '../../../src/judge/graded/affordable.ts'
import { type BudgetOptions, createBudget } from '../../../src/spend/budget.ts'

const hour = 3_600_000
const period = hour / 12

function budgetAt(limits: BudgetOptions['limits'], prices?: BudgetOptions['prices']) {
  let now = 0
  const budget = createBudget({ limits, prices, now: () => now })
  return {
    budget,
    at(ms: number) {
      now = ms
      return callsAffordable(budget.left(), budget.state().day, now, period)
    },
    spend(calls: number, inputTokens = 0) {
      budget.reserve(calls, { inputTokens, outputTokens: 0 })
    },
  }
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9

t.test('nine tenths of the even pace of the hour, or twice that of the day', (t) => {
  const wide = budgetAt({ hour: { calls: 120 }, day: { calls: 1e6 } })
  t.ok(near(wide.at(0), 0.9 * 10))
  const narrow = budgetAt({ hour: { calls: 1e6 }, day: { calls: 288 } })
  t.ok(near(narrow.at(0), 0.9), 'the day is young')
  t.ok(near(narrow.at(18 * hour), 0.9 * 2), 'and old, with everything left')
  t.end()
})

t.test('what is spent is gone; an empty budget affords nothing', (t) => {
  const one = budgetAt({ hour: { calls: 120 }, day: { calls: 1e6 } })
  one.spend(60)
  t.ok(near(one.at(0), 0.9 * 5))
  one.spend(60)
  t.equal(one.at(0), 0)
  t.ok(near(one.at(hour), 0.9 * 10), 'until the next hour')
  t.end()
})

t.test('tokens and money count by what a call has cost so far', (t) => {
  const limits = { hour: { calls: 1e6 }, day: { calls: 1e6, tokens: 288_000 } }
  const tokens = budgetAt(limits)
  t.ok(near(tokens.at(0), 0.9 * 10), 'a few calls to find out')
  tokens.spend(10, 5000)
  // 283,000 tokens for a day, 500 a call.
  t.ok(near(tokens.at(0), (0.9 * 283_000) / 288 / 500))
  const money = budgetAt(
    { hour: { calls: 1e6 }, day: { calls: 1e6, usd: 2.88 } },
    { usdPerMillionInputTokens: 100, usdPerMillionOutputTokens: 0 },
  )
  money.spend(10, 1000)
  t.ok(near(money.at(0), (0.9 * 2.78) / 288 / 0.01))
  t.end()
})
