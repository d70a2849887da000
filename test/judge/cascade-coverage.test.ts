import t from 'tap'
import { answers, grade, hour, sample, setUp, verdictOn } from './cascade-set-up.ts'

/** mulberry32 */
const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296
  }
}

/** The judge on board over-calls in the one, under-calls in the other, and guesses where unsure. */
const languages = [
  { language: 'en', perPeriod: 70, unsure: 0.1, rate: 0.12, sensitivity: 0.95, specificity: 0.9 },
  { language: 'zu', perPeriod: 9, unsure: 0.3, rate: 0.4, sensitivity: 0.6, specificity: 0.98 },
]
const whenUnsure = { rate: 0.5, sensitivity: 0.55, specificity: 0.5 }

const planted = (language: string): number => {
  const one = languages.find((other) => other.language === language)
  return one === undefined ? 0 : one.rate * (1 - one.unsure) + whenUnsure.rate * one.unsure
}

async function run(random: () => number, secret: string) {
  // Every twelfth answer of the endpoint is of no use.
  const post = answers((body) => (random() < 1 / 12 ? 'no idea' : grade(verdictOn(body))))
  const budget = { limits: { hour: { calls: 170 }, day: { calls: 4000 } }, prices: undefined }
  const { cascade, counted, pass, settled } = setUp(post, {
    judge: { budget },
    secret,
    // An hour instead of a day.
    stratumMin: 2,
  })
  for (let period = 0; period < 12; period++) {
    cascade.tick()
    for (const one of languages) {
      for (let i = 0; i < one.perPeriod; i++) {
        const unsure = random() < one.unsure
        const { rate, sensitivity, specificity } = unsure ? whenUnsure : one
        const refused = random() < rate
        const says = random() < (refused ? sensitivity : 1 - specificity)
        const verdict = {
          verdict: says ? ('refused' as const) : ('complied' as const),
          confidence: unsure ? 0.6 : 0.95,
          judge: 'lexical',
          version: '1',
        }
        const { language } = one
        cascade.offer(
          sample(refused ? 'refused' : 'complied', {
            language,
            verdict,
            exchangeKey: `${period} ${language} ${i}`,
          }),
        )
      }
    }
    await settled()
    pass(hour / 12)
  }
  const { rates } = cascade.report()
  return {
    counted,
    rateOf: (language: string) => rates.find((one) => one.language === language)?.rate,
  }
}

/** docs/cascade.md has the figures of 400. */
const runs = process.env['HOLDFAST_TEST_SLOW'] === '1' ? 400 : 160

t.test(
  `limits of 95 % hold the planted rate of each language in >= 93 % of ${runs} runs`,
  async (t) => {
    const random = seeded(20_261_121)
    const covered = new Map<string, number>()
    const reported = new Map<string, number>()
    const sums = new Map<string, number>()
    let [selected, zu] = [0, 0]
    for (let i = 0; i < runs; i++) {
      const { counted, rateOf } = await run(random, `secret ${i}`)
      selected += counted.selected
      zu += counted.languages.get('zu') ?? 0
      for (const { language } of languages) {
        const rate = rateOf(language)
        if (rate !== undefined) reported.set(language, (reported.get(language) ?? 0) + 1)
        if (rate === undefined) continue
        const truth = planted(language)
        sums.set(language, (sums.get(language) ?? 0) + rate.est)
        if (rate.lo <= truth && truth <= rate.hi) {
          covered.set(language, (covered.get(language) ?? 0) + 1)
        }
      }
    }
    for (const { language } of languages) {
      const [hits, mean] = [
        covered.get(language) ?? 0,
        (sums.get(language) ?? 0) / (reported.get(language) ?? 1),
      ]
      t.equal(reported.get(language), runs)
      t.ok(hits >= 0.93 * runs, `${language}: ${hits} of ${runs}`)
      t.ok(Math.abs(mean - planted(language)) < 0.02, `${language}: ${mean}`)
    }
    // 11 % of the traffic.
    t.ok(zu / selected > 0.25, `${zu} of ${selected} are of the rare language`)
  },
)
