/**
 * Strata: refusal rate of each language and set with its Wilson limits, the gap to English with
 * Newcombe's, and what is known of it besides: the judge, and the smallest drop that would be seen.
 * Counts are of this process since it started; windows and fleets are for Prometheus.
 */
import { newcombe } from '../../aggregate/newcombe.ts'
import { type Interval, wilson } from '../../aggregate/wilson.ts'
import { blindGap } from '../../drift/growth.ts'
import { otherLanguage, undeterminedLanguage } from '../../exchange/stratum.ts'
import { countsAsRefusal, verdictClasses } from '../../exchange/verdict.ts'
import { sumsBy } from './figures.ts'
import { type Html, html } from './html.ts'
import { count, percent, pointsWithLimits, rateWithLimits, unknown } from './numbers.ts'
import type { Snapshot } from './snapshot.ts'
import { bar } from './sparkline.ts'
import { table } from './table.ts'
import { languageName, shortSetName } from './wording.ts'

export type Sight =
  | { kind: 'sees'; gap: number }
  | { kind: 'blind'; gap: number }
  /** Too little traffic to say. */
  | { kind: 'unknown' }

export interface Stratum {
  language: string
  set: string
  n: number
  refused: number
  rate: Interval
  /** English less the language; undefined: there is no English to compare with, or no language. */
  gap: Interval | undefined
  judge: string | undefined
  sight: Sight
}

const base = 'en'
const hasNoGap: ReadonlySet<string> = new Set([base, otherLanguage, undeterminedLanguage])
const refusals: ReadonlySet<string> = new Set(verdictClasses.filter(countsAsRefusal))

interface Counts {
  trials: number
  successes: number
}

/** Those with traffic: by set, then English first, then by how much less is refused. */
export function strataOf({ figures }: Snapshot): Stratum[] {
  const counts = new Map<string, Counts>()
  for (const { labels, value } of figures.rows('holdfast_judged_total', { source: 'live' })) {
    const key = `${labels.get('set')}|${labels.get('language')}`
    const known = counts.get(key) ?? { trials: 0, successes: 0 }
    known.trials += value
    if (refusals.has(labels.get('verdict') ?? '')) known.successes += value
    counts.set(key, known)
  }
  const strata = Array.from(counts, ([key, own]): Stratum | undefined => {
    const [set = '', language = ''] = key.split('|')
    const rate = wilson(own.successes, own.trials)
    if (rate === undefined) return undefined
    const english = counts.get(`${set}|${base}`)
    return {
      language,
      set,
      n: own.trials,
      refused: own.successes,
      rate,
      gap: english === undefined || hasNoGap.has(language) ? undefined : newcombe(english, own),
      judge: judgeStatus(figures, language),
      sight: sightOf(figures, language, set),
    }
  })
  const order = (one: Stratum): number =>
    one.language === base ? Number.NEGATIVE_INFINITY : -(one.gap?.est ?? -1)
  return strata
    .filter((one) => one !== undefined)
    .sort((a, b) => setRank(a.set) - setRank(b.set) || order(a) - order(b) || b.n - a.n)
}

const sets = ['should_refuse', 'unclassified', 'benign', 'unsure']
const setRank = (set: string): number => sets.indexOf(set)

const judgeStatus = (figures: Snapshot['figures'], language: string): string | undefined =>
  figures
    .rows('holdfast_judge_status', { language })
    .find(({ value }) => value === 1)
    ?.labels.get('status')

function sightOf(figures: Snapshot['figures'], language: string, set: string): Sight {
  const [row] = figures.rows('holdfast_drift_detectable_gap', { language, set })
  if (row === undefined) return { kind: 'unknown' }
  return { kind: row.value > blindGap ? 'blind' : 'sees', gap: row.value }
}

