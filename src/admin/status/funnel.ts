/** The way of an exchange to a difference that a detector reads, and where and why it ended before. */
import { admissionOutcomes } from '../../exchange/drift-sample.ts'
import { type Figures, sumsBy } from './figures.ts'
import { type Html, html } from './html.ts'
import { count, percent } from './numbers.ts'
import type { Snapshot } from './snapshot.ts'
import { table } from './table.ts'
import { words } from './wording.ts'

export interface Step {
  name: string
  /** Undefined: nothing counts it here. */
  n: number | undefined
  /** What ended at this step, by reason. */
  ended: readonly { reason: string; n: number }[]
}

const reasonsOf = (figures: Figures, stages: readonly string[]): Step['ended'] => {
  const found = stages.flatMap((stage) =>
    Array.from(
      sumsBy(figures.rows('holdfast_dropped_total', { stage }), 'reason'),
      ([reason, n]) => ({
        reason: `${stage}: ${words(reason)}`,
        n,
      }),
    ),
  )
  return found.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n)
}

const total = (ended: Step['ended']): number => ended.reduce((sum, { n }) => sum + n, 0)

/** From all exchanges down to pairs; each number is that of the step before less what ended and is in flight. */
export function funnelOf({ figures, inFlight, facts }: Snapshot): Step[] {
  const sampled = figures.sum('holdfast_sampled_total') ?? 0
  const notRead = reasonsOf(figures, ['capture', 'queue', 'monitor'])
  const notDecoded = reasonsOf(figures, ['decode'])
  const notSelected = reasonsOf(figures, ['sample'])
  const notJudged = reasonsOf(figures, ['judge'])
  const judged = figures.sum('holdfast_judged_total', { source: 'live' }) ?? 0
  const selected = judged + total(notJudged)
  const decoded = selected + total(notSelected)
  const admissions = sumsBy(figures.rows('holdfast_drift_samples_total'), 'outcome')
  const pairs = figures.sum('holdfast_drift_pairs_total')
  const lost = Array.from(
    sumsBy(figures.rows('holdfast_drift_lost_samples_total'), 'reason'),
    ([reason, n]) => ({ reason: words(reason), n }),
  )
  return [
    { name: 'Exchanges', n: figures.sum('holdfast_exchanges_total'), ended: [] },
    {
      name: 'Sampled',
      n: sampled,
      ended: inFlight > 0 ? [{ reason: 'in flight', n: inFlight }] : [],
    },
    { name: 'Decoded', n: decoded, ended: [...notRead, ...notDecoded] },
    { name: 'Selected', n: selected, ended: notSelected },
    { name: 'Judged', n: judged, ended: notJudged },
    ...(facts.gradedModel === undefined ? [] : [drawnOf(figures)]),
    {
      name: 'Admitted to detectors',
      n: admissions.get('admitted'),
      ended: admissionOutcomes
        .filter((outcome) => outcome !== 'admitted')
        .map((outcome) => ({ reason: words(outcome), n: admissions.get(outcome) ?? 0 }))
        .filter(({ n }) => n > 0),
    },
    { name: 'Paired with English', n: pairs, ended: lost.filter(({ n }) => n > 0) },
  ]
}

const drawnOf = (figures: Figures): Step => {
  const missing = figures.sum('holdfast_selected_missing_total') ?? 0
  return {
    name: 'Drawn for the paid judge',
    n: figures.sum('holdfast_selected_total'),
    ended: missing > 0 ? [{ reason: 'without a verdict of it', n: missing }] : [],
  }
}

/** Losses of ours or of the way, not those that were chosen or that the client made. */
const chosen: ReadonlySet<string> = new Set([
  'conversation_not_selected',
  'client_aborted',
  'upstream_reset',
  'upstream_error',
  'error_status',
  'refused',
])

export function dropsOf(figures: Figures): { sampled: number; lost: number } {
  const lost = figures
    .rows('holdfast_dropped_total')
    .filter(({ labels }) => !chosen.has(labels.get('reason') ?? ''))
    .reduce((sum, { value }) => sum + value, 0)
  return { sampled: figures.sum('holdfast_sampled_total') ?? 0, lost }
}

const share = (n: number | undefined, of: number | undefined): string =>
  n === undefined || of === undefined || of === 0 ? '' : percent(n / of)

export function funnelSection(snapshot: Snapshot): Html {
  const steps = funnelOf(snapshot)
  const sampled = steps.find(({ name }) => name === 'Sampled')?.n
  return table({
    id: 'funnel-table',
    caption: 'From an exchange to a difference that a detector reads, since this process started.',
    columns: [
      { head: 'Step' },
      { head: 'n', number: true },
      { head: 'Of sampled', number: true },
      { head: 'Ended here, and why' },
    ],
    rows: steps.map(({ name, n, ended }) => [
      html`${name}`,
      html`${count(n)}`,
      html`${name === 'Exchanges' ? '' : share(n, sampled)}`,
      ended.length === 0
        ? html`<span class="dim">nothing</span>`
        : html`${ended.map(({ reason, n: lost }) => html`<span class="reason">${reason} ${count(lost)}</span> `)}`,
    ]),
  })
}
