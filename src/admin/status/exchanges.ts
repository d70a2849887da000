/**
 * From a detector to the exchanges behind it, newest first. They are read from the evidence on disk, so
 * many and for so long at most, and only while somebody looks; without evidence the page says how to
 * keep it.
 */
import type { Clock } from '../../clock.ts'
import { type Html, html } from './html.ts'
import type { DetectorRow } from './monitor-view.ts'
import { count, decimal, instant, plural } from './numbers.ts'
import { table } from './table.ts'
import { languageName, words } from './wording.ts'

export interface ExchangeQuery {
  metric: string
  language: string
  set: string
  limit: number
}

/** What is shown of one: labels and hashes; text only where the operator keeps it, redacted. */
export interface ExchangeRow {
  id: string
  /** Epoch milliseconds. */
  at: number
  source: 'live' | 'probe'
  language: string
  set: string
  /** Undefined: it has none. */
  verdict: string | undefined
  confidence: number | undefined
  judge: string
  model: string | undefined
  /** Of probes: which one. */
  probe: string | undefined
  shape: string | undefined
  conversation: string | undefined
  traceId: string | undefined
  text: { prompt: string; answer: string } | undefined
}

export type ExchangeReader = (query: ExchangeQuery) => AsyncIterable<ExchangeRow>

export interface ReadExchanges {
  rows: readonly ExchangeRow[]
  /** There may be more: the time was up. */
  late: boolean
}

const limit = 40
const deadlineMs = 750

/** Undefined: no evidence is kept. */
export function createExchangeRead(reader: ExchangeReader | undefined, clock: Clock) {
  if (reader === undefined) return undefined
  // One at a time: a segment is held in memory while it is read.
  let before: Promise<unknown> = Promise.resolve()
  const read = async ({ metric, language, set }: DetectorRow): Promise<ReadExchanges> => {
    const until = clock.monotonic() + deadlineMs
    const rows: ExchangeRow[] = []
    for await (const row of reader({ metric, language, set, limit })) {
      rows.push(row)
      if (rows.length >= limit) break
      if (clock.monotonic() > until) return { rows, late: true }
    }
    return { rows, late: false }
  }
  return (detector: DetectorRow): Promise<ReadExchanges> => {
    const done = before.then(() => read(detector))
    before = done.catch(() => undefined)
    return done
  }
}

const textMax = 400
const cut = (text: string): string =>
  text.length <= textMax ? text : `${text.slice(0, textMax)} (cut)`

const textCell = ({ id, text }: ExchangeRow): Html =>
  text === undefined
    ? html`<span class="dim">not kept</span>`
    : html`<details id="text-${id}"><summary>Text, redacted</summary><p><strong>Prompt</strong> <bdi>${cut(text.prompt)}</bdi></p><p><strong>Answer</strong> <bdi>${cut(text.answer)}</bdi></p></details>`

export const noEvidence: Html = html`<p>No exchanges are kept: evidence is off. With a folder in <code>evidence.folder</code> each judged exchange leaves a record of its labels, verdict and keyed hashes, without text; this page then leads from a detector to them. Until then, the trace ids on <code>holdfast_judged_total</code> lead to your own traces.</p>`

export function exchangesSection(read: ReadExchanges | undefined): Html {
  if (read === undefined) return noEvidence
  const { rows, late } = read
  if (rows.length === 0) {
    return html`<p>${late ? 'The records could not be read in time.' : 'No record of an exchange that counted for this detector is kept.'} More: <code>holdfast evidence list</code>.</p>`
  }
  return html`${table({
    id: 'exchanges-table',
    caption: `The newest ${plural(rows.length, 'exchange')} that counted for this detector${late ? '; there may be more, the time was up' : ''}.`,
    columns: [
      { head: 'When' },
      { head: 'Language' },
      { head: 'Verdict' },
      { head: 'Confidence', number: true, wide: true },
      { head: 'Model' },
      { head: 'Shape', wide: true },
      { head: 'Conversation or probe', wide: true },
      { head: 'Trace', wide: true },
      { head: 'Text' },
    ],
    rows: rows.map((row) => [
      html`${instant(row.at)}`,
      html`${languageName(row.language)}`,
      html`${row.verdict === undefined ? 'none' : words(row.verdict)}`,
      html`${decimal(row.confidence)}`,
      row.model === undefined
        ? html`<span class="dim">not said</span>`
        : html`<bdi>${row.model}</bdi>`,
      html`${row.shape ?? ''}`,
      html`<code>${row.probe ?? row.conversation ?? ''}</code>`,
      html`<code>${row.traceId ?? ''}</code>`,
      textCell(row),
    ]),
  })}<p class="dim">Up to ${count(limit)} are shown. All of them: <code>holdfast evidence list</code>.</p>`
}
