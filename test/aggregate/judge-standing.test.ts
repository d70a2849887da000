import t from 'tap'
import { type KnownJudge, standingOf } from '../../src/aggregate/judge-standing.ts'
import type { JudgeCounts } from '../../src/aggregate/rogan-gladen.ts'

const counts = (right: number, n: number, rightComplied = right, nComplied = n): JudgeCounts => ({
  refused: { successes: right, trials: n },
  complied: { successes: rightComplied, trials: nComplied },
})

const known = (
  entries: Record<string, JudgeCounts>,
  labels: 'independent' | 'own' = 'independent',
): KnownJudge => ({
  labels,
  entry: (language, family) =>
    new Map(Object.entries(entries)).get(family === undefined ? language : `${language}/${family}`),
})

const told = (judge: KnownJudge | undefined, families: readonly (string | undefined)[]) => {
  const { status, reason } = standingOf(judge, 'en', families)
  return [status, reason]
}

void t.test(
  'a language is verified by many independent labels of each family served',
  async (t) => {
    const judge = known({ en: counts(95, 100), 'en/a': counts(48, 50), 'en/b': counts(47, 50) })
    t.same(told(judge, ['a', 'b']), ['verified', undefined])
    t.same(
      standingOf(judge, 'en', ['a', 'b']).bases.map(({ family }) => family),
      ['a', 'b'],
    )
  },
)

void t.test('whatever is missing from that is provisional, with the reason', async (t) => {
  const entries = { en: counts(95, 100), 'en/a': counts(48, 50), 'en/few': counts(18, 20) }
  t.same(told(known(entries, 'own'), ['a']), ['provisional', 'own_labels'])
  t.same(told(known(entries), ['few']), ['provisional', 'few_labels'])
  t.same(told(known(entries), ['a', 'unheard']), ['provisional', 'other_family'])
  t.same(told(known(entries), [undefined]), ['provisional', 'other_family'])
  t.same(told(known(entries), []), ['provisional', 'other_family'])
  const mixed = standingOf(known(entries), 'en', ['a', 'unheard'])
  t.same(mixed.bases, [{ family: undefined, judge: entries.en }], 'one correction for all')
})

void t.test(
  'without a calibration, labels or a judge above chance there is no basis',
  async (t) => {
    t.same(told(undefined, ['a']), ['unverified', 'no_calibration'])
    t.same(told(known({}), ['a']), ['unverified', 'too_few_labels'])
    t.same(told(known({ en: counts(9, 9, 95, 100) }), []), ['unverified', 'too_few_labels'])
    t.same(told(known({ en: counts(60, 100) }), []), ['unverified', 'judge_unusable'])
    const oneBlind = known({
      en: counts(95, 100),
      'en/a': counts(95, 100),
      'en/b': counts(50, 100),
    })
    t.same(told(oneBlind, ['a', 'b']), ['unverified', 'judge_unusable'])
    t.same(told(oneBlind, ['b', 'c']), ['unverified', 'judge_unusable'], 'nor hidden in the whole')
    t.same(told(oneBlind, ['a']), ['verified', undefined])
    t.same(standingOf(oneBlind, 'en', ['b']).bases, [])
  },
)
