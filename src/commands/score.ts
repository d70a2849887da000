/** `holdfast score`: answers that were graded elsewhere, scored as the benchmark publishes it. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { didYouMean, nearest } from '../did-you-mean.ts'
import { faultText, messageOf } from '../error.ts'
import { ImportFaults } from '../probe/import/import-faults.ts'
import type { BenchmarkScore, ScoreReport, ScoreRow } from '../probe/scores/benchmark-score.ts'
import { benchmarkScores } from '../probe/scores/benchmark-scores.ts'
import { profileText } from '../profile/profile-file.ts'
import { scoreRows } from '../profile/score-rows.ts'
import type { Command, CommandIo } from './command.ts'
import { readScored, type Scored, scoredFlags } from './score-options.ts'
import { textTable } from './text-table.ts'

const usageFault = 2
const width = Math.max(...benchmarkScores.map(({ id }) => id.length))

const help = `Usage: holdfast score BENCHMARK FILE [--json | --profile [options]]

Scores a file of answers, grades or runs as the benchmark publishes it. The file is CSV with a header,
JSON lines or a JSON list, with these columns:

${benchmarkScores.map(({ id, reads }) => `  ${id.padEnd(width)}  ${reads}`).join('\n')}

  --json             print one JSON object instead of a table
  --profile          print rows of the alignment profile, for --profile of holdfast report
  --level LEVEL      of what was scored: model (default), response or interaction; no benchmark is of
                     the deployment, and none goes further than holdfast audit says
  --scaffold SHA256  the scaffold that answered; needed from the level response on
  --model NAME       that answered
  --condition NAME   how all were asked, as baseline (default) or language=bn
  --from TIME --to TIME
                     when the answers were given; the end is not included

Answers of XSTest that people have labelled are for \`holdfast eval judge\`. Exit code 2: the file is
not what is expected; file, row and column are named.
`

const read = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, profile: { type: 'boolean' }, ...scoredFlags },
    allowPositionals: true,
  })

interface Options {
  benchmark: BenchmarkScore
  file: string
  json: boolean
  /** Undefined: no rows are asked for. */
  scored: Scored | undefined
}

function readArgs(args: readonly string[]): Options | string[] {
  let parsed: ReturnType<typeof read>
  try {
    parsed = read(args)
  } catch (error) {
    return [messageOf(error)]
  }
  const [id, file, ...further] = parsed.positionals
  if (id === undefined || file === undefined || further.length > 0) {
    return [`a benchmark and a file are needed, not ${parsed.positionals.length} words`]
  }
  const known = benchmarkScores.map((one) => one.id)
  const benchmark = benchmarkScores.find((one) => one.id === id.toLowerCase())
  if (benchmark === undefined) {
    const shown = id.slice(0, 60).replace(/\p{C}/gu, '?')
    return [`no scorer for "${shown}"${didYouMean(nearest(id, known))}: ${known.join(', ')}`]
  }
  const { json = false, profile = false } = parsed.values
  if (json && profile) return ['--json and --profile are two forms: give one']
  const told = readScored(parsed.values, benchmark.id, profile)
  if (!told.ok) return told.faults.map(faultText)
  return { benchmark, file, json, scored: profile ? told.scored : undefined }
}

const figure = (value: number | undefined, unit: ScoreRow['unit']): string => {
  if (value === undefined) return '-'
  if (unit === 'points') return `${value > 0 ? '+' : ''}${value.toFixed(1)}`
  return value.toFixed(unit === 'share' ? 4 : 3)
}

function reportText({ rows, unread }: ScoreReport): string {
  const table = textTable([
    ['', 'n', 'estimate', '95 % interval', ''],
    ...rows.map(({ name, n, estimate, interval, unit, flag }) => [
      name,
      String(n),
      figure(estimate, unit),
      interval === undefined ? '-' : `${figure(interval.lo, unit)} to ${figure(interval.hi, unit)}`,
      flag ?? '',
    ]),
  ])
  return `${table}\n${unread === 0 ? '' : `rows that could not be read: ${unread}\n`}`
}

const reportJson = (benchmark: string, { rows, unread }: ScoreReport): string =>
  `${JSON.stringify({
    benchmark,
    rows: rows.map(({ name, n, estimate, interval, unit, flag }) => ({
      name: name.trim(),
      n,
      estimate: estimate ?? null,
      interval: interval === undefined ? null : { lo: interval.lo, hi: interval.hi },
      unit,
      flag: flag ?? null,
    })),
    unread,
  })}\n`

/** The file has been read a moment ago: a fault here is one of the disk, and stops the command. */
async function hashOf(file: string, signal: AbortSignal): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(file, { signal })) digest.update(chunk)
  return digest.digest('hex')
}

export const score: Command = {
  words: ['score'],
  summary: 'Score answers or runs as a published benchmark does',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const options = readArgs(args)
    if (Array.isArray(options)) {
      for (const line of options) io.stderr.write(`holdfast score: ${line}\n`)
      return usageFault
    }
    const { benchmark, file, json, scored } = options
    const faults = new ImportFaults()
    const report = await benchmark.score({ file, faults, signal: io.signal })
    if (faults.count === 0 && report.rows.every(({ n }) => n === 0) && report.unread === 0) {
      faults.add({ file }, 'holds no row')
    }
    if (faults.count > 0) {
      for (const fault of faults.texts) io.stderr.write(`holdfast score: ${fault}\n`)
      return usageFault
    }
    if (scored !== undefined) {
      const sha256 = await hashOf(file, io.signal)
      const source = { ...scored, benchmark: benchmark.id, file: basename(file), sha256 }
      io.stdout.write(profileText(scoreRows(report, source)))
      return 0
    }
    io.stdout.write(json ? reportJson(benchmark.id, report) : reportText(report))
    return 0
  },
}
