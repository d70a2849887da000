/** `holdfast report`: a period of a deployment on one page, as JSON with a schema, or as Markdown. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { codeOf, faultText, messageOf } from '../error.ts'
import { buildReport } from '../report/build-report.ts'
import { explain } from '../report/explain.ts'
import { reportHtml } from '../report/html/page.ts'
import { reportMarkdown } from '../report/markdown.ts'
import type { Report } from '../report/report-document.ts'
import type { Command, CommandIo } from './command.ts'
import { inputHelp, inputOptions, readInputs, typed } from './evidence-inputs.ts'

const usageFault = 2

const formats: Readonly<Record<string, (report: Report) => string>> = {
  html: reportHtml,
  md: reportMarkdown,
  json: (report) => `${JSON.stringify(report, undefined, 1)}\n`,
}

const help = `Usage: holdfast report --from TIME --to TIME [options]

What a deployment did in a period, and how far the evidence reaches: a summary, claims, drift episodes,
changes of the model, the profile, what was not looked at, how good the judges are, how figures are
made. docs/report.md goes through it.

${inputHelp}
  --claims FILE         claims to hold against the profile (docs/claims.md)
  --format FORMAT       html (default), md or json
  --out FILE            write there instead of printing
  --explain ID          what stands behind an id of the report: counts, ticks, answers

The same inputs give the same bytes: nothing in a report is of the time at which it is made.

Exit code 2: an option or a file has to be changed. 1: there is no such id.
`

const read = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      ...inputOptions,
      format: { type: 'string' },
      out: { type: 'string' },
      explain: { type: 'string' },
    },
  })

export const report: Command = {
  words: ['report'],
  summary: 'Report on a period: what changed, how surely, and what was not looked at',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const refuse = (lines: readonly string[]): number => {
      for (const line of lines) io.stderr.write(`holdfast report: ${line}\n`)
      return usageFault
    }
    let values: ReturnType<typeof read>['values']
    try {
      ;({ values } = read(args))
    } catch (error) {
      return refuse([messageOf(error)])
    }
    const render = formats[values.format ?? 'html']
    if (render === undefined) return refuse(['--format: must be html, md or json'])
    if (values.from === undefined || values.to === undefined) {
      return refuse(['--from and --to are needed'])
    }
    const command = `holdfast report ${typed(args, ['--out', '--explain', '--format', '--token-file'])}`
    const inputs = await readInputs(values, command, io)
    if (!inputs.ok) return refuse(inputs.faults.map(faultText))
    if (values.explain !== undefined) {
      const told = explain(inputs.input, values.explain)
      if (told === undefined) {
        io.stderr.write('holdfast report: nothing in this report has that id\n')
        return 1
      }
      io.stdout.write(told)
      return 0
    }
    const text = render(buildReport(inputs.input))
    if (values.out === undefined) {
      io.stdout.write(text)
      return 0
    }
    try {
      writeFileSync(values.out, text)
    } catch (error) {
      return refuse([`--out: cannot be written (${codeOf(error) ?? 'unknown error'})`])
    }
    io.stdout.write(`wrote ${values.out}\n`)
    return 0
  },
}
