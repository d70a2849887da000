/**
 * The alerts of rules/ as Grafana-managed ones, for who has no ruler or wants them in Grafana: the same
 * expressions, evaluated by Grafana over the same recording rules, which stay in Prometheus. Each alert
 * leads to the panel that shows what it speaks of.
 */
import { readFileSync } from 'node:fs'
import type { Rule } from '@grafana/grafana-foundation-sdk/alerting'
import { parse, stringify } from 'yaml'
import { pages } from './dashboards.ts'
import { dashboardOf } from './page.ts'

interface PrometheusAlert {
  alert: string
  expr: string
  for?: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
}

interface PrometheusGroup {
  name: string
  interval?: string
  rules: PrometheusAlert[]
}

/** As Grafana's file provisioning has a rule: what the API takes, without the place it stands at. */
type ProvisionedRule = Pick<
  Rule,
  'uid' | 'title' | 'condition' | 'noDataState' | 'execErrState' | 'annotations' | 'labels' | 'for'
> & {
  // The SDK types a model by its least part; the rest is of each data source.
  data: (Omit<Rule['data'][number], 'model'> & { model: object })[]
  dashboardUid: string
  panelId: number
  isPaused: boolean
}

const rulesFile = 'rules/holdfast.alerts.yaml'
/** The default of kube-prometheus-stack; a file of alerts cannot have a variable for it. */
const datasourceUid = 'prometheus'
const expressionUid = '__expr__'
const folder = 'holdfast'
/** That of Prometheus, where a group names none. */
const intervalDefault = '1m'

/** File names under dashboards/ and their text. */
export function generatedAlerting(): ReadonlyMap<string, string> {
  // Its shape has passed promtool, which a test asks.
  const { groups } = parse(readFileSync(rulesFile, 'utf8')) as { groups: PrometheusGroup[] }
  const panels = panelsOfAlerts()
  const provisioned = {
    apiVersion: 1,
    groups: groups.map(({ name, interval = intervalDefault, rules }) => ({
      orgId: 1,
      name,
      folder,
      interval,
      rules: rules.map((rule) => provisionedRule(rule, panels)),
    })),
  }
  const text = `# Made from ${rulesFile} by npm run dashboards. Load rules/holdfast.rules.yaml into Prometheus.
# The data source is the one whose uid is "${datasourceUid}": docs/alerting.md.
${stringify(provisioned, { lineWidth: 100, aliasDuplicateObjects: false })}`
  return new Map([['alerting/holdfast.yaml', text]])
}

type Panels = ReadonlyMap<string, { uid: string; id: number }>

/** By alert and dashboard: the first panel that links to its section of the runbook. */
function panelsOfAlerts(): Panels {
  const found = new Map<string, { uid: string; id: number }>()
  for (const page of pages) {
    for (const panel of dashboardOf(page).panels ?? []) {
      for (const { title } of 'links' in panel ? (panel.links ?? []) : []) {
        const key = `${page.uid} ${title?.replace(/^Runbook: /, '')}`
        if (!found.has(key)) found.set(key, { uid: page.uid, id: panel.id ?? 0 })
      }
    }
  }
  return found
}

function provisionedRule(rule: PrometheusAlert, panels: Panels): ProvisionedRule {
  const { alert, expr, labels, annotations } = rule
  const dashboard = /^\/d\/([\w-]+)/.exec(annotations['dashboard_url'] ?? '')?.[1] ?? ''
  const panel = panels.get(`${dashboard} ${alert}`)
  if (panel === undefined) throw new Error(`${alert}: no panel of ${dashboard} links to it`)
  return {
    uid: uidOf(alert),
    title: alert,
    condition: 'C',
    data: [
      {
        refId: 'A',
        datasourceUid,
        relativeTimeRange: { from: 600, to: 0 },
        model: {
          refId: 'A',
          datasource: { type: 'prometheus', uid: datasourceUid },
          expr: expr.trim(),
          instant: true,
          range: false,
        },
      },
      expression('B', { type: 'reduce', expression: 'A', reducer: 'last' }),
      expression('C', {
        type: 'threshold',
        expression: 'B',
        conditions: [{ evaluator: conditionOf(expr) }],
      }),
    ],
    // The comparison is in the query: nothing found is nothing wrong, as in Prometheus.
    noDataState: 'OK',
    execErrState: 'Error',
    for: rule.for ?? '0s',
    dashboardUid: panel.uid,
    panelId: panel.id,
    annotations: {
      ...Object.fromEntries(
        Object.entries(annotations).map(([name, text]) => [name, inGrafana(text.trim())]),
      ),
      __dashboardUid__: panel.uid,
      __panelId__: String(panel.id),
    },
    labels: { ...labels },
    isPaused: false,
  }
}

const expression = (refId: string, model: object): ProvisionedRule['data'][number] => ({
  refId,
  datasourceUid: expressionUid,
  relativeTimeRange: { from: 0, to: 0 },
  model: { refId, datasource: { type: expressionUid, uid: expressionUid }, ...model },
})

/** Stable, so that silences and links outlive a new version; Grafana takes 40 characters. */
const uidOf = (alert: string): string =>
  alert.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()

/** In Grafana `$value` is a text about every query of the rule; the number is that of the reduction. */
const inGrafana = (template: string): string => template.replace(/\$value\b/g, '$values.B.Value')

/**
 * True for every value that the query can return. What is compared stands in the query; a comparison
 * that looks for little (`== 0`, `<`, `<=`) returns values below 1, every other one values above 0.
 */
const conditionOf = (expr: string): { type: 'gt' | 'lt'; params: number[] } =>
  /^(?:<=?|==\s*0(?![.\d]))/.test(comparisonOf(expr))
    ? { type: 'lt', params: [1] }
    : { type: 'gt', params: [0] }

/** The expression from its outermost comparison on; empty: it has none. */
function comparisonOf(expr: string): string {
  let depth = 0
  for (const { 0: token, index } of expr.matchAll(
    /"[^"]*"|[({[\])}]|\b(?:and|unless)\b|[<>=!]+/g,
  )) {
    if ('({['.includes(token)) depth++
    else if ('])}'.includes(token)) depth--
    else if (depth > 0 || token.startsWith('"')) continue
    else if (token === 'and' || token === 'unless') return ''
    else return expr.slice(index)
  }
  return ''
}
