/** Where exchanges are found: behind each detector; first those with an open episode. */
import { detectorUrl } from './detectors.ts'
import { noEvidence } from './exchanges.ts'
import { type Html, html } from './html.ts'
import type { DetectorRow } from './monitor-view.ts'
import { languageName, metricName, setName } from './wording.ts'

export function exchangesOverview(open: readonly DetectorRow[], isKept: boolean): Html {
  if (!isKept) return noEvidence
  const links =
    open.length === 0
      ? html`<p>No detector has an open episode.</p>`
      : html`<ul>${open.map((row) => html`<li><a href="${detectorUrl(row)}">${metricName(row.metric)}, ${languageName(row.language)}, ${setName(row.set)}</a></li>`)}</ul>`
  return html`<p>Exchanges are shown behind the detector that they counted for. With an open episode:</p>${links}<p><a href="/status/detectors">All detectors</a></p>`
}
