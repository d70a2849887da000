/** `holdfast profile`: the alignment profile as a table, or as JSON that its published schema describes. */
import { parseArgs } from 'node:util'
import { faultText, messageOf } from '../error.ts'
import { profileText } from '../profile/profile-file.ts'
import type { ProfileRow } from '../profile/row.ts'
import { profileOf } from '../report/build-report.ts'
import { profileCells, profileHeads } from '../report/profile-table.ts'
import type { Command, CommandIo } from './command.ts'
import { inputHelp, inputOptions, readInputs, typed } from './evidence-inputs.ts'
import { textTable } from './text-table.ts'

const usageFault = 2

const help = `Usage: holdfast profile [options] [--json]

One row for each figure: dimension, condition, evidence level, estimate with its 95 % interval, n, and
the instrument that it was made with. Rows of different instruments are never put together, and there is
no total. docs/report.md says what levels and dimensions mean.

${inputHelp}
  --json                print JSON as docs/profile.schema.json describes it

Exit code 2: an option or a file has to be changed.
`

const read = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: { ...inputOptions, json: { type: 'boolean' } } })

export const profile: Command = {
  words: ['profile'],
  summary: 'Print the alignment profile: what is known, at which evidence level',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    let values: ReturnType<typeof read>['values']
    try {
      ;({ values } = read(args))
    } catch (error) {
      io.stderr.write(`holdfast profile: ${messageOf(error)}\n`)
      return usageFault
    }
    const inputs = await readInputs(values, `holdfast profile ${typed(args, [])}`, io)
    if (!inputs.ok) {
      for (const fault of inputs.faults) io.stderr.write(`holdfast profile: ${faultText(fault)}\n`)
      return usageFault
    }
    const rows = profileOf(inputs.input)
    io.stdout.write(values.json === true ? profileText(rows) : readable(rows))
    return 0
  },
}

const readable = (rows: readonly ProfileRow[]): string =>
  rows.length === 0
    ? 'nothing is known: give --run, --profile, or live traffic\n'
    : `${textTable([profileHeads, ...rows.map(profileCells)])}\n`
