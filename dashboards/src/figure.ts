/**
 * What a panel is to us: a title, what it means, its unit and its expressions. Everything Grafana wants
 * besides is decided here once, so that panels look and behave alike.
 */

import { PanelBuilder as BarsBuilder } from '@grafana/grafana-foundation-sdk/bargauge'
import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  BigValueGraphMode,
  BigValueTextMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table'
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

export interface Figure {
  /** now: one big number for each series. bars: one bar each. table: a row for each label set. */
  kind: 'now' | 'bars' | 'lines' | 'table'
  title: string
  /** What it says, and where it misleads. Shown behind the (i). */
  description: string
  /** Of Grafana: short, percentunit, s, bytes, reqps, ... */
  unit: string
  /** Legend (a column's name in a table) and expression. */
  queries: readonly (readonly [legend: string, expression: string])[]
  /** Of 24. */
  width?: number
  height?: number
  decimals?: number
  min?: number
  max?: number
  stacked?: boolean
  /** Units of columns of a table that have another one. */
  columnUnits?: Readonly<Record<string, string>>
  /** From here on it is red. */
  alarmFrom?: number
  /** The other way round: red up to here. */
  alarmUpTo?: number
  /** Sections of the runbook that belong to it. */
  alerts?: readonly string[]
}

export const datasource = { type: 'prometheus', uid: '${datasource}' }
export const rowHeight = 8

export function panelOf(figure: Figure): Builder<Panel> {
  const builder = kinds[figure.kind](figure)
    .title(figure.title)
    .description(figure.description)
    .datasource(datasource)
    .unit(figure.unit)
    .span(figure.width ?? 12)
    .height(figure.height ?? rowHeight)
    .targets(targetsOf(figure))
    .thresholds(thresholdsOf(figure))
    .links((figure.alerts ?? []).map(runbookLink))
  if (figure.decimals !== undefined) builder.decimals(figure.decimals)
  if (figure.min !== undefined) builder.min(figure.min)
  if (figure.max !== undefined) builder.max(figure.max)
  for (const [column, unit] of Object.entries(figure.columnUnits ?? {})) {
    builder.overrideByName(column, [{ id: 'unit', value: unit }])
  }
  return builder
}

const latest = () => new ReduceDataOptionsBuilder().calcs(['lastNotNull'])

const kinds = {
  now: ({ queries }: Figure) =>
    new StatBuilder()
      .noValue('not known')
      .graphMode(BigValueGraphMode.None)
      // A name that is the same for every series says nothing.
      .textMode(
        queries.some(([legend]) => legend.includes('{{'))
          ? BigValueTextMode.ValueAndName
          : BigValueTextMode.Value,
      )
      .reduceOptions(latest()),
  bars: () =>
    new BarsBuilder()
      .noValue('not known')
      .min(0)
      .orientation(VizOrientation.Horizontal)
      .reduceOptions(latest()),
  lines: ({ stacked, alarmFrom }: Figure) => {
    const builder = new LinesBuilder()
      .noValue('not known')
      .lineWidth(2)
      .fillOpacity(stacked === true ? 40 : 0)
      .legend(
        new VizLegendOptionsBuilder()
          .displayMode(LegendDisplayMode.List)
          .placement(LegendPlacement.Bottom)
          .showLegend(true)
          .calcs([]),
      )
      .tooltip(
        new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
      )
    if (stacked === true) {
      builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
    }
    if (alarmFrom !== undefined) {
      const line = new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed)
      builder.thresholdsStyle(line)
    }
    return builder
  },
  table: ({ queries }: Figure) =>
    new TableBuilder()
      .noValue('not known')
      .withTransformation({ id: 'merge', options: {} })
      .withTransformation({
        id: 'organize',
        options: {
          excludeByName: { Time: true, __name__: true },
          renameByName: Object.fromEntries(
            queries.map(([legend], at) => [
              queries.length === 1 ? 'Value' : `Value #${refId(at)}`,
              legend,
            ]),
          ),
        },
      }),
} as const satisfies Record<Figure['kind'], (figure: Figure) => unknown>

const refId = (at: number): string => String.fromCharCode('A'.charCodeAt(0) + at)

const targetsOf = ({ kind, queries }: Figure): DataqueryBuilder[] =>
  queries.map(([legend, expression], at) => {
    const query = new DataqueryBuilder().refId(refId(at)).datasource(datasource).expr(expression)
    if (kind === 'table') return query.instant().format(PromQueryFormat.Table)
    const shown = query.legendFormat(legend).format(PromQueryFormat.TimeSeries)
    return kind === 'lines' ? shown.range() : shown.instant()
  })

/** Calm is the colour of what has no limit too: green would say that somebody checked. */
function thresholdsOf({ alarmFrom, alarmUpTo }: Figure): ThresholdsConfigBuilder {
  const steps: Threshold[] =
    alarmUpTo === undefined
      ? [{ value: null, color: 'blue' }]
      : [
          { value: null, color: 'red' },
          { value: alarmUpTo, color: 'blue' },
        ]
  if (alarmFrom !== undefined) steps.push({ value: alarmFrom, color: 'red' })
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps)
}

/** The base is a variable of the dashboard: where the runbook is served is the operator's to say. */
const runbookLink = (alert: string): DashboardLinkBuilder =>
  new DashboardLinkBuilder(`Runbook: ${alert}`)
    .type(DashboardLinkType.Link)
    .url(`\${runbook}#${alert.toLowerCase()}`)
    .targetBlank(true)