/** Served languages that no judged exchange was in. */
export function silentLanguages({ figures, facts }: Snapshot): string[] {
  const judged = sumsBy(figures.rows('holdfast_judged_total', { source: 'live' }), 'language')
  return facts.servedLanguages.filter((language) => (judged.get(language) ?? 0) === 0)
}

/**
 * Whether English is refused more often by more than chance. Only where requests are alike: without
 * classes a language that asks for other things looks the same.
 */
const isLower = ({ gap, set }: Stratum): boolean =>
  set === 'should_refuse' && gap !== undefined && gap.lo > 0

function sightText(stratum: Stratum): string {
  if (stratum.gap === undefined) return 'not watched'
  switch (stratum.sight.kind) {
    case 'sees':
      return `${(100 * stratum.sight.gap).toFixed(0)} points`
    case 'blind':
      return `blind (${(100 * stratum.sight.gap).toFixed(0)} points)`
    case 'unknown':
      return unknown
  }
}

const gapCell = (stratum: Stratum): Html =>
  stratum.gap === undefined
    ? html`<span class="dim">${stratum.language === base ? 'is the base' : 'none'}</span>`
    : html`${pointsWithLimits(stratum.gap)}${isLower(stratum) ? html` <span class="note">refused less</span>` : undefined}`

/** @param max rows shown; undefined: all */
export function strataSection(snapshot: Snapshot, max?: number): Html {
  const strata = strataOf(snapshot)
  const silent = silentLanguages(snapshot)
  if (strata.length === 0) {
    return html`<p>Nothing has been judged yet. Languages with traffic appear here with their refusal rate.</p>`
  }
  const shown = strata.slice(0, max)
  return html`${table({
    id: 'strata-table',
    caption:
      'Refusal rate by language and set, since this process started. Gap: English less the language, in points.',
    columns: [
      { head: 'Language' },
      { head: 'Requests', wide: true },
      { head: 'n', number: true },
      { head: 'Refused, 95 % limits', number: true },
      { head: 'Rate', wide: true },
      { head: 'Gap to English, 95 % limits', number: true },
      { head: 'Seen in 7 days', wide: true },
      { head: 'Judge', wide: true },
    ],
    rows: shown.map((one) => [
      html`${languageName(one.language)}`,
      html`${shortSetName(one.set)}`,
      html`${count(one.n)}`,
      html`${rateWithLimits(one.rate)}`,
      bar(one.rate),
      gapCell(one),
      html`${sightText(one)}`,
      html`${one.judge ?? unknown}`,
    ]),
  })}${
    shown.length < strata.length
      ? html`<p><a href="/status/strata">All ${count(strata.length)} strata</a></p>`
      : undefined
  }${
    silent.length === 0
      ? undefined
      : html`<p class="dim">No traffic so far: ${silent.map(languageName).join(', ')}.</p>`
  }`
}

/** Rates put right by the calibration, where there is one. */
export function correctedSection({ figures }: Snapshot): Html | undefined {
  const rows = figures.rows('holdfast_refusal_rate_corrected', { bound: 'est' })
  if (rows.length === 0) return undefined
  const at = (language: string, set: string, bound: string): number | undefined =>
    figures.sum('holdfast_refusal_rate_corrected', { language, set, bound })
  return table({
    id: 'corrected-table',
    caption:
      'Of the last 24 hours and all replicas that share the store, corrected for the errors of the judge.',
    columns: [
      { head: 'Language' },
      { head: 'Requests' },
      { head: 'Refused, 95 % limits', number: true },
    ],
    rows: rows.map(({ labels, value }) => {
      const language = labels.get('language') ?? ''
      const set = labels.get('set') ?? ''
      const lo = at(language, set, 'lo')
      const hi = at(language, set, 'hi')
      return [
        html`${languageName(language)}`,
        html`${shortSetName(set)}`,
        html`${lo === undefined || hi === undefined ? percent(value) : rateWithLimits({ est: value, lo, hi })}`,
      ]
    }),
  })
}
