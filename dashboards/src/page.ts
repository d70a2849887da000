/** A dashboard: rows of figures, and the variables, links and identity that all of ours share. */
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { datasource, type Figure, panelOf } from './figure.ts'

export interface Page {
  /** Fixed: links of alerts lead to it. Also the file's name. */
  uid: string
  title: string
  description: string
  /** Further variables: a label, and the metric whose values of it are offered. */
  variables: readonly { name: string; label: string; of: string }[]
  rows: readonly { title: string; figures: readonly Figure[] }[]
}

/** Every expression has it: several deployments may be scraped by one Prometheus. */
export const jobVariable = { name: 'job', label: 'Deployment', of: 'holdfast_build_info' } as const

const valuesVariable = ({ name, label, of }: Page['variables'][number]): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query(`label_values(${of}, ${name})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: ['All'], value: ['$__all'] })

export function dashboardOf(page: Page): Dashboard {
  const builder = new DashboardBuilder(page.title)
    .uid(page.uid)
    .id(null)
    .description(page.description)
    .tags(['holdfast'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-7d', to: 'now' })
    .refresh('1m')
    .link(
      new DashboardLinkBuilder('holdfast')
        .type(DashboardLinkType.Dashboards)
        .tags(['holdfast'])
        .includeVars(true)
        .keepTime(true),
    )
    .withVariable(
      new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'),
    )
    .withVariable(valuesVariable(jobVariable))
  for (const variable of page.variables) builder.withVariable(valuesVariable(variable))
  builder.withVariable(
    new TextBoxVariableBuilder('runbook').label('Runbook at').defaultValue('docs/runbook.md'),
  )
  for (const { title, figures } of page.rows) {
    builder.withRow(new RowBuilder(title))
    for (const figure of figures) builder.withPanel(panelOf(figure))
  }
  const dashboard = builder.build()
  // Links to a panel name its id: numbered by place, as the builder gives none.
  for (const [at, panel] of (dashboard.panels ?? []).entries()) panel.id = at + 1
  return { ...dashboard, annotations: { list: [] } }
}
