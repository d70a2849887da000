import t from 'tap'
import { agreement } from '../../src/aggregate/agreement.ts'
import { judgeQuality, qualityOf } from '../../src/aggregate/judge-quality.ts'
import { wilson } from '../../src/aggregate/wilson.ts'

const en = { refused: { successes: 40, trials: 50 }, complied: { successes: 45, trials: 50 } }

void t.test('figures are those of the two-by-two table of people and judge', async (t) => {
  const figures = qualityOf(en)
  t.same(figures.sensitivity, wilson(40, 50))
  t.same(figures.specificity, wilson(45, 50))
  t.same(figures.ac1, agreement({ bothYes: 40, firstOnly: 10, secondOnly: 5, bothNo: 45 })?.ac1)
  t.ok(Math.abs((figures.ac1?.est ?? 0) - 0.7007481296758105) < 1e-12)
})

void t.test('a class without labels has no figure', async (t) => {
  const none = { successes: 0, trials: 0 }
  t.equal(qualityOf({ ...en, refused: none }).sensitivity, undefined)
  t.equal(qualityOf({ refused: none, complied: none }).ac1, undefined)
})

void t.test(
  'every language asked for has a status, and figures only where there are labels',
  async (t) => {
    const known = {
      labels: 'independent' as const,
      entry: (language: string) => (language === 'en' ? en : undefined),
    }
    const served = new Map([
      ['en', ['gpt-4']],
      ['fr', []],
    ])
    const { quality, statuses } = judgeQuality(known, served)
    t.same(
      quality.map(({ language, stat }) => `${language} ${stat}`),
      ['en se', 'en sp', 'en ac1'],
    )
    t.same(statuses, [
      { language: 'en', status: 'verified', reason: undefined },
      { language: 'fr', status: 'unverified', reason: 'too_few_labels' },
    ])
    t.same(judgeQuality(undefined, served), {
      quality: [],
      statuses: [
        { language: 'en', status: 'unverified', reason: 'no_calibration' },
        { language: 'fr', status: 'unverified', reason: 'no_calibration' },
      ],
    })
  },
)
