/** `holdfast import`: a benchmark from the user's own copy, as suites or trajectories beside it. */
import { parseArgs } from 'node:util'
import { didYouMean, nearest } from '../did-you-mean.ts'
import { messageOf } from '../error.ts'
import { benchmarks } from '../probe/import/benchmarks.ts'
import { type ImportOptions, runImport } from '../probe/import/run-import.ts'
import type { Command, CommandIo } from './command.ts'

const usageFault = 2
const width = Math.max(...benchmarks.map(({ id }) => id.length))

const help = `Usage: holdfast import BENCHMARK PATH --out DIR [--model NAME]

Reads a published benchmark from your own copy and writes it in the forms that holdfast reads. Nothing
is fetched, and nothing of others is written into the package's suites.

${benchmarks.map(({ id, reads, writes }) => `  ${id.padEnd(width)}  ${reads}\n  ${''.padEnd(width)}  -> ${writes}`).join('\n')}

  --out DIR     where it is written; must not be there yet, or be empty
  --model NAME  whose answers the file holds (xstest completions, tau-bench, tau2)

A suite of the category CATEGORY in DIR/NAME is run with
\`holdfast probe run --suites DIR/NAME --suite CATEGORY\`; harmful requests are of class P2, which takes
--allow-p2. Exit code 2: the file is not what is expected (file, row and
column are named, at most 20 faults), or DIR cannot be used; nothing is written then.
`

const read = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, model: { type: 'string' } },
    allowPositionals: true,
  })

function readArgs(args: readonly string[]): Omit<ImportOptions, 'signal'> | string {
  let parsed: ReturnType<typeof read>
  try {
    parsed = read(args)
  } catch (error) {
    return messageOf(error)
  }
  const { values, positionals } = parsed
  const [id, path, ...further] = positionals
  if (id === undefined || path === undefined || further.length > 0) {
    return `a benchmark and a path are needed, not ${positionals.length} words`
  }
  const known = benchmarks.map((one) => one.id)
  const benchmark = benchmarks.find((one) => one.id === id.toLowerCase())
  if (benchmark === undefined) {
    const shown = id.slice(0, 60).replace(/\p{C}/gu, '?')
    return `no benchmark "${shown}"${didYouMean(nearest(id, known))}: ${known.join(', ')}`
  }
  if (values.out === undefined || values.out === '') return '--out must say where to write'
  return { benchmark, path, out: values.out, model: values.model }
}

export const importBenchmark: Command = {
  words: ['import'],
  summary: 'Import a published benchmark from your own copy',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const options = readArgs(args)
    if (typeof options === 'string') {
      io.stderr.write(`holdfast import: ${options}\n`)
      return usageFault
    }
    const result = await runImport({ ...options, signal: io.signal })
    if (!result.ok) {
      for (const fault of result.faults) io.stderr.write(`holdfast import: ${fault}\n`)
      return usageFault
    }
    const { benchmark, out } = options
    const lines = [
      `${benchmark.title} (${benchmark.licence}), ${benchmark.source}`,
      ...result.notes,
      ...result.written.map(({ name, kind, count }) =>
        kind === 'suite' ? `${out}/${name}: ${count} items` : `${out}/${name}: ${count} lines`,
      ),
    ]
    io.stdout.write(`${lines.join('\n')}\n`)
    return 0
  },
}
