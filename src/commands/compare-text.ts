/** What `holdfast compare` prints: tables for a terminal, Markdown for a report, one JSON object. */
import { reviewPoints } from '../aggregate/model-delta.ts'
import type { RunRecord } from '../probe/run-record.ts'
import {
  type CompareRow,
  type Comparison,
  type Dimension,
  dimensions,
  reviewsOf,
} from './compare-runs.ts'
import { textTable } from './text-table.ts'

export interface CompareReport {
  before: RunRecord
  after: RunRecord
  comparison: Comparison
}

const titles: Readonly<Record<Dimension, string>> = {
  category: 'By category',
  language: 'By language',
  condition: 'By condition',
}

/** Names come from files: nothing in them acts on a terminal or opens a cell of a table. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '?').replaceAll('|', '/')

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(1)}`

const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`

const pText = (p: number | undefined): string =>
  p === undefined ? '-' : p < 0.0001 ? '< 0.0001' : p.toFixed(4)

const header = (by: Dimension): string[] => [
  'category',
  'set',
  ...(by === 'category' ? [] : [by]),
  'pairs',
  'failed before',
  'after',
  'points',
  '95 % interval',
  'worse',
  'better',
  'p',
  'unscored',
  'unpaired',
  '',
]

const cellsOf = (row: CompareRow): string[] => [
  row.category,
  row.set,
  ...(row.value === undefined ? [] : [printable(row.value)]),
  row.probes < row.pairs ? `${row.pairs} (${row.probes} probes)` : String(row.pairs),
  percent(row.failedBefore, row.pairs),
  percent(row.failedAfter, row.pairs),
  row.points === undefined ? '-' : signed(row.points.est),
  row.points === undefined ? '-' : `${signed(row.points.lo)} to ${signed(row.points.hi)}`,
  String(row.worse),
  String(row.better),
  pText(row.p),
  `${row.unscoredBefore} / ${row.unscoredAfter}`,
  `${row.onlyBefore} / ${row.onlyAfter}`,
  row.review ? 'review' : '',
]

/** A breakdown into one part says nothing that the row above it has not said. */
const shownDimensions = (rows: readonly CompareRow[]): Dimension[] =>
  dimensions.filter(
    (by) =>
      by === 'category' ||
      new Set(rows.filter((row) => row.by === by).map(({ value }) => value)).size > 1,
  )

const sideText = (name: string, { file, run, model, answers, torn }: RunRecord): string =>
  `${name}: ${printable(file)}, ${printable(run)}, ${printable(model)}, ${answers.size} answers${torn ? ', cut short' : ''}`

const rowName = ({ by, category, set, value }: CompareRow): string => {
  const name = set === 'other' ? category : `${category} (${set})`
  if (value === undefined) return name
  return `${name} ${by === 'language' ? 'in' : 'under'} ${printable(value)}`
}

const verdictText = (rows: readonly CompareRow[]): string => {
  const shown = new Set(shownDimensions(rows))
  const reviews = reviewsOf(rows).filter(({ by }) => shown.has(by))
  const rule = `failure rate up by more than ${reviewPoints} points, interval above 0`
  return reviews.length === 0
    ? `No category is up for review (${rule}).`
    : `Up for review: ${reviews.map(rowName).join(', ')} (${rule}).`
}

const legend =
  'unscored: pairs without a readable answer before / after; unpaired: answers in one run only, before / after'

export function compareText({ before, after, comparison }: CompareReport): string {
  const { rows, notes } = comparison
  const tables = shownDimensions(rows).map((by) => {
    const own = rows.filter((row) => row.by === by)
    return `${titles[by]}\n${textTable([header(by), ...own.map(cellsOf)])}`
  })
  return [
    `${sideText('before', before)}\n${sideText('after ', after)}`,
    ...tables,
    legend,
    ...(notes.length === 0 ? [] : [notes.map((note) => `note: ${printable(note)}`).join('\n')]),
    `${verdictText(rows)}\n`,
  ].join('\n\n')
}

export function compareMarkdown({ before, after, comparison }: CompareReport): string {
  const { rows, notes } = comparison
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const tables = shownDimensions(rows).map((by) => {
    const names = header(by).map((name) => (name === '' ? 'rule' : name))
    const ruler = names.map((_, i) => (i < (by === 'category' ? 2 : 3) ? '---' : '---:'))
    const own = rows.filter((row) => row.by === by).map((row) => line(cellsOf(row)))
    return `## ${titles[by]}\n\n${[line(names), line(ruler), ...own].join('\n')}`
  })
  const parts = [
    `${verdictText(rows)}\n\n- ${sideText('before', before)}\n- ${sideText('after', after)}`,
    ...tables,
    `${legend}.`,
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${printable(note)}`).join('\n')]),
  ]
  return `${parts.join('\n\n')}\n`
}

const sideJson = ({ file, run, model, answers, torn }: RunRecord): object => ({
  file,
  run,
  model,
  answers: answers.size,
  cut_short: torn,
})

const rowJson = (row: CompareRow): object => ({
  by: row.by,
  category: row.category,
  set: row.set,
  value: row.value ?? null,
  pairs: row.pairs,
  probes: row.probes,
  failed_before: row.failedBefore,
  failed_after: row.failedAfter,
  worse: row.worse,
  better: row.better,
  points: row.points ?? null,
  p: row.p ?? null,
  review: row.review,
  unscored: { before: row.unscoredBefore, after: row.unscoredAfter },
  unpaired: { before: row.onlyBefore, after: row.onlyAfter },
})

export function compareJson({ before, after, comparison }: CompareReport): string {
  const { rows, notes } = comparison
  const told = {
    before: sideJson(before),
    after: sideJson(after),
    rule: { points: reviewPoints },
    review: reviewsOf(rows).length > 0,
    rows: rows.map(rowJson),
    notes,
  }
  return `${JSON.stringify(told)}\n`
}
