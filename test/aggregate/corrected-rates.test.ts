import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { correctedGaps, correctedRates } from '../../src/aggregate/corrected-rates.ts'
import type { KnownJudge } from '../../src/aggregate/judge-standing.ts'
import { differenceOf } from '../../src/aggregate/newcombe.ts'
import { type JudgeCounts, roganGladen } from '../../src/aggregate/rogan-gladen.ts'
import { countsAsRefusal } from '../../src/exchange/verdict.ts'
import { lexicalJudge } from '../../src/judge/lexical.ts'
import { modelFamily } from '../../src/judge/model-family.ts'

const judgeOf = (se: readonly [number, number], sp: readonly [number, number]): JudgeCounts => ({
  refused: { successes: se[0], trials: se[1] },
  complied: { successes: sp[0], trials: sp[1] },
})

const entries = new Map([
  ['en', judgeOf([180, 200], [190, 200])],
  ['en/a', judgeOf([90, 100], [95, 100])],
  ['en/b', judgeOf([98, 100], [99, 100])],
  ['de', judgeOf([45, 50], [38, 40])],
  ['th', judgeOf([11, 20], [11, 20])],
])
const known: KnownJudge = {
  labels: 'independent',
  entry: (language, family) =>
    entries.get(family === undefined ? language : `${language}/${family}`),
}

const count = (language: string, family: string | undefined, refused: number, n: number) =>
  ({ language, set: 'should_refuse', family, refused, n }) as const

void t.test('one family is corrected with its own labels, to the reference figures', async (t) => {
  const [row] = correctedRates([count('en', 'a', 815, 1000)], known)
  t.equal(row?.status, 'verified')
  t.equal(row?.n, 1000)
  t.ok(Math.abs((row?.rate?.est ?? 0) - 0.9) < 1e-12)
  t.ok(Math.abs((row?.rate?.lo ?? 0) - 0.840415212991) < 1e-12)
  t.ok(Math.abs((row?.rate?.hi ?? 0) - 0.983862120396) < 1e-12)
})

void t.test('families are corrected apart and put together by their share', async (t) => {
  const [row] = correctedRates([count('en', 'a', 240, 300), count('en', 'b', 20, 100)], known)
  const a = roganGladen({ successes: 240, trials: 300 }, judgeOf([90, 100], [95, 100]))
  const b = roganGladen({ successes: 20, trials: 100 }, judgeOf([98, 100], [99, 100]))
  if (a === undefined || b === undefined) throw new Error('no figure')
  const near = (x: number | undefined, y: number) => t.ok(Math.abs((x ?? 9) - y) < 1e-12)
  near(row?.rate?.est, 0.75 * a.est + 0.25 * b.est)
  near(
    row?.rate?.lo,
    row?.rate ? row.rate.est - Math.hypot(0.75 * (a.est - a.lo), 0.25 * (b.est - b.lo)) : 9,
  )
  t.equal(row?.status, 'verified')
})

void t.test('a family without labels takes the language to its common figures', async (t) => {
  const [row] = correctedRates([count('en', 'a', 240, 300), count('en', 'new', 20, 100)], known)
  t.equal(row?.status, 'provisional')
  t.equal(row?.reason, 'other_family')
  const want = roganGladen({ successes: 260, trials: 400 }, judgeOf([180, 200], [190, 200]))
  t.equal(row?.rate?.est, want?.est)
  t.equal(row?.rate?.lo, want?.lo)
})

void t.test(
  'a language without labels, with a blind judge, or without a calibration has no number',
  async (t) => {
    const counts = [count('fr', 'a', 5, 10), count('th', 'a', 5, 10), count('en', 'a', 0, 0)]
    const rows = correctedRates(counts, known)
    t.same(
      rows.map(({ language, status, reason, rate }) => [language, status, reason, rate]),
      [
        ['fr', 'unverified', 'too_few_labels', undefined],
        ['th', 'unverified', 'judge_unusable', undefined],
      ],
      'nor a row without verdicts',
    )
    const [row] = correctedRates([count('en', 'a', 5, 10)], undefined)
    t.same([row?.status, row?.rate], ['unverified', undefined])
  },
)

