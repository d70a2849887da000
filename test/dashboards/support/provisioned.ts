/** The committed Grafana-managed alerts as data, and as the Prometheus alerts that they amount to. */
import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'

export const provisionedFile = 'dashboards/alerting/holdfast.yaml'

interface Evaluator {
  type: 'gt' | 'lt'
  params: readonly [number]
}

export interface ProvisionedRule {
  uid: string
  title: string
  condition: string
  data: readonly [
    { refId: 'A'; datasourceUid: string; model: { expr: string; instant: boolean } },
    { refId: 'B'; model: { type: 'reduce'; expression: 'A'; reducer: string } },
    {
      refId: 'C'
      model: { type: 'threshold'; expression: 'B'; conditions: [{ evaluator: Evaluator }] }
    },
  ]
  noDataState: string
  execErrState: string
  for: string
  dashboardUid: string
  panelId: number
  annotations: Readonly<Record<string, string>>
  labels: Readonly<Record<string, string>>
  isPaused: boolean
}

interface ProvisionedGroup {
  orgId: number
  name: string
  folder: string
  interval: string
  rules: ProvisionedRule[]
}

// The generator writes this shape; a test compares the two.
const file = parse(readFileSync(provisionedFile, 'utf8')) as {
  apiVersion: number
  groups: ProvisionedGroup[]
}
export const { apiVersion, groups: provisionedGroups } = file
export const provisionedRules: readonly ProvisionedRule[] = provisionedGroups.flatMap(
  ({ rules }) => rules,
)

/** Whether the condition holds for a value of the query. */
export function fires({ data }: ProvisionedRule, value: number): boolean {
  const [{ evaluator }] = data[2].model.conditions
  const [limit] = evaluator.params
  return evaluator.type === 'gt' ? value > limit : value < limit
}

const operators = { gt: '>', lt: '<' } as const

/** What Grafana would evaluate, in the words of Prometheus: query, reduction of one value, threshold. */
export const asPrometheusRules = (): string =>
  stringify({
    groups: provisionedGroups.map(({ name, rules }) => ({
      name,
      rules: rules.map((rule) => {
        const [query, , { model }] = rule.data
        const [{ evaluator }] = model.conditions
        return {
          alert: rule.title,
          expr: `(${query.model.expr}) ${operators[evaluator.type]} ${evaluator.params[0]}`,
          for: rule.for,
          labels: rule.labels,
          annotations: Object.fromEntries(
            Object.entries(rule.annotations)
              .filter(([key]) => !key.startsWith('__'))
              .map(([key, text]) => [key, text.replaceAll('$values.B.Value', '$value')]),
          ),
        }
      }),
    })),
  })
