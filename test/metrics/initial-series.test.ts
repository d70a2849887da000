import t from 'tap'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import { initialLabels, initialSeries, linesPerSet } from '../../src/metrics/initial-series.ts'

const configured = { languages: ['en', 'de'], models: ['m'] }

t.test('label sets start at 0 for what this build can produce', (t) => {
  t.strictSame(initialLabels('holdfast_in_flight', configured), [[]])
  t.strictSame(initialLabels('holdfast_build_info', configured), [])
  t.strictSame(initialLabels('holdfast_judge_quality', configured), [], 'unknown is not 0')
  t.strictSame(initialLabels('holdfast_answer_language_total', configured), [
    ['en'],
    ['de'],
    ['other'],
    ['und'],
  ])
  // 1 source x 4 languages x 1 set x 5 verdicts
  t.equal(initialLabels('holdfast_judged_total', configured).length, 20)
  // 4 languages x 1 set x 15 cells x 5 verdicts
  t.equal(initialLabels('holdfast_judged_cell_total', configured).length, 300)
  // m, other, unknown x 5 verdicts
  t.equal(initialLabels('holdfast_judged_model_total', configured).length, 15)
  t.end()
})

t.test('drop reasons start with their own stage only', (t) => {
  const pairs = initialLabels('holdfast_dropped_total', configured).map((pair) => pair.join(' '))
  t.ok(pairs.includes('decode unknown_shape'))
  t.ok(pairs.includes('monitor monitor_lost'))
  t.notOk(pairs.includes('queue unknown_shape'))
  t.equal(new Set(pairs).size, pairs.length)
  t.end()
})

t.test('a histogram counts with all of its lines', (t) => {
  t.equal(linesPerSet('holdfast_in_flight'), 1)
  t.equal(linesPerSet('holdfast_time_to_first_byte_seconds'), 14 + 3)
  t.end()
})

t.test('the default languages stay far under the default cap', (t) => {
  const series = initialSeries({ languages: coreLanguages, models: [] })
  t.ok(series > 3000 && series < 7000, `${series}`)
  t.end()
})
