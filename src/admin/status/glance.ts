/**
 * The profile at a glance: is anything drifting, how sure are we, what are we blind to. Silence is told
 * apart from not looking: without data, or without the monitor, the answer is that nothing is known.
 */
import { byEvidence, detectorUrl, isOpen, openSinceText } from './detectors.ts'
import { dropsOf, funnelOf } from './funnel.ts'
import { type Html, html } from './html.ts'
import type { DetectorRow, MonitorView } from './monitor-view.ts'
import { count, decimal, duration, percent, plural } from './numbers.ts'
import { type Snapshot, viewOf } from './snapshot.ts'
import { type Stratum, silentLanguages, strataOf } from './strata.ts'
import { findingOf, languageName, metricName, setName } from './wording.ts'

export interface Headline {
  state: 'drifting' | 'steady' | 'unknown'
  text: string
}

/** A monitor may take so long to load. */
const startingMs = 60_000

const unique = (values: readonly string[]): string[] => [...new Set(values)]

const andList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

const namedMax = 6

/** At most so many names, and how many more there are. */
const named = (items: readonly string[]): string =>
  items.length <= namedMax
    ? andList(items)
    : `${items.slice(0, namedMax).join(', ')} and ${items.length - namedMax} more`

export function headlineOf(snapshot: Snapshot): Headline {
  const { monitor } = snapshot
  if (monitor.kind === 'off') return { state: 'unknown', text: 'Not known: no detector runs' }
  const view = viewOf(snapshot)
  if (view === undefined) {
    const text =
      snapshot.now - snapshot.startedAt < startingMs
        ? 'Not known yet: the monitor is starting'
        : 'Not known: the monitor does not answer'
    return { state: 'unknown', text }
  }
  const open = view.detectors.filter(isOpen)
  if (monitor.kind === 'silent') {
    const before = open.length === 0 ? 'nothing was drifting' : `drifting was ${languagesOf(open)}`
    const text = `Not known: the monitor does not answer; when it last did, ${before}`
    return { state: 'unknown', text }
  }
  if (open.length > 0) return { state: 'drifting', text: `Drifting: ${languagesOf(open)}` }
  return view.detectors.some(({ active }) => active > 0)
    ? { state: 'steady', text: 'No drift found' }
    : { state: 'unknown', text: 'Not known yet: no detector has had data' }
}

const languagesOf = (open: readonly DetectorRow[]): string =>
  named(unique(byEvidence(open).map(({ language }) => languageName(language))))

const episodesMax = 12

function episodes(open: readonly DetectorRow[], view: MonitorView, now: number): Html {
  const shown = byEvidence(open).slice(0, episodesMax)
  return html`<ul class="episodes">${shown.map(
    (row) => html`<li><strong>${languageName(row.language)}</strong>: ${findingOf(row.metric)}<br>
<span class="dim">${metricName(row.metric)}; ${setName(row.set)}; ${openSinceText(row, view, now)}.</span> <a href="${detectorUrl(row)}">Evidence and exchanges<span class="hidden"> of ${metricName(row.metric)}, ${languageName(row.language)}, ${setName(row.set)}</span></a></li>`,
  )}</ul>${open.length > shown.length ? html`<p>And ${plural(open.length - shown.length, 'more episode')}.</p>` : undefined}`
}

function drifting(snapshot: Snapshot): Html {
  const view = viewOf(snapshot)
  const { monitor, now } = snapshot
  if (monitor.kind === 'off') {
    return html`<p>No detector runs: <code>drift.enabled</code> or <code>capture.enabled</code> is false.</p>`
  }
  if (view === undefined) {
    return html`<p>The monitor has not answered since this process started. Traffic passes; nothing is judged.</p>`
  }
  const age =
    monitor.kind === 'silent'
      ? html`<p>The monitor does not answer. What follows is ${duration(now - view.at)} old.</p>`
      : undefined
  const open = view.detectors.filter(isOpen)
  if (open.length > 0) return html`${age}${episodes(open, view, now)}`
  const [nearest] = byEvidence(view.detectors).filter(({ active }) => active > 0)
  if (nearest === undefined) {
    return html`${age}<p>No detector has had data. The first figures come when a tick${view.tickMs === undefined ? '' : ` of ${duration(view.tickMs)}`} has been folded.</p>`
  }
  return html`${age}<p>No detector has an open episode. Nearest to one: <a href="${detectorUrl(nearest)}">${metricName(nearest.metric)}, ${languageName(nearest.language)}</a>, with evidence ${decimal(nearest.ratio)} of 1.</p>`
}

