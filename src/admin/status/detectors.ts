/** Detectors: which has an open episode, which comes near one, and what each would need to see a fall. */

import { createWager } from '../../drift/e-detector.ts'
import { liveOutcomes, samplesToDetect } from '../../drift/growth.ts'
import { type Html, html } from './html.ts'
import type { DetectorRow, MonitorView } from './monitor-view.ts'
import { count, decimal, duration, instant, plural, signed } from './numbers.ts'
import { paged, pageLinks } from './paged.ts'
import { type Snapshot, viewOf } from './snapshot.ts'
import { sparkline } from './sparkline.ts'
import { strataOf } from './strata.ts'
import { table } from './table.ts'
import { languageName, metricName, shortSetName } from './wording.ts'

export const unitOf = ({ kind }: DetectorRow): string => (kind === 'live' ? 'tick' : 'run')

export const isOpen = ({ openSince }: DetectorRow): boolean => openSince !== undefined

/** Open ones first, then by evidence, then those with data. */
export const byEvidence = (rows: readonly DetectorRow[]): DetectorRow[] =>
  [...rows].sort(
    (a, b) =>
      Number(isOpen(b)) - Number(isOpen(a)) ||
      b.ratio - a.ratio ||
      b.differences - a.differences ||
      (a.id < b.id ? -1 : 1),
  )

export const detectorUrl = ({ id }: DetectorRow): string =>
  `/status/detectors/${encodeURIComponent(id)}`

/** `live` ticks are times; runs have their number. */
export function openSinceText(row: DetectorRow, view: MonitorView, now: number): string {
  const { openSince, kind } = row
  if (openSince === undefined) return 'no open episode'
  if (kind === 'probe') return `open since run ${count(openSince)}`
  if (view.tickMs === undefined) return `open since tick ${openSince}`
  const at = openSince * view.tickMs
  return `open since ${instant(at)}, ${duration(now - at)} ago`
}

export function stateOf(row: DetectorRow): { mark: string; text: string; name: string } {
  if (isOpen(row)) return { mark: '▲', text: 'episode open', name: 'alarm' }
  if (row.active === 0) return { mark: '○', text: 'waits for data', name: 'waits' }
  return row.ratio >= 0.5
    ? { mark: '◆', text: 'evidence grows', name: 'grows' }
    : { mark: '●', text: 'watches', name: 'calm' }
}

/** What D is taken against. */
export function nullText({ g0, reference, source }: DetectorRow): string {
  const from = source === undefined ? '' : ` (${source})`
  const gap = g0 === undefined ? '' : `${signed(100 * g0)} points`
  return reference === undefined
    ? `${gap}${from}`
    : `reference ${decimal(reference)}, ${gap}${from}`
}

export interface Delay {
  differences: number
  /** At the pace so far; undefined: there is none yet. */
  ticks: number | undefined
}

const plantedFall = 0.2

/**
 * What a fall of 20 points needs to be seen, if it lasts and the judge makes no errors (growth.ts).
 * Undefined: of detectors other than the live gap, or without a rate in English.
 */
export function delayOf(row: DetectorRow, snapshot: Snapshot): Delay | 'never' | undefined {
  const { metric, set, g0, threshold, active, differences } = row
  if (metric !== 'refusal_gap' || g0 === undefined || threshold === undefined) return undefined
  if (!(g0 > -1 && g0 < 1)) return undefined
  const english = strataOf(snapshot).find((one) => one.language === 'en' && one.set === set)
  if (english === undefined || english.rate.est < plantedFall) return undefined
  const outcomes = liveOutcomes(english.rate.est, plantedFall, { sensitivity: 1, specificity: 1 })
  const needed = samplesToDetect(outcomes, createWager(g0), threshold)
  if (needed === undefined) return 'never'
  const pace = active === 0 ? undefined : differences / active
  return {
    differences: Math.ceil(needed),
    ticks: pace === undefined ? undefined : Math.ceil(needed / pace),
  }
}

export function delayText(row: DetectorRow, snapshot: Snapshot): string {
  const delay = delayOf(row, snapshot)
  if (delay === undefined) return 'not known'
  if (delay === 'never') return 'never: the null is wider than 20 points'
  const pairs = plural(delay.differences, 'pair')
  if (delay.ticks === undefined) return `${pairs}; none so far`
  const tickMs = viewOf(snapshot)?.tickMs
  return tickMs === undefined
    ? `${pairs}, ${plural(delay.ticks, 'tick')}`
    : `${pairs}, ${duration(delay.ticks * tickMs)}`
}

const stateCell = (row: DetectorRow): Html => {
  const { mark, text, name } = stateOf(row)
  return html`<span class="state ${name}"><span aria-hidden="true">${mark}</span> ${text}</span>`
}

export interface DetectorList {
  rows: readonly DetectorRow[]
  caption: string
}

export function detectorTable({ rows, caption }: DetectorList): Html {
  return table({
    id: 'detectors-table',
    caption,
    columns: [
      { head: 'Detector' },
      { head: 'Language' },
      { head: 'State' },
      { head: 'Evidence', number: true },
      { head: 'Over time' },
      { head: 'n', number: true, wide: true },
      { head: 'Requests', wide: true },
      { head: 'No change is', wide: true },
    ],
    rows: rows.map((row) => [
      html`<a href="${detectorUrl(row)}">${metricName(row.metric)}${row.null === 'breach' ? ', policy' : ''}</a>`,
      html`${languageName(row.language)}`,
      stateCell(row),
      html`${decimal(row.ratio)}`,
      sparkline(row.points, { unit: unitOf(row) }),
      html`${count(row.differences)}`,
      html`${shortSetName(row.set)}`,
      html`${nullText(row)}`,
    ]),
  })
}

const nothingKnown = (snapshot: Snapshot): Html | undefined => {
  const { monitor } = snapshot
  if (monitor.kind === 'off') {
    return html`<p>No detector runs: <code>drift.enabled</code> or <code>capture.enabled</code> is false.</p>`
  }
  return viewOf(snapshot) === undefined
    ? html`<p>Not known: the monitor has not answered since this process started.</p>`
    : undefined
}

export function detectorsSection(snapshot: Snapshot, max: number): Html {
  const view = viewOf(snapshot)
  if (view === undefined) return nothingKnown(snapshot) ?? html``
  const rows = byEvidence(view.detectors).filter(
    (row, i) => i < max && (isOpen(row) || row.active > 0),
  )
  const waiting = view.detectors.filter((row) => !isOpen(row) && row.active === 0).length
  const all = html`<p><a href="/status/detectors">All ${plural(view.detectors.length, 'detector')}</a>${waiting > 0 ? `; ${count(waiting)} wait for data` : ''}. Evidence 1 opens an episode: A = ${count(view.threshold)}, so that false pages stay within the budget.</p>`
  if (rows.length === 0) return html`<p>No detector has data yet.</p>${all}`
  return html`${detectorTable({ rows, caption: 'Detectors with data, those nearest to an episode first.' })}${all}`
}

const pageSize = 50

/** All of them, in pages. */
export function detectorPages(snapshot: Snapshot, page: number): Html {
  const view = viewOf(snapshot)
  if (view === undefined) return nothingKnown(snapshot) ?? html``
  const rows = byEvidence(view.detectors)
  const part = paged(rows, page, pageSize)
  return html`${detectorTable({
    rows: part.shown,
    caption: `Detectors ${part.range}, those nearest to an episode first.`,
  })}${pageLinks(part, { url: '/status/detectors', name: 'Pages of detectors' })}`
}
