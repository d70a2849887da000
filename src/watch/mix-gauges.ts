/**
 * What moved beside behaviour: the mix of the last day against the baseline's, and the refusal
 * change split into what the mix did and what behaviour did; the pre/post delta of the model series.
 * For panels: none of it pages.
 */
import { mixShift } from '../aggregate/mix-shift.ts'
import { modelDeltas } from '../aggregate/model-delta.ts'
import { type CellRefusals, referenceMix, refusalChanges } from '../aggregate/refusal-change.ts'
import { endSymbol } from '../aggregate/surprisal.ts'
import {
  addBehaviour,
  type BehaviourCounts,
  cellName,
  emptyBehaviour,
} from '../drift/behaviour-counts.ts'
import type { ModelSeries } from '../drift/fleet-state.ts'
import { liveCategories } from '../drift/fold.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { cells } from '../exchange/stratum.ts'
import type { GaugeName, LabelsOf } from '../metrics/catalogue.ts'
import type { Delta } from '../metrics/delta.ts'
import type { WatchReport } from './watch.ts'

export const mixGaugeNames = [
  'holdfast_mix_divergence_bits',
  'holdfast_mix_g_pvalue',
  'holdfast_refusal_change',
  'holdfast_reference_mix_weight',
  'holdfast_model_delta_points',
  'holdfast_model_delta_review',
] as const satisfies readonly GaugeName[]

const dayMs = 86_400_000

export const mixGauges = (delta: Delta, report: WatchReport, tickMs: number): void => {
  const reference = report.baseline?.behaviour
  const recent = lastDay(report.recent, tickMs)
  const shifts = reference === undefined ? [] : shiftsOf(reference, recent)
  delta.replace(
    'holdfast_mix_divergence_bits',
    shifts.map(({ dimension, shift }) => ({ labels: { dimension }, value: shift.divergenceBits })),
  )
  delta.replace(
    'holdfast_mix_g_pvalue',
    shifts.flatMap(({ dimension, shift: { pValue } }) =>
      pValue === undefined ? [] : [{ labels: { dimension }, value: pValue }],
    ),
  )
  const before = reference === undefined ? [] : rowsOf(reference)
  delta.replace(
    'holdfast_refusal_change',
    refusalChanges(before, rowsOf(recent)).flatMap(({ language, set, change }) => {
      const name = setName(set)
      if (change === undefined || name === undefined) return []
      return (['mix', 'behaviour'] as const).map((component) => ({
        labels: { component, language, set: name },
        value: change[component] / 100,
      }))
    }),
  )
  delta.replace('holdfast_reference_mix_weight', weightsOf(before))
  const deltas = seriesDeltas(report.view?.fleet.series)
  delta.replace(
    'holdfast_model_delta_points',
    deltas.flatMap(({ category, points }) =>
      (['est', 'lo', 'hi'] as const).map((bound) => ({
        labels: { category, bound },
        value: points[bound],
      })),
    ),
  )
  delta.replace(
    'holdfast_model_delta_review',
    deltas.map(({ category, review }) => ({ labels: { category }, value: review ? 1 : 0 })),
  )
}

/** Of ticks that are short, the last ones that are remembered. */
const lastDay = (recent: readonly TickRecord[], tickMs: number): BehaviourCounts => {
  const from = (recent.at(-1)?.tick ?? 0) - Math.ceil(dayMs / tickMs)
  const sum = emptyBehaviour()
  for (const { tick, behaviour } of recent) if (tick > from) addBehaviour(sum, behaviour)
  return sum
}

const shiftsOf = (reference: BehaviourCounts, recent: BehaviourCounts) =>
  (
    [
      ['language', reference.languages, recent.languages],
      ['depth', reference.depths, recent.depths],
      ['tool', callsOf(reference), callsOf(recent)],
    ] as const
  ).flatMap(([dimension, before, after]) => {
    const shift = mixShift(before, after)
    return shift === undefined ? [] : [{ dimension, shift }]
  })

/** How often each tool was called. */
const callsOf = ({ tools }: BehaviourCounts): Map<string, number> => {
  const calls = new Map<string, number>()
  for (const [, after, times] of tools.steps()) {
    if (after !== endSymbol) calls.set(after, (calls.get(after) ?? 0) + times)
  }
  return calls
}

const rowsOf = ({ cells: counted }: BehaviourCounts): CellRefusals[] =>
  Array.from(counted, ([key, { judged, refused }]) => {
    const { language, set, cell } = cellName(key)
    return { language, set, cell, refused, n: judged }
  })

type ChangeSet = LabelsOf<'holdfast_refusal_change'>['set']

/** The sets that rates are read from; of `unsure` none is. */
const setName = (set: string): ChangeSet | undefined => liveCategories.find((name) => name === set)

const weightsOf = (rows: readonly CellRefusals[]) =>
  [...referenceMix(rows)].flatMap(([set, weights]) => {
    const name = setName(set)
    if (name === undefined) return []
    return [...weights].flatMap(([cell, value]) => {
      const known = cells.find((one) => one === cell)
      return known === undefined ? [] : [{ labels: { set: name, cell: known }, value }]
    })
  })

const seriesDeltas = (series: ModelSeries | undefined) => {
  if (series === undefined) return []
  const compared = liveCategories.flatMap((category) => {
    const pre = series.before.get(category)
    const post = series.after.get(category)
    if (pre === undefined || post === undefined) return []
    // Where requests are not classified, most of them ask for help.
    const expected = category === 'should_refuse' ? ('should_refuse' as const) : ('benign' as const)
    return [{ category, expected, pre, post }]
  })
  return modelDeltas(compared).flatMap(({ category, points, review }) => {
    const name = liveCategories.find((one) => one === category)
    return name === undefined ? [] : [{ category: name, points, review }]
  })
}