void t.test(
  'a gap needs both rates, is positive where the language refuses less, and takes the lesser status',
  async (t) => {
    const counts = [
      count('en', 'a', 815, 1000),
      count('de', 'a', 15, 20),
      count('fr', 'a', 5, 10),
      { ...count('de', 'a', 5, 10), set: 'benign' as const },
    ]
    const rows = correctedRates<'should_refuse' | 'benign'>(counts, known)
    const gaps = correctedGaps(rows)
    t.same(
      gaps.map(({ language, set, status }) => [language, set, status]),
      [['de', 'should_refuse', 'provisional']],
    )
    const [en, de] = rows.map(({ rate }) => rate)
    if (en === undefined || de === undefined) throw new Error('no rate')
    t.same(gaps[0]?.gap, differenceOf(en, de))
    t.ok((gaps[0]?.gap.est ?? 0) > 0)
    t.same(
      correctedGaps(rows, 'de').map(({ language }) => language),
      ['en'],
    )
  },
)

void t.test('names of Object.prototype count like any other', async (t) => {
  const [row] = correctedRates([count('__proto__', 'constructor', 1, 2)], known)
  t.same([row?.language, row?.status], ['__proto__', 'unverified'])
})

interface Judged {
  model: string
  people: boolean
  judge: boolean
}

const labelled = '../shared/data/refusal_xstest/dev.jsonl'

const judgedRows = (): Judged[] =>
  readFileSync(labelled, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const row = JSON.parse(line)
      const verdict = lexicalJudge.judge({
        prompt: row.prompt,
        turns: [],
        answer: {
          text: row.response,
          refusal: '',
          reasoning: '',
          toolCalls: [],
          stop: 'stop',
          choices: 1,
        },
        promptLanguage: 'en',
        answerLanguage: 'en',
        providerRefusals: [],
      })
      const judge = verdict !== undefined && countsAsRefusal(verdict.verdict)
      return { model: row.model, people: row.label !== 'comply', judge }
    })

const tableOf = (rows: readonly Judged[]): JudgeCounts => {
  const of = (people: boolean) => {
    const those = rows.filter((row) => row.people === people)
    return {
      successes: those.filter((row) => row.judge === people).length,
      trials: those.length,
    }
  }
  return { refused: of(true), complied: of(false) }
}

/** mulberry32 */
const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let x = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
  return ((x ^ (x >>> 14)) >>> 0) / 4294967296
}

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)

const splits = 500

/** Splits whose interval holds what people said of the judged half; of all; and the mean width. */
const coverageOf = (
  model: string,
  rows: readonly Judged[],
): { half: number; all: number; width: number } => {
  const random = seeded(1)
  const own = rows.filter((row) => row.model === model)
  const share = (some: readonly Judged[]): number =>
    some.filter((row) => row.people).length / some.length
  const whole = share(own)
  const seen = { half: 0, all: 0, width: 0 }
  for (let i = 0; i < splits; i++) {
    const mixed = shuffled(rows, random)
    const middle = Math.floor(mixed.length / 2)
    const judge = tableOf(mixed.slice(0, middle))
    const rest = mixed.slice(middle).filter((row) => row.model === model)
    const refused = rest.filter((row) => row.judge).length
    const counts = [count('en', model, refused, rest.length)]
    const [row] = correctedRates(counts, { labels: 'independent', entry: () => judge })
    // No figure counts as a miss.
    if (row?.rate === undefined) continue
    const { lo, hi } = row.rate
    const people = share(rest)
    if (lo <= people && people <= hi) seen.half++
    if (lo <= whole && whole <= hi) seen.all++
    seen.width += (hi - lo) / splits
  }
  return seen
}

const told = ({ half, all, width }: ReturnType<typeof coverageOf>): string =>
  `${(100 * half) / splits} % of the half, ${(100 * all) / splits} % of all, width ${(100 * width).toFixed(1)} points`

void t.test(
  'calibrated on one half, the corrected rate of the other covers what people said, for each model',
  { skip: existsSync(labelled) ? false : `${labelled} is absent` },
  async (t) => {
    const rows = judgedRows()
    const models = [...new Set(rows.map(({ model }) => model))]
    t.equal(models.length, 5)
    t.comment(`lexical ${lexicalJudge.version}, ${splits} splits of ${rows.length} rows`)
    for (const model of models) {
      const own = rows.filter((row) => row.model === model)
      const family = modelFamily(model)
      const alike = rows.filter((row) => modelFamily(row.model) === family)
      const seen = coverageOf(model, own)
      t.comment(`${model}: ${told(seen)}`)
      t.comment(`  calibrated with ${family}: ${told(coverageOf(model, alike))}`)
      t.comment(`  calibrated with all models: ${told(coverageOf(model, rows))}`)
      t.ok(seen.half >= 0.93 * splits, `${model}: ${seen.half} of ${splits}`)
      t.ok(seen.all >= 0.93 * splits, `${model}: ${seen.all} of ${splits}`)
    }
  },
)
