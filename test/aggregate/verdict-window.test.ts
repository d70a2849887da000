import t from 'tap'
import { createVerdictWindow } from '../../src/aggregate/verdict-window.ts'

const hour = 3_600_000
const verdict = (language: string, isRefusal: boolean, family = 'f') => ({
  language,
  set: 'unclassified' as const,
  family,
  isRefusal,
})

t.test('verdicts of a day are summed by key, and leave with their hour', async (t) => {
  const window = createVerdictWindow()
  window.add(0, verdict('de', true))
  window.add(hour, verdict('de', false))
  window.add(hour, verdict('bn', true))
  t.same(window.counts(hour), [
    { language: 'de', set: 'unclassified', family: 'f', refused: 1, n: 2 },
    { language: 'bn', set: 'unclassified', family: 'f', refused: 1, n: 1 },
  ])
  t.same(
    window.counts(24 * hour).map(({ language, n }) => `${language} ${n}`),
    ['de 1', 'bn 1'],
    'the first hour is a day old',
  )
  t.same(window.counts(30 * hour), [])
})

t.test('a clock set back loses nothing and opens no slot', async (t) => {
  const window = createVerdictWindow({ slotMs: 10, slots: 2, keysMax: 9 })
  window.add(100, verdict('de', true))
  window.add(20, verdict('de', true))
  t.equal(window.counts(100)[0]?.n, 2)
})

t.test('the keys of a slot are bounded', async (t) => {
  const window = createVerdictWindow({ slotMs: 10, slots: 2, keysMax: 3 })
  for (let i = 0; i < 10; i++) window.add(0, verdict('de', true, `f${i}`))
  t.equal(window.counts(0).length, 3)
})
