/**
 * `holdfast eval judge`: how well a judge agrees with people, on a file of labelled answers. It
 * judges as live traffic is judged: the answer's language is detected from the answer, and the
 * `lang` and `model` of a row only group the figures.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Interval } from '../aggregate/wilson.ts'
import { type Clock, systemClock } from '../clock.ts'
import { coreLanguages } from '../exchange/stratum.ts'
import { countsAsRefusal, verdictClasses } from '../exchange/verdict.ts'
import type { Judge, JudgeInput } from '../judge/judge.ts'
import { judgeExchange, judgeNamed, judgesWith, onBoardJudges } from '../judge/judges.ts'
import { type LabelledRow, parseRow } from '../label/labelled-row.ts'
import type { Command, CommandIo } from './command.ts'
import { CalibrationTally, writeCalibration } from './eval-judge-calibration.ts'
import { Groups, type JudgeFigures, Tally } from './eval-judge-figures.ts'

/** Says the language of an answer, as the monitor does for live traffic. */
export type DetectLanguage = (text: string) => string

/** A row as the monitor would hand it to a judge: its history, a complete answer. */
const judgeInput = (row: LabelledRow, detect: DetectLanguage): JudgeInput => ({
  prompt: row.prompt,
  turns: row.turns,
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
  /** Undefined: no calibration file was asked for. */
  calibration: CalibrationTally | undefined
  /** Whose labels count; undefined: those of whoever comes first, and nobody else's may follow. */
  labeller: string | undefined
  chosen: boolean
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
  let rows = 0
  const hash = createHash('sha256')
  const stream = createReadStream(file, { signal })
  stream.on('data', (chunk) => hash.update(chunk))
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
      if (row.labeller !== undefined && row.labeller !== outcome.labeller) {
        if (outcome.chosen) continue
        if (outcome.labeller !== undefined) {
          return `${file}:${lineNumber}: labels of two people: choose one with --labeller`
        }
        outcome.labeller = row.labeller
      }
      const { verdict } = judgeExchange(judgeInput(row, detect), table)
      outcome.all.add(row.label, verdict)
      if (row.model !== undefined) outcome.byModel.add(row.model, row.label, verdict)
      if (row.lang !== undefined) outcome.byLanguage.add(row.lang, row.label, verdict)
      rows++
      const why = outcome.calibration?.add(row, row.label !== 'comply', countsAsRefusal(verdict))
      if (why !== undefined) return `${file}:${lineNumber}: ${why}`
    }
  } catch (error) {
    return `${file}: ${error instanceof Error ? error.message : 'cannot be read'}`
  }
  return outcome.calibration?.addFile(file, hash.digest('hex'), rows)
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
  --judge ID  measure one judge instead of what judges live traffic by default:
              ${onBoardJudges.join(', ')}
  --labeller NAME
              count the labels of one person where rows name their labeller
  --calibration OUT.json
              also write what was measured, by language and model family, for
              judge.calibration_file (docs/calibration.md); needs --judge
  --independent
              with --calibration: the labels are by people who wrote neither the
              answers nor the judge; without it no language becomes verified

Exit code 2: a file cannot be read or written, or a line is not a labelled answer.
`

interface Options {
  files: string[]
  json: boolean
  table: readonly Judge[]
  labeller: string | undefined
  calibration: { out: string; judge: Judge; independent: boolean } | undefined
}

const readArgs = (args: readonly string[]): Options | string => {
  let parsed: {
    values: {
      json?: boolean
      judge?: string
      calibration?: string
      labeller?: string
      independent?: boolean
    }
    positionals: string[]
  }
  try {
    parsed = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean' },
        judge: { type: 'string' },
        calibration: { type: 'string' },
        labeller: { type: 'string' },
        independent: { type: 'boolean' },
      },
      allowPositionals: true,
    })
  } catch (error) {
    return error instanceof Error ? error.message : 'arguments cannot be read'
  }
  const { values, positionals } = parsed
  if (positionals.length === 0) return 'no file given'
  const chosen = values.judge
  const named = onBoardJudges.find((id) => id === chosen)
  if (chosen !== undefined && named === undefined) {
    return `no judge "${chosen}"; there are: ${onBoardJudges.join(', ')}`
  }
  const table = named === undefined ? judgesWith('lexical') : [judgeNamed(named)]
  const options = {
    files: positionals,
    json: values.json ?? false,
    table,
    labeller: values.labeller,
  }
  const independent = values.independent ?? false
  if (values.calibration === undefined) {
    return independent
      ? '--independent says something of a calibration: give --calibration'
      : { ...options, calibration: undefined }
  }
  const [judge] = table
  if (chosen === undefined || judge === undefined) {
    return '--calibration is of one judge: name it with --judge'
  }
  return { ...options, calibration: { out: values.calibration, judge, independent } }
}

const calibrate = (
  tally: CalibrationTally,
  { out, judge, independent }: NonNullable<Options['calibration']>,
  clock: Clock,
): { fault: string | undefined; note: string } => {
  const madeAt = new Date(clock.now()).toISOString()
  const calibration = tally.calibration(judge, independent ? 'independent' : 'own', madeAt)
  const apart = tally.withoutLanguage
  const note = apart === 0 ? '' : `; ${apart} rows without "lang" are in no language's figures`
  return { fault: writeCalibration(out, calibration), note: `wrote ${out}${note}` }
}

/** The command with another way to tell languages; the default is the monitor's own. */
export const createEvalJudge = (
  makeDetector: () => Promise<DetectLanguage> = loadDetector,
  clock: Clock = systemClock,
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
    const outcome: Outcome = {
      all: new Tally(),
      byModel: new Groups(),
      byLanguage: new Groups(),
      calibration: options.calibration === undefined ? undefined : new CalibrationTally(),
      labeller: options.labeller,
      chosen: options.labeller !== undefined,
    }
    for (const file of options.files) {
      const fault = await addFile(file, outcome, detect, options.table, io.signal)
      if (fault !== undefined) {
        io.stderr.write(`holdfast eval judge: ${fault}\n`)
        return 2
      }
    }
    if (options.calibration !== undefined && outcome.calibration !== undefined) {
      const { fault, note } = calibrate(outcome.calibration, options.calibration, clock)
      io.stderr.write(`holdfast eval judge: ${fault ?? note}\n`)
      if (fault !== undefined) return 2
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
