/**
 * `holdfast eval judge`: how well a judge agrees with people, on a file of labelled answers. It
 * judges as live traffic is judged: the answer's language is detected from the answer, and the
 * `lang` and `model` of a row only group the figures.
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { agreement } from '../aggregate/agreement.ts'
import { type Interval, wilson } from '../aggregate/wilson.ts'
import { coreLanguages } from '../exchange/stratum.ts'
import { countsAsRefusal, type VerdictClass, verdictClasses } from '../exchange/verdict.ts'
import type { Judge, JudgeInput } from '../judge/judge.ts'
import { judgeExchange, judges } from '../judge/judges.ts'
import type { Command, CommandIo } from './command.ts'

const labels = ['comply', 'refuse', 'partial'] as const
type Label = (typeof labels)[number]

export interface LabelledRow {
  prompt: string
  response: string
  label: Label
  lang: string | undefined
  model: string | undefined
}

export interface JudgeFigures {
  n: number
  /** Null when it is not defined: no rows, or one class only. */
  kappa: number | null
  kappa_interval: Limits | null
  ac1: number | null
  ac1_interval: Limits | null
  sensitivity: Interval | null
  specificity: Interval | null
  refusal_rate: { human: number | null; judge: number | null }
  verdicts: Record<VerdictClass, number>
}

interface Limits {
  lo: number
  hi: number
}

/** Says the language of an answer, as the monitor does for live traffic. */
export type DetectLanguage = (text: string) => string

const limits = (interval: Interval | undefined): Limits | null =>
  interval === undefined ? null : { lo: interval.lo, hi: interval.hi }

/** Rows of one model or language beyond this many groups are counted under `other`. */
const groupsMax = 200

class Tally {
  readonly #verdicts = new Map<VerdictClass, number>()
  readonly #table = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }

  add(label: Label, verdict: VerdictClass): void {
    this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1)
    const human = label !== 'comply'
    const judged = countsAsRefusal(verdict)
    if (human) this.#table[judged ? 'bothYes' : 'firstOnly']++
    else this.#table[judged ? 'secondOnly' : 'bothNo']++
  }

  figures(): JudgeFigures {
    const { bothYes, firstOnly, secondOnly, bothNo } = this.#table
    const n = bothYes + firstOnly + secondOnly + bothNo
    const agreed = agreement(this.#table)
    const count = (verdict: VerdictClass): number => this.#verdicts.get(verdict) ?? 0
    return {
      n,
      kappa: agreed?.kappa?.est ?? null,
      kappa_interval: limits(agreed?.kappa),
      ac1: agreed?.ac1.est ?? null,
      ac1_interval: limits(agreed?.ac1),
      sensitivity: wilson(bothYes, bothYes + firstOnly) ?? null,
      specificity: wilson(bothNo, bothNo + secondOnly) ?? null,
      refusal_rate: {
        human: n === 0 ? null : (bothYes + firstOnly) / n,
        judge: n === 0 ? null : (bothYes + secondOnly) / n,
      },
      verdicts: {
        refused: count('refused'),
        partial: count('partial'),
        hedged_compliance: count('hedged_compliance'),
        complied: count('complied'),
        unclear: count('unclear'),
      },
    }
  }
}

class Groups {
  readonly #tallies = new Map<string, Tally>()

  add(name: string, label: Label, verdict: VerdictClass): void {
    const known = this.#tallies.has(name) || this.#tallies.size < groupsMax
    const key = known ? name : 'other'
    const tally = this.#tallies.get(key) ?? new Tally()
    this.#tallies.set(key, tally)
    tally.add(label, verdict)
  }

  figures(): [string, JudgeFigures][] {
    return [...this.#tallies]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, tally]) => [name, tally.figures()])
  }
}

type Parsed = { ok: true; row: LabelledRow } | { ok: false; why: string }

const optionalText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string'

const fieldsOf = (value: unknown): Map<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined

export const parseRow = (line: string): Parsed => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { ok: false, why: 'not JSON' }
  }
  const fields = fieldsOf(value)
  if (fields === undefined) return { ok: false, why: 'not a JSON object' }
  const prompt = fields.get('prompt')
  const response = fields.get('response')
  const label = labels.find((known) => known === fields.get('label'))
  const lang = fields.get('lang')
  const model = fields.get('model')
  if (typeof prompt !== 'string') return { ok: false, why: '"prompt" is not a string' }
  if (typeof response !== 'string') return { ok: false, why: '"response" is not a string' }
  if (label === undefined) {
    return { ok: false, why: `"label" is not one of ${labels.join(', ')}` }
  }
  if (!optionalText(lang)) return { ok: false, why: '"lang" is not a string' }
  if (!optionalText(model)) return { ok: false, why: '"model" is not a string' }
  return { ok: true, row: { prompt, response, label, lang, model } }
}

/** A row as the monitor would hand it to a judge: one user turn, a complete answer. */
const judgeInput = (row: LabelledRow, detect: DetectLanguage): JudgeInput => ({
  prompt: row.prompt,
  turns: [{ role: 'user', parts: [{ kind: 'text', text: row.prompt }] }],
  answer: {
    text: row.response,
    refusal: '',
    reasoning: '',
    toolCalls: [],
    stop: 'stop',
    choices: 1,
  },
  promptLanguage: detect(row.prompt),
  answerLanguage: detect(row.response),
  providerRefusals: [],
})

interface Outcome {
  all: Tally
  byModel: Groups
  byLanguage: Groups
}

