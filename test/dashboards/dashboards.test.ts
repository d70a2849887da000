/** The committed dashboards are the generated ones, and no panel is dead: what they name exists. */
import { readFileSync } from 'node:fs'
import t from 'tap'
import { generatedDashboards, pages } from '../../dashboards/src/dashboards.ts'
import { metricNames } from '../../src/metrics/catalogue.ts'
import { metricOf, unknownNames } from '../rules/support/known-names.ts'
import { namesIn } from '../rules/support/promql.ts'
import { alertRules, recordingRules } from '../rules/support/rule-files.ts'
import { dashboardFiles, dashboards, panelsOf } from './support/committed.ts'

const generated = generatedDashboards()
const panels = dashboards.flatMap((dashboard) =>
  panelsOf(dashboard).map((panel) => ({ ...panel, dashboard })),
)
const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
const named = (texts: readonly (string | number)[]): Set<string> =>
  new Set(texts.flatMap((text) => namesIn(String(text)).selectors.map(({ name }) => name)))
const ruleExpressions = [...recordingRules, ...alertRules].map(({ expr }) => expr)

t.test('the committed files are what the generator writes', async (t) => {
  t.same(dashboardFiles, [...generated.keys()].sort())
  for (const [name, text] of generated) {
    t.equal(readFileSync(`dashboards/${name}`, 'utf8'), text, `${name}: npm run dashboards`)
  }
})

t.test('dashboards can be provisioned as they are, into Grafana 9 to 13', async (t) => {
  for (const dashboard of dashboards) {
    const { uid, id, schemaVersion, editable, tags, templating } = dashboard
    t.match(uid, /^holdfast-[a-z]+$/)
    t.equal(id, null, uid)
    t.ok(schemaVersion >= 39 && schemaVersion <= 42, `${uid}: classic schema ${schemaVersion}`)
    t.equal(editable, false, uid)
    t.same(tags, ['holdfast'], uid)
    t.notOk('__inputs' in dashboard || '__requires' in dashboard, uid)
    t.match(templating.list[0], { name: 'datasource', type: 'datasource', query: 'prometheus' })
    t.equal(templating.list[1]?.name, 'job', uid)
  }
  t.equal(new Set(dashboards.map(({ uid }) => uid)).size, 7)
})

t.test('every panel says what it shows, in which unit, of which source', async (t) => {
  for (const { title, description, dashboard, datasource, targets = [], fieldConfig } of panels) {
    const at = `${dashboard.uid}: ${title}`
    t.ok(title.length > 3, at)
    t.match(description, /^.{20,}\.$/s, at)
    t.ok((fieldConfig?.defaults.unit ?? '') !== '', at)
    t.same(datasource, { type: 'prometheus', uid: '${datasource}' }, at)
    t.ok(targets.length > 0, at)
    t.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, at)
    for (const target of targets) {
      t.same(target.datasource, { type: 'prometheus', uid: '${datasource}' }, at)
      t.ok(target.expr.length > 0, at)
    }
  }
  t.ok(panels.length >= 80, `${panels.length} panels`)
})

t.test('panels have numbers of their own and do not lie on each other', async (t) => {
  for (const { uid, panels } of dashboards) {
    t.same(
      panels.map(({ id }) => id),
      panels.map((_, at) => at + 1),
      uid,
    )
    const taken = new Set<string>()
    for (const { gridPos, title } of panels) {
      t.ok(gridPos.x + gridPos.w <= 24, title)
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          if (taken.has(`${x} ${y}`)) t.fail(`${uid}: ${title} lies on another panel`)
          taken.add(`${x} ${y}`)
        }
      }
    }
  }
})

t.test('rows of a table merge: no column is the name of a series', async (t) => {
  const tables = panels.filter(({ type, targets = [] }) => type === 'table' && targets.length > 1)
  for (const { targets = [] } of tables) {
    for (const { expr } of targets) t.match(expr, /^\(?(?:sum|max) by \(/, expr)
  }
  t.equal(tables.length, 4)
})

t.test('every metric, label and value in a panel exists', async (t) => {
  for (const expression of expressions) t.same(unknownNames(expression), [], expression)
  for (const { uid, templating } of dashboards) {
    for (const { name, query } of templating.list) {
      const [, metric = '', label] =
        /^label_values\((\w+), (\w+)\)$/.exec(typeof query === 'string' ? '' : query.query) ?? []
      if (label === undefined) continue
      t.equal(label, name, uid)
      t.same(unknownNames(`sum by (${label}) (${metric})`), [], uid)
    }
  }
})

t.test(
  'every expression is of the chosen deployments and of variables that are there',
  async (t) => {
    for (const { title, dashboard, targets = [] } of panels) {
      const known = new Set([
        ...dashboard.templating.list.map(({ name }) => name),
        '__rate_interval',
      ])
      for (const { expr } of targets) {
        for (const { name, matchers } of namesIn(expr).selectors) {
          const job = matchers.find(({ label }) => label === 'job')
          t.same(job, { label: 'job', operator: '=~', value: '$job' }, `${title}: ${name}`)
        }
        for (const [, variable = ''] of expr.matchAll(/\$(\w+)/g)) t.ok(known.has(variable), expr)
      }
    }
  },
)

t.test('a rate is of the interval of the panel, or of whole days', async (t) => {
  const ranges = expressions.flatMap((expression) =>
    [...expression.matchAll(/\[([^\]]+)\]/g)].map(([, range]) => range),
  )
  t.same([...new Set(ranges)].sort(), ['$__rate_interval', '1d', '7d'])
})

t.test('every metric is on a panel or in a rule', async (t) => {
  const used = new Set([...named([...expressions, ...ruleExpressions])].map(metricOf))
  t.same(
    metricNames.filter((name) => !used.has(name)),
    [],
  )
})

t.test('every recorded series is read by somebody', async (t) => {
  const read = named([...expressions, ...ruleExpressions])
  t.same(
    recordingRules.map(({ record }) => record).filter((name) => !read.has(name)),
    [],
  )
})

t.test('an alert leads to a dashboard that leads to its section of the runbook', async (t) => {
  const alerts = alertRules.map(({ alert }) => alert)
  for (const { alert, annotations } of alertRules) {
    const [, uid, query = ''] =
      /^\/d\/([\w-]+)\?(.*)$/.exec(annotations['dashboard_url'] ?? '') ?? []
    const dashboard = dashboards.find((one) => one.uid === uid)
    t.ok(dashboard, `${alert}: ${uid}`)
    for (const part of query.split('&')) {
      const variable = part.replace(/^var-(\w+)=.*/s, '$1')
      t.ok(
        dashboard?.templating.list.some(({ name }) => name === variable),
        `${alert}: ${variable}`,
      )
    }
    const links = dashboard?.panels.flatMap(({ links = [] }) => links.map(({ url }) => url)) ?? []
    t.ok(links.includes(`\${runbook}#${alert.toLowerCase()}`), `${alert} on ${uid}`)
  }
  const linked = pages.flatMap(({ rows }) =>
    rows.flatMap(({ figures }) => figures.flatMap((figure) => figure.alerts ?? [])),
  )
  t.same(
    linked.filter((alert) => !alerts.includes(alert)),
    [],
  )
})
