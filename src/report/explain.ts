/**
 * From an id of the report to what stands behind it: the entry, its figures made again from its counts,
 * and the records or answers that the counts are of. Nothing here is read from the report's own figures.
 */
import { pairedDifference } from '../aggregate/mcnemar.ts'
import { differenceOf, newcombe } from '../aggregate/newcombe.ts'
import { roganGladen } from '../aggregate/rogan-gladen.ts'
import { type Interval, wilson, z95 } from '../aggregate/wilson.ts'
import { cellName } from '../drift/behaviour-counts.ts'
import { isoTime } from '../profile/iso-time.ts'
import type { ProfileRow } from '../profile/row.ts'
import { buildReport } from './build-report.ts'
import type { Report } from './report-document.ts'
import type { ReportInput } from './report-input.ts'

export type Explain = (id: string) => string | undefined

/** Of one id; undefined: no part of the report has it. */
export const explain = (input: ReportInput, id: string): string | undefined => explainer(input)(id)

/** For many ids of one report. */
export const explainer = (input: ReportInput): Explain => {
  const report = buildReport(input)
  return (id) => explainIn(report, input, id)
}

function explainIn(report: Report, input: ReportInput, id: string): string | undefined {
  const row = report.profile.find((one) => one.id === id)
  if (row !== undefined) return explainRow(row, input)
  const entry = entriesOf(report).find(({ value }) => value.id === id)
  if (entry === undefined) return undefined
  const { part, value } = entry
  const lines = [`${part} ${id}`, '', JSON.stringify(value, undefined, 2)]
  const trace = 'trace' in value && Array.isArray(value.trace) ? value.trace : []
  const records = trace.flatMap((text) => ticksText(String(text), value, input))
  if (records.length > 0) lines.push('', 'Ticks behind it:', ...records)
  const about = rowsIn(value, report)
  if (about.length > 0) lines.push('', 'Rows behind it (each can be explained):', ...about)
  return `${lines.join('\n')}\n`
}

interface Entry {
  part: string
  value: { id: string }
}

/** All that has an id but rows. */
export const entriesOf = (report: Report): Entry[] => {
  const { claims, episodes, deltas, movements, coverage, judges, changes, incidents } = report
  const { replay, series } = report
  const named = (part: string, values: readonly { id: string }[]): Entry[] =>
    values.map((value) => ({ part, value }))
  return [
    ...named('claim', claims),
    ...named('episode', episodes),
    ...named('delta', deltas),
    ...named('movement', movements),
    ...named('coverage', coverage === null ? [] : [coverage]),
    ...named('gap', coverage?.gaps ?? []),
    ...named('language', coverage?.languages ?? []),
    ...named('judge', judges),
    ...named('change', changes),
    ...named('incident', incidents),
    ...named('replay', replay === null ? [] : [replay]),
    ...named('series', series),
  ]
}

const rowsIn = (value: object, { profile }: Report): string[] => {
  const ids = 'rows' in value && Array.isArray(value.rows) ? value.rows.map(String) : []
  const language = 'language' in value ? String(value.language) : undefined
  const judge = 'judge' in value ? String(value.judge) : undefined
  return profile
    .filter(
      (row) =>
        ids.includes(row.id) ||
        (ids.length === 0 &&
          judge !== undefined &&
          row.judge?.id === judge &&
          row.condition === `language=${language}`),
    )
    .map(
      ({ id, measure, condition, level, estimate, n }) =>
        `  ${id}  ${measure}  ${condition}  ${level}  ${estimate ?? 'unknown'}  n ${n}`,
    )
}

function explainRow(row: ProfileRow, input: ReportInput): string {
  const made = remade(row)
  const lines = [
    `row ${row.id}: ${row.measure} under ${row.condition}, ${row.dimension}, level ${row.level}`,
    '',
    JSON.stringify(row, undefined, 2),
    '',
    'Made again from its counts:',
    ...(made === undefined
      ? ['  by who wrote the row: the counts alone do not make its interval']
      : [
          `  estimate ${made.est}${made.est === row.estimate ? ', the same' : `, ${row.estimate} in the row`}`,
          `  interval ${made.lo} to ${made.hi}`,
        ]),
    '',
    'Where the counts come from:',
    ...row.source.trace.map((text) => `  ${text}`),
  ]
  const set = setOf(row)
  const value = { language: /language=([^,]+)/.exec(row.condition)?.[1], set, shape: shapeOf(row) }
  const records = row.source.trace.flatMap((text) => ticksText(text, value, input))
  const answers = input.runs
    .filter(({ run }) => run === row.source.id)
    .flatMap((run) => [...run.answers.values()])
    .filter(
      ({ condition, language, scaffold }) =>
        (condition === row.condition || `language=${language}` === row.condition) &&
        (scaffold ?? null) === row.scaffold,
    )
    .map(({ probe, language, score, judge }) => `  ${probe}  ${language}  ${score}  by ${judge}`)
  return `${[...lines, ...records, ...answers].join('\n')}\n`
}

