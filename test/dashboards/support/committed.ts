/** The committed dashboards as Grafana reads them. */
import { readdirSync, readFileSync } from 'node:fs'

export interface Target {
  refId: string
  expr: string
  legendFormat?: string
  datasource: { type: string; uid: string }
}

export interface CommittedPanel {
  id: number
  type: string
  title: string
  description?: string
  gridPos: { x: number; y: number; w: number; h: number }
  datasource?: { type: string; uid: string }
  targets?: Target[]
  links?: { title: string; url: string }[]
  fieldConfig?: { defaults: { unit?: string } }
}

export interface CommittedDashboard {
  uid: string
  id: null
  title: string
  schemaVersion: number
  editable: boolean
  tags: string[]
  templating: { list: { name: string; type: string; query: string | { query: string } }[] }
  panels: CommittedPanel[]
}

export const dashboardFiles: readonly string[] = readdirSync('dashboards')
  .filter((name) => name.endsWith('.json') && name !== 'tsconfig.json')
  .sort()

// The generator writes this shape, by Grafana's own types; a test compares the two.
export const dashboards: readonly CommittedDashboard[] = dashboardFiles.map(
  (name) => JSON.parse(readFileSync(`dashboards/${name}`, 'utf8')) as CommittedDashboard,
)

/** Of rows there is nothing to ask. */
export const panelsOf = ({ panels }: CommittedDashboard): CommittedPanel[] =>
  panels.filter(({ type }) => type !== 'row')
