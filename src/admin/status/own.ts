/** holdfast itself: whether it looks, what it lost, since when. */
import { type FigureRow, sumsBy } from './figures.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'
import { count, duration, instant, unknown } from './numbers.ts'
import { type Snapshot, viewOf } from './snapshot.ts'
import { facts } from './table.ts'
import { words } from './wording.ts'

const byReason = (rows: readonly FigureRow[], label: string, none: string): string => {
  const parts = Array.from(sumsBy(rows, label)).filter(([, n]) => n > 0)
  return parts.length === 0
    ? none
    : parts
        .sort((a, b) => b[1] - a[1])
        .map(([name, n]) => `${words(name)} ${count(n)}`)
        .join(', ')
}

export function ownSection(snapshot: Snapshot): Html {
  const { figures, now, startedAt, monitorUp, facts: known, inFlight } = snapshot
  const view = viewOf(snapshot)
  // Gauges of a monitor that hangs stand still.
  const stateUp = monitorUp ? figures.sum('holdfast_state_up') : undefined
  const partial = monitorUp ? figures.sum('holdfast_drift_partial') : undefined
  const folded = figures.sum('holdfast_drift_folded_timestamp_seconds')
  const baseline = view?.baselines?.find(({ active }) => active)?.name
  const others = view?.baselines?.filter(({ active }) => !active).length ?? 0
  return facts([
    ['Version', known.version],
    ['Started', `${instant(startedAt)}, ${duration(now - startedAt)} ago`],
    [
      'Monitor',
      monitorUp
        ? html`<span class="state calm"><span aria-hidden="true">●</span> up</span>`
        : html`<span class="state alarm"><span aria-hidden="true">▲</span> down: nothing is judged</span>`,
    ],
    [
      'Restarts of the monitor',
      byReason(figures.rows('holdfast_monitor_restarts_total'), 'reason', 'none'),
    ],
    ['State store', stateUp === undefined ? unknown : stateUp === 1 ? 'up' : 'down'],
    ['Statistics', partial === undefined ? unknown : partial === 1 ? 'partial' : 'whole'],
    [
      'Last tick folded',
      folded === undefined
        ? 'none so far'
        : `${instant(folded * 1000)}, ${duration(now - folded * 1000)} ago`,
    ],
    [
      'Baseline',
      view?.baselines === undefined
        ? unknown
        : `${baseline ?? 'none in force'}${others > 0 ? `; ${count(others)} kept` : ''}`,
    ],
    ['Sampled and in flight', count(inFlight)],
    ['Dropped by stage', byReason(figures.rows('holdfast_dropped_total'), 'stage', 'nothing')],
    [
      'Errors of upstreams',
      byReason(figures.rows('holdfast_upstream_errors_total'), 'kind', 'none'),
    ],
    ['Refused connections', count(figures.sum('holdfast_connection_refusals_total'))],
    ['Errors of the store', byReason(figures.rows('holdfast_state_errors_total'), 'error', 'none')],
  ])
}