function sureness(snapshot: Snapshot): readonly Html[] {
  const { figures, facts } = snapshot
  const view = viewOf(snapshot)
  const bound = figures.sum('holdfast_drift_false_alarms_bound_30d')
  const judged = figures.sum('holdfast_judged_total', { source: 'live' })
  const verified = figures
    .rows('holdfast_judge_status', { status: 'verified' })
    .map(({ labels }) => languageName(labels.get('language') ?? ''))
  const learned = view?.detectors.filter(({ source }) => source === 'learned').length
  return [
    bound === undefined
      ? html`The bound on false episodes is not known.`
      : html`At most <strong>${decimal(bound)}</strong> false episodes are expected in 30 days, over ${view === undefined ? 'all detectors' : plural(view.detectors.length, 'detector')}.`,
    html`${plural(judged ?? 0, 'live exchange')} judged since the start.`,
    verified.length === 0
      ? html`Rates are as the judge <code>${facts.liveJudge}</code> sees them: it is verified in no language.`
      : html`The judge <code>${facts.liveJudge}</code> is verified in ${named(verified)}.`,
    learned === undefined || learned === 0
      ? html`The nulls are configured: no baseline has been pinned.`
      : html`${plural(learned, 'null is', 'nulls are')} learned from a pinned baseline.`,
  ]
}

const strataNames = (strata: readonly Stratum[]): string =>
  named(unique(strata.map(({ language }) => languageName(language))))

/** Each line is something that is not seen, and why. */
export function blindSpots(snapshot: Snapshot): readonly Html[] {
  const { figures, facts } = snapshot
  const view = viewOf(snapshot)
  const strata = strataOf(snapshot).filter(({ gap }) => gap !== undefined)
  const blind = strata.filter(({ sight }) => sight.kind === 'blind')
  const unsaid = strata.filter(({ sight }) => sight.kind === 'unknown')
  const silent = silentLanguages(snapshot)
  const unverified = unique(
    figures
      .rows('holdfast_judge_status')
      .filter(({ labels }) => labels.get('status') !== 'verified')
      .map(({ labels }) => languageName(labels.get('language') ?? '')),
  )
  const { sampled, lost } = dropsOf(figures)
  const spots: Html[] = []
  const add = (isSo: boolean, text: Html): void => void (isSo ? spots.push(text) : undefined)
  add(!snapshot.monitorUp, html`Everything: the monitor is down, and nothing is being judged.`)
  add(!facts.captureEnabled, html`Everything: <code>capture.enabled</code> is false.`)
  add(
    view?.partial === true || figures.sum('holdfast_drift_partial') === 1,
    html`Statistics are partial: the state store is away, or a fold is overdue. Some samples may be missing.`,
  )
  add(
    blind.length > 0,
    html`Blind strata: a fall of 20 points in ${strataNames(blind)} would not be seen within 7 days of traffic like this.`,
  )
  add(
    unsaid.length > 0,
    html`Too little traffic to say what would be seen in ${strataNames(unsaid)}.`,
  )
  add(silent.length > 0, html`No traffic at all in ${named(silent.map(languageName))}.`)
  add(
    unverified.length > 0,
    html`The judge is not verified in ${named(unverified)}: its errors there are not known.`,
  )
  add(
    !facts.calibrated,
    html`No calibration is loaded (<code>judge.calibration_file</code>): how often the judge errs on your traffic is not known.`,
  )
  add(
    lost > 0,
    html`${count(lost)} of ${count(sampled)} sampled exchanges (${percent(sampled === 0 ? undefined : lost / sampled)}) were lost before a verdict.`,
  )
  add(
    facts.sampleRate < 1,
    html`${percent(1 - facts.sampleRate, 0)} of conversations are not read (<code>sample.rate</code>).`,
  )
  add(
    !facts.requestSets,
    html`Requests are not classified (<code>judge.request_sets</code>): a change of what users ask looks like a change of the model.`,
  )
  add(
    !facts.probesConfigured,
    html`No probes are configured: conditions that your traffic does not have are not tested.`,
  )
  return spots
}

const list = (items: readonly Html[]): Html =>
  html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`

export const stateMark: Readonly<Record<Headline['state'], string>> = {
  drifting: '▲',
  steady: '●',
  unknown: '?',
}

export function glanceSection(snapshot: Snapshot): Html {
  const { state } = headlineOf(snapshot)
  const spots = blindSpots(snapshot)
  const total = funnelOf(snapshot)[0]?.n ?? 0
  return html`<div class="cards">
<section class="card ${state}" aria-labelledby="drift-head"><h2 id="drift-head"><span aria-hidden="true">${stateMark[state]}</span> Is anything drifting?</h2>${drifting(snapshot)}</section>
<section class="card" aria-labelledby="sure-head"><h2 id="sure-head">How sure are we?</h2>${list(sureness(snapshot))}</section>
<section class="card" aria-labelledby="blind-head"><h2 id="blind-head">What are we blind to?</h2>${spots.length === 0 ? html`<p>Nothing that is known of, over ${plural(total, 'exchange')}.</p>` : list(spots)}</section>
</div>`
}