/** Adds a file's rows; the fault names the first line that is not a row. */
const addFile = async (
  file: string,
  outcome: Outcome,
  detect: DetectLanguage,
  table: readonly Judge[],
  signal: AbortSignal,
): Promise<string | undefined> => {
  let lineNumber = 0
  const stream = createReadStream(file, { encoding: 'utf8', signal })
  try {
    for await (const raw of createInterface({
      input: stream,
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      lineNumber++
      const line = lineNumber === 1 ? raw.replace(/^\ufeff/, '') : raw
      if (line.trim() === '') continue
      const parsed = parseRow(line)
      if (!parsed.ok) return `${file}:${lineNumber}: ${parsed.why}`
      const { row } = parsed
      const { verdict } = judgeExchange(judgeInput(row, detect), table)
      outcome.all.add(row.label, verdict)
      if (row.model !== undefined) outcome.byModel.add(row.model, row.label, verdict)
      if (row.lang !== undefined) outcome.byLanguage.add(row.lang, row.label, verdict)
    }
  } catch (error) {
    return `${file}: ${error instanceof Error ? error.message : 'cannot be read'}`
  }
  return undefined
}

const number = (value: number | null): string => (value === null ? '-' : value.toFixed(3))

const rate = (interval: Interval | null): string =>
  interval === null
    ? '-'
    : `${interval.est.toFixed(3)} [${interval.lo.toFixed(3)}, ${interval.hi.toFixed(3)}]`

const percent = (value: number | null): string =>
  value === null ? '-' : `${(100 * value).toFixed(1)} %`

const columns = ['', 'n', 'kappa', 'AC1', 'sensitivity', 'specificity', 'human', 'judge']

const cells = (name: string, figures: JudgeFigures): string[] => [
  name,
  String(figures.n),
  number(figures.kappa),
  number(figures.ac1),
  rate(figures.sensitivity),
  rate(figures.specificity),
  percent(figures.refusal_rate.human),
  percent(figures.refusal_rate.judge),
]

/** Columns padded to their widest cell; control characters of names are not printed. */
const table = (rows: readonly (readonly string[])[]): string => {
  const clean = rows.map((row) => row.map((cell) => cell.replace(/\p{C}/gu, '?')))
  const widths = columns.map((_, i) => Math.max(...clean.map((row) => (row[i] ?? '').length)))
  return clean
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const readable = (judge: string, outcome: Outcome): string => {
  const all = outcome.all.figures()
  const groups = [
    ...outcome.byModel.figures().map(([name, figures]) => cells(`model ${name}`, figures)),
    ...outcome.byLanguage.figures().map(([name, figures]) => cells(`language ${name}`, figures)),
  ]
  const counts = verdictClasses.map((verdict) => `${verdict} ${all.verdicts[verdict]}`).join(', ')
  return [
    `judge ${judge}; partial counts as refusal; 95 % Wilson limits in brackets`,
    table([columns, cells('all', all), ...groups]),
    `verdicts: ${counts}`,
    '',
  ].join('\n')
}

const loadDetector = async (): Promise<DetectLanguage> => {
  const { createLanguageDetector } = await import('../enrich/language.ts')
  const detector = createLanguageDetector({ served: coreLanguages })
  return (text) => detector.detect(text).language
}

const usage = `Usage: holdfast eval judge FILE.jsonl... [--json] [--judge ID]

Compares verdicts with labels given by people. Each line of a file is
  {"prompt": "...", "response": "...", "label": "comply" | "refuse" | "partial",
   "lang": "en", "model": "..."}
where lang and model are optional and only group the figures.

  --json      print one JSON object instead of a table
  --judge ID  measure one judge instead of the whole table: ${judges.map(({ id }) => id).join(', ')}

Exit code 2: a file cannot be read, or a line is not a labelled answer.
`

interface Options {
  files: string[]
  json: boolean
  table: readonly Judge[]
}

const readArgs = (args: readonly string[]): Options | string => {
  let parsed: { values: { json?: boolean; judge?: string }; positionals: string[] }
  try {
    parsed = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, judge: { type: 'string' } },
      allowPositionals: true,
    })
  } catch (error) {
    return error instanceof Error ? error.message : 'arguments cannot be read'
  }
  const { values, positionals } = parsed
  if (positionals.length === 0) return 'no file given'
  const chosen = values.judge
  const table = chosen === undefined ? judges : judges.filter(({ id }) => id === chosen)
  if (table.length === 0) {
    return `no judge "${chosen}"; there are: ${judges.map(({ id }) => id).join(', ')}`
  }
  return { files: positionals, json: values.json ?? false, table }
}

/** The command with another way to tell languages; the default is the monitor's own. */
export const createEvalJudge = (
  makeDetector: () => Promise<DetectLanguage> = loadDetector,
): Command => ({
  words: ['eval', 'judge'],
  summary: 'measure a judge against labels given by people',
  help: usage,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const options = readArgs(args)
    if (typeof options === 'string') {
      io.stderr.write(`holdfast eval judge: ${options}\n\n${usage}`)
      return 2
    }
    const detect = await makeDetector()
    const outcome = { all: new Tally(), byModel: new Groups(), byLanguage: new Groups() }
    for (const file of options.files) {
      const fault = await addFile(file, outcome, detect, options.table, io.signal)
      if (fault !== undefined) {
        io.stderr.write(`holdfast eval judge: ${fault}\n`)
        return 2
      }
    }
    const judge = options.table.map(({ id, version }) => `${id}@${version}`).join(' > ')
    if (options.json) {
      const figures = {
        judge,
        ...outcome.all.figures(),
        by_model: Object.fromEntries(outcome.byModel.figures()),
        by_language: Object.fromEntries(outcome.byLanguage.figures()),
      }
      io.stdout.write(`${JSON.stringify(figures)}\n`)
    } else {
      io.stdout.write(readable(judge, outcome))
    }
    return 0
  },
})

export const evalJudge: Command = createEvalJudge()
