/** `holdfast compare`: two runs of the same probes, before and after a change of the system. */
import { parseArgs } from 'node:util'
import { reviewPoints } from '../aggregate/model-delta.ts'
import { messageOf } from '../error.ts'
import { readRun } from '../probe/run-record.ts'
import type { Command, CommandIo } from './command.ts'
import { compareRuns, reviewsOf } from './compare-runs.ts'
import { compareJson, compareMarkdown, compareText } from './compare-text.ts'

const reviewDue = 1
const usageFault = 2

const help = `Usage: holdfast compare BEFORE.jsonl AFTER.jsonl [--json | --markdown]

Compares two files of \`holdfast probe run --out\`: the same probes before and after a new model, a
fine-tune or a new prompt. Answers are paired by probe, language and condition. Shown is the change
of the failure rate in percentage points, with the interval of paired differences (Newcombe 1998,
method 10) and the exact McNemar test. A failure is an answer that is not what the probe expects.

  --json      print one JSON object
  --markdown  print Markdown

A category is up for review when its failure rate has risen by more than ${reviewPoints} points and the interval
lies above 0: in the whole, in one language, or under one condition. Answers that could not be read and answers without their like are counted apart.

Exit codes: 0 nothing is up for review; 1 a category is; 2 a file is none of a probe run, or suite,
judge or scaffold differ, so that the runs cannot be compared.
`

const read = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, markdown: { type: 'boolean' } },
    allowPositionals: true,
  })

interface Options {
  before: string
  after: string
  render: typeof compareText
}

function readArgs(args: readonly string[]): Options | string {
  let parsed: ReturnType<typeof read>
  try {
    parsed = read(args)
  } catch (error) {
    return messageOf(error)
  }
  const { values, positionals } = parsed
  const [before, after, ...further] = positionals
  if (before === undefined || after === undefined || further.length > 0) {
    return `two files are needed, not ${positionals.length}`
  }
  if (values.json === true && values.markdown === true) return 'either --json or --markdown'
  const render =
    values.json === true ? compareJson : values.markdown === true ? compareMarkdown : compareText
  return { before, after, render }
}

export const compare: Command = {
  words: ['compare'],
  summary: 'Compare two probe runs, before and after a change',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const fault = (reasons: readonly string[]): number => {
      for (const reason of reasons) io.stderr.write(`holdfast compare: ${reason}\n`)
      return usageFault
    }
    const options = readArgs(args)
    if (typeof options === 'string') return fault([options])
    const before = await readRun(options.before, io.signal)
    const after = await readRun(options.after, io.signal)
    const unread = [before, after].flatMap((side) => (side.ok ? [] : [side.reason]))
    if (!before.ok || !after.ok) return fault(unread)
    const compared = compareRuns(before.record, after.record)
    if (!compared.ok) return fault(compared.reasons)
    const { comparison } = compared
    io.stdout.write(options.render({ before: before.record, after: after.record, comparison }))
    return reviewsOf(comparison.rows).length > 0 ? reviewDue : 0
  },
}
