import t from 'tap'
import { allot, createKeyedDraw, createStratifiedSelector } from '../../src/sample/stratified.ts'

const draw = createKeyedDraw(Buffer.from('stratified selection'))
const selector = (changes = {}) =>
  createStratifiedSelector({ draw, sliceRate: 0.05, stratumMin: 5, strataMax: 44, ...changes })

/** Exchanges of a period by language, a tenth of them unsure. */
const traffic: Readonly<Record<string, number>> = { en: 5000, de: 500, zu: 10 }

function period(one: ReturnType<typeof selector>, n: number, volumes = traffic) {
  const selected: Record<string, number> = {}
  const given: Record<string, number> = {}
  let lowest = 1
  for (const [language, volume] of Object.entries(volumes)) {
    for (let i = 0; i < volume; i++) {
      const unsure = i % 10 === 0
      const decision = one.decide({ language, unsure }, `${n} ${language} ${i}`)
      if (decision.selected) selected[language] = (selected[language] ?? 0) + 1
      given[language] = (given[language] ?? 0) + decision.probability
      lowest = Math.min(lowest, decision.probability)
    }
  }
  return { selected, given, lowest }
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

t.test('a draw is the same for the same words and spread evenly', (t) => {
  t.equal(draw('cascade', 'a'), draw('cascade', 'a'))
  t.not(draw('cascade', 'a'), draw('harm', 'a'))
  t.not(draw('cascade', 'a'), createKeyedDraw(Buffer.from('other'))('cascade', 'a'))
  let below = 0
  for (let i = 0; i < 10_000; i++) if (draw('cascade', `${i}`) < 0.3) below++
  t.ok(Math.abs(below - 3000) < 140, `${below}`)
  t.end()
})

t.test('within the means everything unsure is taken, and the slice of the rest', (t) => {
  const one = selector()
  one.plan(1e6)
  for (let n = 0; n < 3; n++) {
    period(one, n)
    one.plan(1e6)
  }
  const en = (unsure: boolean) => one.decide({ language: 'en', unsure }, 'x').probability
  t.equal(en(true), 1)
  t.ok(Math.abs(en(false) - 0.05) < 1e-9)
  t.equal(one.decide({ language: 'zu', unsure: false }, 'x').probability, 5 / 9)
  t.end()
})

t.test('a rare language gets its share of a budget that is too small', (t) => {
  const one = selector()
  one.plan(60)
  period(one, 0)
  let [sum, zu] = [0, 0]
  for (let n = 1; n <= 20; n++) {
    one.plan(60)
    const { selected } = period(one, n)
    sum += total(selected)
    zu += selected.zu ?? 0
  }
  t.ok(Math.abs(sum / 20 - 60) < 8, `${sum / 20} a period`)
  // 10 of 5510 exchanges are 0.2 % of the traffic.
  t.ok(zu / sum > 0.05, `${zu} of ${sum}`)
  t.end()
})

t.test('a flood and a newcomer cost their logarithm, and no chance is 0', (t) => {
  const one = selector()
  for (let n = 0; n < 3; n++) {
    one.plan(60)
    period(one, n)
  }
  one.plan(60)
  const flood = period(one, 9, { en: 200_000, xx: 50_000 })
  t.ok(total(flood.selected) < 800, `${total(flood.selected)} of 250000`)
  t.ok(flood.lowest > 0)
  one.plan(0)
  t.ok(one.decide({ language: 'en', unsure: true }, 'x').probability > 0)
  t.end()
})

t.test('chances are fixed before the draw and add up to what is drawn', (t) => {
  const one = selector()
  let [selected, given] = [0, 0]
  for (let n = 0; n < 30; n++) {
    one.plan(60)
    const done = period(one, n)
    selected += total(done.selected)
    given += total(done.given)
  }
  t.ok(Math.abs(selected - given) < 4 * Math.sqrt(given), `${selected} ${given}`)
  t.end()
})

t.test('strata beyond the bound share one', (t) => {
  const one = selector({ strataMax: 4 })
  one.plan(1e6)
  for (let i = 0; i < 1000; i++) {
    const { probability } = one.decide({ language: `l${i}`, unsure: false }, `${i}`)
    t.ok(probability > 0 && probability <= 1)
  }
  t.end()
})

t.test('wants are met, or cut by their square roots', (t) => {
  t.strictSame(allot([1, 2, 3], 6), [1, 2, 3])
  t.strictSame(allot([100, 400], 30), [10, 20])
  // The small one is met in full, the rest goes to the others.
  t.strictSame(allot([400, 1, 100], 31), [20, 1, 10])
  t.strictSame(allot([0, 0], 0), [0, 0])
  t.strictSame(allot([5, 5], 0), [0, 0])
  t.end()
})