const setOf = ({ measure }: ProfileRow): string | undefined => {
  if (measure.startsWith('over_refusal')) return 'benign'
  if (measure.startsWith('refusal_rate_unsorted')) return 'unclassified'
  return measure.startsWith('refusal_rate') ? 'should_refuse' : undefined
}

const shapeOf = ({ condition }: ProfileRow): string | undefined =>
  /^(?:format|depth)=([^,]+)$/.exec(condition)?.[1]

const remade = ({ measure, interval, counts, unit }: ProfileRow): Interval | undefined => {
  const at = (key: string): number => counts[key] ?? 0
  const scaled = (made: Interval | undefined): Interval | undefined =>
    made === undefined || unit !== 'points'
      ? made
      : { est: 100 * made.est, lo: 100 * made.lo, hi: 100 * made.hi }
  switch (interval?.method) {
    case 'wilson':
      // Rates of turns are over the turns that could be read.
      return 'yes' in counts ? wilson(at('yes'), at('n' in counts ? 'n' : 'turns')) : undefined
    case 'newcombe_paired': {
      const [first, second] = [at('firstOnly'), at('secondOnly')]
      const turned = measure.startsWith('over_')
      return scaled(
        pairedDifference({
          bothYes: at('bothYes'),
          firstOnly: turned ? second : first,
          secondOnly: turned ? first : second,
          bothNo: at('bothNo'),
        }),
      )
    }
    case 'normal_mean': {
      if (!('sum' in counts && 'squares' in counts)) return undefined
      const n = at('n')
      const est = at('sum') / n
      const half = z95 * Math.sqrt(Math.max(0, (at('squares') - n * est * est) / (n - 1)) / n)
      return scaled({ est, lo: est - half, hi: est + half })
    }
    case 'lang_reiczigel':
      return roganGladen(
        { successes: at('yes'), trials: at('n') },
        {
          refused: { successes: at('sensitivity_yes'), trials: at('sensitivity_n') },
          complied: { successes: at('specificity_yes'), trials: at('specificity_n') },
        },
      )
    case 'square_and_add':
      return scaled(
        differenceOf(
          { est: at('base_est'), lo: at('base_lo'), hi: at('base_hi') },
          { est: at('est'), lo: at('lo'), hi: at('hi') },
        ),
      )
    case 'newcombe':
      return 'base_yes' in counts
        ? scaled(
            newcombe(
              { successes: at('yes'), trials: at('n') },
              { successes: at('base_yes'), trials: at('base_n') },
            ),
          )
        : undefined
    // Of draws, or of weights: who wrote the row has what they were made from.
    case 'bootstrap':
    case 'bootstrap_by_task':
    case 'newcombe_paired_by_probe':
    case undefined:
      return undefined
  }
}

const linesMax = 200

/** The counts of each tick that a trace names, of the language and set that the entry is about. */
function ticksText(trace: string, about: object, { history }: ReportInput): string[] {
  const range = /: ticks (\d+) (?:to|and) (\d+)$/.exec(trace)
  if (history === undefined || range === null) return []
  const [from, to] = [Number(range[1]), Number(range[2])]
  const want = (key: string): string | undefined => {
    const value = key in about ? new Map(Object.entries(about)).get(key) : undefined
    return typeof value === 'string' && value !== 'all' ? value : undefined
  }
  const [language, set, shape] = [want('language'), want('set') ?? want('category'), want('shape')]
  const { tickMs } = history.history.settings
  let [judged, refused, unclear] = [0, 0, 0]
  const lines: string[] = []
  for (const { tick, behaviour } of history.history.records) {
    if (tick < from || tick > to) continue
    let [n, yes, none] = [0, 0, 0]
    for (const [key, cell] of behaviour.cells) {
      const name = cellName(key)
      if (language !== undefined && name.language !== language) continue
      if (set !== undefined && name.set !== set) continue
      if (shape !== undefined && !name.cell.split('/').includes(shape)) continue
      n += cell.judged
      yes += cell.refused
      none += cell.unclear
    }
    judged += n
    refused += yes
    unclear += none
    const dropped = [...behaviour.dropped].map(([reason, times]) => `, ${reason} ${times}`)
    lines.push(
      `  ${isoTime(tick * tickMs)} (tick ${tick}): ${yes} refused of ${n}, ${none} unclear${dropped.join('')}`,
    )
  }
  const shown =
    lines.length <= linesMax
      ? lines
      : [...lines.slice(0, linesMax), `  and ${lines.length - linesMax} ticks more`]
  return [...shown, `  together: ${refused} refused of ${judged}, ${unclear} unclear`]
}
