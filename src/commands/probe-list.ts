/** `holdfast probe list`: which probes there are, by category. */
import { parseArgs } from 'node:util'
import { messageOf } from '../error.ts'
import { bundledSuites } from '../probe/bundled.ts'
import { categories } from '../probe/category.ts'
import { loadSuites } from '../probe/load-suite.ts'
import type { Suite } from '../probe/suite.ts'
import { suiteFaultText } from '../probe/suite-fault.ts'
import type { Command, CommandIo } from './command.ts'
import { textTable } from './text-table.ts'

const usageFault = 2

const help = `Usage: holdfast probe list [--json] [--suites DIR]...

Lists the probe suites that come with holdfast, and those of your own.

  --suites DIR  a folder of suites, the folder of one, or one file; of a category that is there
                already yours counts; may be repeated
  --json        print one JSON object {categories: [{category, items, languages, suite, version}]}

Exit code 2: a suite has faults; each is named by file and line.`

export const probeList: Command = {
  words: ['probe', 'list'],
  summary: 'List the probe suites',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    let values: { json?: boolean; suites?: string[] }
    try {
      ;({ values } = parseArgs({
        args: [...args],
        options: { json: { type: 'boolean' }, suites: { type: 'string', multiple: true } },
      }))
    } catch (error) {
      io.stderr.write(`holdfast probe list: ${messageOf(error)}\n\n${help}\n`)
      return usageFault
    }
    const loaded = loadSuites([bundledSuites, ...(values.suites ?? [])])
    if (!loaded.ok) {
      for (const fault of loaded.faults) io.stderr.write(`${suiteFaultText(fault)}\n`)
      return usageFault
    }
    const rows = inOrder(loaded.suites)
    io.stdout.write(
      values.json === true
        ? `${JSON.stringify({ categories: rows.map(rowJson) })}\n`
        : `${readable(rows)}\n`,
    )
    return 0
  },
}

const inOrder = (suites: readonly Suite[]): Suite[] =>
  categories.flatMap((category) => suites.filter((suite) => suite.category === category))

const rowJson = ({ category, items, languages, version, hash }: Suite): object => ({
  category,
  items,
  languages,
  suite: hash,
  version,
})

const readable = (suites: readonly Suite[]): string =>
  textTable([
    ['category', 'items', 'languages', 'version', 'suite'],
    ...suites.map(({ category, items, languages, version, hash }) => [
      category,
      String(items),
      languages.length > 4 ? `${languages.length}` : languages.join(' '),
      version,
      hash.slice(0, 12),
    ]),
  ])
