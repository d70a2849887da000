/** What rules name exists, what exists has its rule, and every alert is tested. */
import t from 'tap'
import { detectorMetrics } from '../../src/exchange/detector-metric.ts'
import { unknownNames } from './support/known-names.ts'
import { namesIn } from './support/promql.ts'
import { alertRules, readRuleTests, recordingRules, ruleTestFiles } from './support/rule-files.ts'

const severities = ['page', 'ticket', 'info']

t.test('names in an expression are read with their matchers and groupings', async (t) => {
  t.same(
    namesIn(
      'sum by (le, job) (rate(a_bucket{x="1",y=~"p|q"}[5m])) / on (job) c:d offset 30m > 1e6',
    ),
    {
      selectors: [
        {
          name: 'a_bucket',
          matchers: [
            { label: 'x', operator: '=', value: '1' },
            { label: 'y', operator: '=~', value: 'p|q' },
          ],
        },
        { name: 'c:d', matchers: [] },
      ],
      labels: ['le', 'job', 'job'],
    },
  )
})

t.test('a name that exists nowhere is found', async (t) => {
  t.same(unknownNames('holdfast_sampeld_total'), ['metric holdfast_sampeld_total'])
  t.same(unknownNames('sum by (lang) (holdfast_in_flight)'), ['label lang'])
  t.same(unknownNames('holdfast_in_flight_bucket'), ['metric holdfast_in_flight_bucket'])
  t.same(unknownNames('holdfast_judged_total{depth="1"}'), ['label depth of holdfast_judged_total'])
  t.same(unknownNames('holdfast_judged_total{verdict=~"refused|refusal",source!="live"}'), [
    'value refusal of verdict of holdfast_judged_total',
  ])
  t.same(unknownNames('step:holdfast_coverage:ratio6h{step="seen"}'), [
    'value seen of step of step:holdfast_coverage:ratio6h',
  ])
  t.same(unknownNames('sum by (job, le) (holdfast_proxy_overhead_seconds_bucket{le="1"})'), [])
})

t.test('every metric, label and label value in the rules exists', async (t) => {
  for (const { record, expr } of recordingRules) t.same(unknownNames(String(expr)), [], record)
  for (const { alert, expr } of alertRules) t.same(unknownNames(expr), [], alert)
  t.ok(recordingRules.length >= 40)
  t.ok(alertRules.length >= 30)
})

t.test('recorded names say at which level, of which metric and by which operation', async (t) => {
  for (const { record } of recordingRules) t.match(record, /^[a-z_]*:?[a-z_]+:[a-z0-9_]+$/)
})

t.test('every kind of detector has its alert', async (t) => {
  const watched = alertRules
    .flatMap(({ expr }) => [expr, ...(expr.includes('judge_control') ? ['"judge_control"'] : [])])
    .join('\n')
  t.same(
    detectorMetrics.filter((metric) => !watched.includes(`"${metric}"`)),
    [],
  )
})

t.test('only the evidence of detectors pages', async (t) => {
  const evidence = [
    'metric_null_language_set:holdfast_drift_evidence_ratio:max',
    'language:holdfast_judge_control:max',
  ]
  const pages = alertRules.filter(({ labels }) => labels['severity'] === 'page')
  t.equal(pages.length, 11)
  for (const { alert, expr } of pages) {
    t.same(
      namesIn(expr).selectors.filter(({ name }) => !evidence.includes(name)),
      [],
      alert,
    )
  }
})

t.test('every alert says how urgent it is, what it means and where to go on', async (t) => {
  for (const { alert, labels, annotations } of alertRules) {
    t.match(alert, /^Holdfast[A-Z][A-Za-z]+$/)
    t.same(Object.keys(labels), ['severity'], alert)
    t.ok(severities.includes(labels['severity'] ?? ''), alert)
    t.same(Object.keys(annotations), ['summary', 'description', 'runbook_url', 'dashboard_url'])
    t.equal(annotations['runbook_url'], `docs/runbook.md#${alert.toLowerCase()}`)
    t.match(annotations['dashboard_url'], /^\/d\/holdfast-[a-z]+\?/, alert)
    t.notMatch(annotations['summary'], /\.$/, `${alert}: a summary is no sentence`)
    t.match(annotations['description'], /\.$/, alert)
  }
})

t.test('every alert is tested to fire, to stay silent, and without data', async (t) => {
  const cases = ruleTestFiles.flatMap((file) =>
    readRuleTests(file).tests.flatMap(({ name, alert_rule_test: rows = [] }) =>
      rows.map((row) => ({ ...row, test: name })),
    ),
  )
  const names = alertRules.map(({ alert }) => alert).sort()
  const of = (kept: (row: (typeof cases)[number]) => boolean): string[] =>
    [...new Set(cases.filter(kept).map(({ alertname }) => alertname))].sort()
  t.same(
    of(() => true),
    names,
  )
  t.same(
    of((row) => row.exp_alerts.length > 0),
    names,
  )
  t.same(
    of((row) => row.exp_alerts.length === 0 && row.test !== 'no data'),
    names,
  )
  t.same(
    of((row) => row.exp_alerts.length === 0 && row.test === 'no data'),
    names,
  )
})
