/** The frame of every page, and its policy: nothing is loaded, and only this style and script run. */
import { createHash } from 'node:crypto'
import { detectorsSection } from './detectors.ts'
import { funnelSection } from './funnel.ts'
import { glanceSection, headlineOf, stateMark } from './glance.ts'
import { Html, html } from './html.ts'
import { judgesSection } from './judges.ts'
import { instant } from './numbers.ts'
import { ownSection } from './own.ts'
import { probesSection } from './probes.ts'
import { script } from './script.ts'
import type { Snapshot } from './snapshot.ts'
import { correctedSection, strataSection } from './strata.ts'
import { style } from './style.ts'

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "connect-src 'self'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

const links = [
  ['/#detectors', 'Detectors'],
  ['/#strata', 'Strata'],
  ['/#coverage', 'Coverage'],
  ['/#judges', 'Judges'],
  ['/#probes', 'Probes'],
  ['/status/profile', 'Profile'],
  ['/#own', 'holdfast itself'],
] as const

/** Sent before anything is known. */
export const pageStart = (title: string): Html =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} - holdfast</title><link rel="icon" href="data:,"><style>${new Html(style)}</style></head>
<body><a class="skip" href="#main">Skip to the content</a>
<header><p><a href="/">holdfast</a></p><nav aria-label="Sections"><ul>${links.map(([url, name]) => html`<li><a href="${url}">${name}</a></li>`)}</ul></nav></header>
<main id="main"><div id="live">
`

/** @param signedIn the session can be ended */
export const pageEnd = (signedIn: boolean): Html =>
  html`</div></main>
<footer><p><span id="fresh">Reload the page for newer figures.</span> <button type="button" id="pause" class="js">Stop refreshing</button></p><p id="told" class="hidden" role="status"></p><p>Counts are of this process since it started. Windows, fleets and alerts: <a href="/metrics">/metrics</a> and its dashboards.</p>${signedIn ? html`<form method="post" action="/status/logout"><button>Sign out</button></form>` : undefined}</footer>
<script>${new Html(script)}</script></body></html>
`

/** A page without the live part. */
export const plainPage = (title: string, content: Html): Html =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} - holdfast</title><link rel="icon" href="data:,"><style>${new Html(style)}</style></head>
<body><header><p>holdfast</p></header><main id="main">${content}</main></body></html>
`

export function headline(snapshot: Snapshot, title?: string): Html {
  const { state, text } = headlineOf(snapshot)
  const { now, monitorUp, monitor } = snapshot
  const meta = html`<p class="meta"><span>As of ${instant(now)}</span></p>`
  const dead =
    monitorUp && monitor.kind !== 'silent'
      ? undefined
      : html`<p class="callout"><strong>The monitor does not answer.</strong> Traffic passes as before; nothing is being judged. Counters are as they were left.</p>`
  return title === undefined
    ? html`<h1 class="${state}" data-headline="${text}"><span aria-hidden="true">${stateMark[state]}</span> ${text}</h1>${meta}${dead}`
    : html`<h1 data-headline="${text}">${title}</h1><p class="meta"><span>${text}</span><span>As of ${instant(now)}</span></p>${dead}`
}

const detectorsShown = 15
const strataShown = 25

const section = (id: string, title: string, content: Html): Html =>
  html`<section id="${id}" aria-labelledby="${id}-head"><h2 id="${id}-head">${title}</h2>${content}</section>
`

export const overview = (snapshot: Snapshot): Html =>
  html`${headline(snapshot)}${glanceSection(snapshot)}
${section('detectors', 'Detectors', detectorsSection(snapshot, detectorsShown))}${section(
  'strata',
  'Strata',
  html`${strataSection(snapshot, strataShown)}${correctedSection(snapshot)}`,
)}${section('coverage', 'Coverage', funnelSection(snapshot))}${section('judges', 'Judges', judgesSection(snapshot))}${section(
  'probes',
  'Probes and budgets',
  probesSection(snapshot),
)}${section('own', 'holdfast itself', ownSection(snapshot))}`
