/** One detector: its evidence over time, its null, what it needs, its episode, and how to close it. */
import { delayText, nullText, openSinceText, stateOf, unitOf } from './detectors.ts'
import { exchangesSection, type ReadExchanges } from './exchanges.ts'
import { type Html, html } from './html.ts'
import type { DetectorRow, MonitorView } from './monitor-view.ts'
import { count, decimal, instant } from './numbers.ts'
import type { Snapshot } from './snapshot.ts'
import { sparkline, thin } from './sparkline.ts'
import { facts, table } from './table.ts'
import { findingOf, languageName, metricExplained, setName } from './wording.ts'

const pointsShown = 24

const when = (row: DetectorRow, view: MonitorView, tick: number): string =>
  row.kind === 'live' && view.tickMs !== undefined
    ? instant((tick + 1) * view.tickMs)
    : `${unitOf(row)} ${count(tick)}`

function course(row: DetectorRow, view: MonitorView): Html {
  const { points } = row
  if (points.length === 0)
    return html`<p>No evidence has been recorded since this process started.</p>`
  const unit = unitOf(row)
  const [first] = points
  const last = points.at(-1)
  return html`<figure>${sparkline(points, { width: 640, height: 120, pointsMax: 168, unit })}
<figcaption>${first === undefined || last === undefined ? '' : `${when(row, view, first.tick)} to ${when(row, view, last.tick)}`}. The dashed line is 1, where an episode opens.</figcaption></figure>
<details id="course-${row.id}"><summary>The same as a table</summary>${table({
    id: 'course-table',
    caption: `Evidence at the end of a ${unit}; of many, the highest of each stretch.`,
    columns: [{ head: `End of the ${unit}` }, { head: 'Evidence', number: true }],
    rows: thin(points, pointsShown).map(({ tick, ratio }) => [
      html`${when(row, view, tick)}`,
      html`${decimal(ratio, 3)}`,
    ]),
  })}</details>`
}

const hostForm = /^[\w.-]{1,253}(?::\d{1,5})?$|^\[[\da-fA-F:.]{2,45}\](?::\d{1,5})?$/

/** @param host as the client named it; anything but a host gives a placeholder */
const acknowledgement = ({ id }: DetectorRow, host: string, hasToken: boolean): Html => {
  const address = hostForm.test(host) ? host : 'HOST:PORT'
  return html`<h3>Close the episode</h3><p>An operator closes it once it has been looked at; evidence since the last crossing is kept.</p>
<pre tabindex="0"><code>curl -X POST -H "authorization: Bearer $(cat TOKEN_FILE)" \\
  http://${address}/detectors/${id}/acknowledge</code></pre>${
    hasToken
      ? undefined
      : html`<p>Operator endpoints are off: <code>operator.token_file</code> is not set.</p>`
  }`
}

export interface DetectorPage {
  row: DetectorRow
  view: MonitorView
  snapshot: Snapshot
  host: string
  /** Undefined: no evidence is kept. */
  exchanges: ReadExchanges | undefined
}

export function detectorPage({ row, view, snapshot, host, exchanges }: DetectorPage): Html {
  const { mark, text } = stateOf(row)
  const isOpen = row.openSince !== undefined
  return html`<section aria-labelledby="state-head"><h2 id="state-head"><span aria-hidden="true">${mark}</span> State: ${text}</h2>
${isOpen ? html`<p class="callout"><strong>${languageName(row.language)}</strong>: ${findingOf(row.metric)}; ${openSinceText(row, view, snapshot.now)}.</p>` : undefined}
${course(row, view)}
${facts([
  ['What it compares', metricExplained(row.metric)],
  ['Against', row.null === 'breach' ? 'the policy (breach)' : 'its own baseline (drift)'],
  ['Requests', setName(row.set)],
  ['No change is', nullText(row)],
  ['Evidence now', `${decimal(row.ratio)} of 1`],
  ['Threshold A', count(row.threshold)],
  ['Differences', `${count(row.differences)} in ${count(row.active)} ${unitOf(row)}s with data`],
  ['A fall of 20 points shows after', delayText(row, snapshot)],
  ['Episodes so far', count(row.episodes)],
  ['Episode', openSinceText(row, view, snapshot.now)],
  ['Identity', html`<code>${row.id}</code>`],
])}
${isOpen ? acknowledgement(row, host, snapshot.facts.operatorToken) : undefined}</section>
<section aria-labelledby="exchanges-head"><h2 id="exchanges-head">Exchanges behind it</h2>${exchangesSection(exchanges)}</section>`
}
