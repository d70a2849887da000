import t from 'tap'
import {
  findingOf,
  languageName,
  metricExplained,
  metricName,
  setName,
  shortSetName,
  words,
} from '../../../src/admin/status/wording.ts'
import { detectorMetrics, detectorSets } from '../../../src/exchange/detector-metric.ts'

void t.test('languages by name and code; a code that names none stands as it is', async (t) => {
  t.strictSame(['bn', 'sw', 'und', 'other', 'all', 'qq', '<b>', ''].map(languageName), [
    'Bengali (bn)',
    'Swahili (sw)',
    'Not determined (und)',
    'Other languages',
    'All languages',
    'qq',
    '<b>',
    '',
  ])
})

void t.test('every metric and set has words of its own', async (t) => {
  for (const metric of detectorMetrics) {
    t.not(metricName(metric), metric)
    t.notMatch(findingOf(metric), 'an open episode of')
    t.not(metricExplained(metric), '')
  }
  for (const set of detectorSets) t.not(setName(set), set)
  t.strictSame(
    [metricName('new'), findingOf('new'), metricExplained('new')],
    ['new', 'an open episode of new', ''],
  )
  t.strictSame([setName('new'), shortSetName('new'), words('a_b')], ['new', 'new', 'a b'])
})
