import t from 'tap'
import { lookupOf, sameJudge } from '../../src/judge/calibration.ts'
import { exampleCalibration as calibration } from './calibration-example.ts'

const { judge } = calibration

void t.test('entries are found by language, and by language and family', async (t) => {
  const lookup = lookupOf(calibration, judge)
  t.same(lookup?.entry('en')?.refused, { successes: 190, trials: 200 })
  t.same(lookup?.entry('en', 'gpt-4')?.refused, { successes: 98, trials: 100 })
  t.equal(lookup?.entry('de', 'mistral'), undefined, 'never that of another language')
  t.equal(lookup?.entry('fr'), undefined, 'never that of all languages')
  t.same(lookup?.families('en'), ['gpt-4', 'mistral'])
  t.same(lookup?.families('fr'), [])
  t.same(lookup?.languages, ['en', 'de'])
  t.equal(lookup?.labels, 'independent')
})

void t.test('a calibration of another judge, version or prompt is not used', async (t) => {
  for (const running of [
    { ...judge, id: 'learned' },
    { ...judge, version: '0123456789ac' },
    { ...judge, promptHash: 'abcdef0123456789' },
  ]) {
    t.notOk(sameJudge(calibration.judge, running))
    t.equal(lookupOf(calibration, running), undefined)
  }
})

void t.test('names of Object.prototype are languages nobody labelled', async (t) => {
  t.equal(lookupOf(calibration, judge)?.entry('constructor'), undefined)
  t.same(lookupOf(calibration, judge)?.families('__proto__'), [])
})
