/**
 * The Grafana-managed alerts are those of rules/: made from them, and held to the same unit tests.
 * test/e2e/alerts.test.ts asks a real Prometheus their queries.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'
import { generatedAlerting } from '../../dashboards/src/alerting.ts'
import {
  alertRules,
  promtool,
  recordingFile,
  ruleTestFiles,
  promtoolSkip as skip,
} from '../rules/support/rule-files.ts'
import { dashboards } from './support/committed.ts'
import {
  apiVersion,
  asPrometheusRules,
  fires,
  provisionedFile,
  provisionedGroups,
  provisionedRules,
} from './support/provisioned.ts'

t.test('the committed file is what the generator writes', async (t) => {
  t.same([...generatedAlerting().keys()], ['alerting/holdfast.yaml'])
  for (const [name, text] of generatedAlerting()) {
    t.equal(readFileSync(`dashboards/${name}`, 'utf8'), text, `${name}: npm run dashboards`)
  }
})

t.test('every alert is provisioned once, in the form that Grafana loads', async (t) => {
  t.equal(apiVersion, 1)
  t.same(
    provisionedRules.map(({ title }) => title),
    alertRules.map(({ alert }) => alert),
  )
  for (const { orgId, name, folder, interval } of provisionedGroups) {
    t.same({ orgId, folder, interval }, { orgId: 1, folder: 'holdfast', interval: '1m' }, name)
  }
  for (const rule of provisionedRules) {
    const { title, uid, condition, data, noDataState, execErrState, isPaused } = rule
    t.match(uid, /^[a-z][a-z-]{0,39}$/, title)
    t.same(
      data.map(({ refId }) => refId),
      ['A', 'B', 'C'],
      title,
    )
    t.match(data[0], { datasourceUid: 'prometheus', model: { instant: true } }, title)
    t.match(data[1].model, { type: 'reduce', expression: 'A', reducer: 'last' }, title)
    t.match(data[2].model, { type: 'threshold', expression: 'B' }, title)
    t.same(
      { condition, noDataState, execErrState, isPaused },
      { condition: 'C', noDataState: 'OK', execErrState: 'Error', isPaused: false },
      title,
    )
    t.notMatch(JSON.stringify(rule.annotations), /\$value\b/, title)
  }
  t.equal(new Set(provisionedRules.map(({ uid }) => uid)).size, alertRules.length)
})

t.test('an environment variable of Grafana is nowhere read into what it fills in', async (t) => {
  // Grafana replaces $NAME everywhere but in annotations.
  for (const { title, annotations, ...rest } of provisionedRules) {
    t.notMatch(JSON.stringify(rest), /\$/, title)
    t.match(annotations['summary'], /./, title)
  }
  t.match(readFileSync(provisionedFile, 'utf8'), /\$values\.B\.Value/)
})

t.test('an alert leads to the panel that leads to its section of the runbook', async (t) => {
  for (const { title, dashboardUid, panelId, annotations } of provisionedRules) {
    t.equal(annotations['__dashboardUid__'], dashboardUid, title)
    t.equal(annotations['__panelId__'], String(panelId), title)
    const dashboard = dashboards.find(({ uid }) => uid === dashboardUid)
    const panel = dashboard?.panels.find(({ id }) => id === panelId)
    const urls = panel?.links?.map(({ url }) => url) ?? []
    t.ok(urls.includes(`\${runbook}#${title.toLowerCase()}`), `${title}: panel ${panelId}`)
  }
})

t.test('a condition asks no more than the query: any value it returns fires', async (t) => {
  const returned = { HoldfastStateDown: 0, HoldfastMonitorDown: 0, HoldfastJudgeBudgetLow: -120 }
  for (const rule of provisionedRules) {
    const value = new Map<string, number>(Object.entries(returned)).get(rule.title)
    if (value === undefined) continue
    t.equal(fires(rule, value), true, rule.title)
    t.equal(fires(rule, 1), false, rule.title)
  }
  const [gap] = provisionedRules
  t.ok(gap !== undefined && fires(gap, 1) && !fires(gap, 0))
})

void t.test('every unit test of the rules holds for them too', { skip }, async (t) => {
  const folder = t.testdir({ tests: {} })
  mkdirSync(join(folder, 'tests'), { recursive: true })
  writeFileSync(join(folder, 'holdfast.alerts.yaml'), asPrometheusRules())
  writeFileSync(join(folder, 'holdfast.rules.yaml'), readFileSync(recordingFile))
  const ofAlerts = ruleTestFiles.filter((file) => readFileSync(file, 'utf8').includes('alertname:'))
  for (const file of ofAlerts) {
    const copy = join(folder, 'tests', basename(file))
    writeFileSync(copy, readFileSync(file))
    const { status, said } = promtool('test', 'rules', copy)
    t.equal(status, 0, `${file}: ${said}`)
  }
  t.ok(ofAlerts.length >= 9, `${ofAlerts.length} files`)
})
