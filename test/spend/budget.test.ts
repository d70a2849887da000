import fc from 'fast-check'
import t from 'tap'
import { type Budget, createBudget } from '../../src/spend/budget.ts'
import { budgetFault, type Limits } from '../../src/spend/limits.ts'

const hourMs = 3_600_000
const prices = { usdPerMillionInputTokens: 3, usdPerMillionOutputTokens: 15 }
const worst = { inputTokens: 1000, outputTokens: 100 }
/** 2026-11-21T00:00:00Z: the beginning of an hour and of a day. */
const midnight = Date.UTC(2026, 10, 21)

function setUp(hour: Limits, day: Limits = { calls: 1000 }, known = true) {
  let ms = midnight
  const budget = createBudget({
    limits: { hour, day },
    prices: known ? prices : undefined,
    now: () => ms,
  })
  return {
    budget,
    pass(more: number) {
      ms += more
    },
  }
}

const leftOf = (budget: Budget): string =>
  budget
    .left()
    .map(({ window, unit, left }) => `${window} ${unit} ${Number(left.toFixed(9))}`)
    .join(', ')

t.test('calls end at the limit and begin again with the next hour', async (t) => {
  const { budget, pass } = setUp({ calls: 2 })
  t.ok(budget.reserve(1, worst))
  t.ok(budget.reserve(1, worst))
  t.equal(budget.reserve(1, worst), undefined)
  t.equal(leftOf(budget), 'hour calls 0, day calls 998')
  pass(hourMs - 1)
  t.equal(budget.reserve(1, worst), undefined)
  pass(1)
  t.ok(budget.reserve(1, worst))
})

t.test('the day holds where the hour would not', async (t) => {
  const { budget, pass } = setUp({ calls: 10 }, { calls: 11 })
  for (let i = 0; i < 10; i++) t.ok(budget.reserve(1, worst))
  pass(hourMs)
  t.ok(budget.reserve(1, worst))
  t.equal(budget.reserve(1, worst), undefined)
  pass(23 * hourMs)
  t.ok(budget.reserve(1, worst))
})

t.test('tokens are reserved at the worst case and settled at what was used', async (t) => {
  const { budget } = setUp({ calls: 100, tokens: 2000 })
  const first = budget.reserve(1, worst)
  t.equal(budget.reserve(1, worst), undefined, 'two worst cases do not fit')
  first?.settle(1, { inputTokens: 500, outputTokens: 10 })
  t.equal(leftOf(budget), 'hour calls 99, hour tokens 1490, day calls 999')
  t.ok(budget.reserve(1, worst))
})

t.test('what a call used is unknown: the worst case stays charged', async (t) => {
  const { budget } = setUp({ calls: 100, tokens: 2000 })
  budget.reserve(2, worst)?.settle(1, undefined)
  t.equal(leftOf(budget), 'hour calls 99, hour tokens 900, day calls 999')
})

t.test('an endpoint that states more than the worst case is charged what it states', async (t) => {
  const { budget } = setUp({ calls: 100, tokens: 2000 })
  budget.reserve(1, worst)?.settle(1, { inputTokens: 900, outputTokens: 5000 })
  t.equal(leftOf(budget), 'hour calls 99, hour tokens 0, day calls 999')
  t.equal(budget.reserve(1, worst), undefined)
})

t.test('money is tokens times prices', async (t) => {
  const { budget } = setUp({ calls: 100, usd: 0.01 })
  budget.reserve(1, worst)?.settle(1, worst)
  t.equal(leftOf(budget), 'hour calls 99, hour usd 0.0055, day calls 999')
  t.ok(budget.reserve(1, worst))
  t.equal(budget.reserve(1, worst), undefined)
})

t.test('a limit in money without prices is a fault, never an unlimited budget', async (t) => {
  const limits = { hour: { calls: 10 }, day: { calls: 10, usd: 5 } }
  t.equal(
    budgetFault({ limits, prices: undefined }),
    'a limit in money needs the prices of the model',
  )
  t.throws(() => createBudget({ limits, prices: undefined, now: () => 0 }))
  t.equal(budgetFault({ limits, prices }), undefined)
})

t.test('a clock that goes back opens nothing again', async (t) => {
  const { budget, pass } = setUp({ calls: 1 })
  pass(hourMs)
  t.ok(budget.reserve(1, worst))
  pass(-hourMs)
  t.equal(budget.reserve(1, worst), undefined)
  pass(2 * hourMs)
  t.ok(budget.reserve(1, worst))
})

t.test('a call over the end of the hour is settled in the hour it began in', async (t) => {
  const { budget, pass } = setUp({ calls: 5, tokens: 5000 })
  const reservation = budget.reserve(1, worst)
  pass(hourMs)
  t.equal(leftOf(budget), 'hour calls 5, hour tokens 5000, day calls 999')
  reservation?.settle(1, { inputTokens: 0, outputTokens: 0 })
  t.equal(leftOf(budget), 'hour calls 5, hour tokens 5000, day calls 999')
})

t.test('a state that was kept goes on where it ended', async (t) => {
  const { budget } = setUp({ calls: 2 })
  budget.reserve(2, worst)
  const kept = JSON.parse(JSON.stringify(budget.state())) as ReturnType<Budget['state']>
  const limits = { hour: { calls: 2 }, day: { calls: 1000 } }
  const next = createBudget({ limits, prices: undefined, now: () => midnight, state: kept })
  t.equal(next.reserve(1, worst), undefined)
})

t.test('whatever is reserved and settled, spending stays under the limits', async () => {
  const step = fc.record({
    settle: fc.boolean(),
    input: fc.integer({ min: 0, max: 1000 }),
    output: fc.integer({ min: 0, max: 100 }),
    pass: fc.integer({ min: -hourMs, max: hourMs }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const hour = { calls: 20, tokens: 8000, usd: 0.03 }
      const { budget, pass } = setUp(hour, { calls: 60, tokens: 20_000 })
      for (const { settle, input, output, pass: ms } of steps) {
        const reservation = budget.reserve(2, worst)
        if (settle) reservation?.settle(1, { inputTokens: input, outputTokens: output })
        const spent = budget.state()
        if (spent.hour.calls > 20 || spent.hour.tokens > 8000 || spent.hour.usd > 0.03 + 1e-12) {
          return false
        }
        if (spent.day.calls > 60 || spent.day.tokens > 20_000) return false
        pass(ms)
      }
      return true
    }),
    { numRuns: 3000, seed: 1 },
  )
})
