/** docs/faults.md and what is printed: one row per way of injecting a fault, over its seeds. */
import type { Fault } from '../fault.ts'
import type { Run } from './run-scenario.ts'
import type { Skipped } from './sets.ts'

export interface Report {
  command: string
  date: string
  machine: string
  /** As a text: parts of a report may have had loads of different size. */
  clients: string
  minutes: number
  runs: readonly Run[]
  skipped: readonly Skipped[]
  reference?: readonly ReferenceRow[]
}

export interface ReferenceRow {
  target: string
  requests: number
  failed: number
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
const median = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const milliseconds = (values: readonly (number | undefined)[]): string => {
  const middle = median(values.filter((value) => value !== undefined))
  return middle === undefined ? '' : middle.toFixed(1)
}

function rowsOf(runs: readonly Run[]): string[] {
  const groups = new Map<string, Run[]>()
  for (const run of runs) {
    const key = `${run.fault} ${run.variant}`
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()].map((group) => {
    const [first] = group
    const bad = group.filter(({ violations }) => violations.length > 0)
    const requests = group.reduce((sum, run) => sum + run.requests, 0)
    const told =
      bad.length > 0
        ? bad
            .flatMap(({ violations }) => violations)
            .slice(0, 2)
            .join('; ')
        : 'held'
    return row(
      first?.fault ?? '',
      first?.variant ?? '',
      String(group.length),
      String(requests),
      bad.length > 0 ? `${bad.length} of ${group.length}: ${told}` : told,
      milliseconds(group.map(({ addedP50Ms }) => addedP50Ms)),
      milliseconds(group.map(({ addedP99Ms }) => addedP99Ms)),
      group.flatMap(({ notes }) => notes).at(-1) ?? '',
    )
  })
}

const tableHead = [
  row(
    'fault',
    'injected as',
    'runs',
    'requests of the load',
    'promises',
    'added p50 ms',
    'added p99 ms',
    'figures of the last seed',
  ),
  row('---', '---', '---', '---', '---', '---', '---', '---'),
]

export const runTable = (runs: readonly Run[]): string => [...tableHead, ...rowsOf(runs)].join('\n')

export function document(report: Report, faults: readonly Fault[]): string {
  const { runs, skipped } = report
  const bad = runs.filter(({ violations }) => violations.length > 0)
  const requests = runs.reduce((sum, run) => sum + run.requests, 0)
  return `# Faults

What was done to holdfast on purpose, and what it did. This page is written by the run:

    ${report.command}

on ${report.date}, ${report.machine}, in ${report.minutes.toFixed(0)} minutes: **${runs.length} runs, ${requests} requests of the load
beside the faults, ${bad.length} runs in which a promise did not hold.**

In each run a load goes on before, during and after the fault: ${report.clients} keep-alive clients, 70 % streams, 20 % JSON, 10 % tools,
every body made from the run's seed and compared by SHA-256 on both sides. Then eight promises are checked:

1. No request of a client fails that does not fail straight to the model.
2. Bytes are identical both ways, and headers but for those of one hop.
3. First bytes come no later. The columns "added" are the median over the seeds of: (through holdfast less straight)
   in the fault less the same outside of it. The machine is shared with the load and the model, so this is shown, not asserted.
4. Memory and descriptors come back.
5. The fault can be seen in a scrape, and that it is over.
6. sampled = judged + dropped + in flight, exactly, at rest and under way.
7. What was acknowledged on disk is not lost.
8. Exit code 0; no error that nobody caught; none of 12 planted secrets in a log, a metric or a file.

A run that was repeated counts once, as it came out last. The phases are shorter than an operator's: 1.5 s before and after, seconds during. All runs but those of F36 are over the
loopback address.

${runTable(runs)}
${referenceText(report.reference)}
## Not run

${
  skipped.length === 0
    ? 'All of them were run.\n'
    : skipped.map(({ fault, variant, reason }) => `- ${fault}, ${variant}: ${reason}`).join('\n')
}

## What each fault is, and which tests hold it besides

${[
  row('fault', 'what', 'injected', 'promised', 'seen in', 'tests'),
  row('---', '---', '---', '---', '---', '---'),
  ...faults.map(({ id, name, injects, promise, observe, tests = [], missing }) =>
    row(
      id,
      name,
      injects,
      promise + (missing === undefined ? '' : ` (missing: ${missing})`),
      observe,
      tests.map(({ file, title }) => `\`${file}\`: ${title}`).join('; '),
    ),
  ),
].join('\n')}

## Less is promised

- An upstream that closes idle connections sooner than \`proxy.upstream_idle_ms\` (4 s) may meet a request: it is answered
  502 and never sent again (F12).
- A process that is killed takes the exchanges under way in it along (F25).
- A monitor thread that ends while it is still loading may leave the one file open that it was reading ([soak](soak.md)).
- Where the process has no descriptor left, what needs one is refused (F30).

\`npm run faults -- --help\` says how to run a part of this.
`
}

function referenceText(rows: readonly ReferenceRow[] | undefined): string {
  if (rows === undefined || rows.length === 0) return ''
  return `
## The same load through others

${[row('through', 'requests', 'failed or changed'), row('---', '---', '---'), ...rows.map(({ target, requests, failed }) => row(target, String(requests), String(failed)))].join('\n')}
`
}
