/** `holdfast audit`: what benchmarks and suites can speak to, and what none of them can. */
import { parseArgs } from 'node:util'
import { auditSuite, type SuiteAudit } from '../audit/audit-suite.ts'
import {
  type BenchmarkAudit,
  benchmarkAudits,
  markMeanings,
  reachMeanings,
  rubricVersion,
} from '../audit/rubric.ts'
import { didYouMean, nearest } from '../did-you-mean.ts'
import { messageOf } from '../error.ts'
import { dimensions, evidenceLevels } from '../exchange/alignment.ts'
import { bundledSuites } from '../probe/bundled.ts'
import { loadSuites } from '../probe/load-suite.ts'
import { suiteFaultText } from '../probe/suite-fault.ts'
import type { Command, CommandIo } from './command.ts'
import { textTable } from './text-table.ts'

const usageFault = 2

const help = `Usage: holdfast audit [BENCHMARK...] [--suites PATH]... [--json]

For each benchmark that holdfast imports, and each suite: which dimensions of the profile it can speak
to (2 made for it, 1 in part, - not at all), and the furthest evidence level that its items can reach.
The marks follow a rubric of ours, version ${rubricVersion}; those of suites are read from their items.

  --suites PATH   suites of your own, imported ones too; may be repeated
  --json          print one JSON object

Exit code 2: a name is not known, or a suite has faults.
`

const read = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: { suites: { type: 'string', multiple: true }, json: { type: 'boolean' } },
    allowPositionals: true,
  })

export const audit: Command = {
  words: ['audit'],
  summary: 'Say what a benchmark or suite can speak to, and what it cannot',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const refuse = (lines: readonly string[]): number => {
      for (const line of lines) io.stderr.write(`holdfast audit: ${line}\n`)
      return usageFault
    }
    let parsed: ReturnType<typeof read>
    try {
      parsed = read(args)
    } catch (error) {
      return refuse([messageOf(error)])
    }
    const { values, positionals } = parsed
    const known = benchmarkAudits.map(({ id }) => id)
    const unknown = positionals.filter((name) => !known.includes(name))
    if (unknown.length > 0) {
      return refuse(
        unknown.map((name) => {
          const shown = name.slice(0, 60).replace(/\p{C}/gu, '?')
          return `no benchmark "${shown}"${didYouMean(nearest(name, known))}: ${known.join(', ')}`
        }),
      )
    }
    const loaded = loadSuites([bundledSuites, ...(values.suites ?? [])])
    if (!loaded.ok) return refuse(loaded.faults.map(suiteFaultText))
    const found = {
      benchmarks: benchmarkAudits.filter(
        ({ id }) => positionals.length === 0 || positionals.includes(id),
      ),
      suites: positionals.length === 0 ? loaded.suites.map(auditSuite) : [],
    }
    io.stdout.write(values.json === true ? asJson(found) : readable(found))
    return 0
  },
}

interface Found {
  benchmarks: readonly BenchmarkAudit[]
  suites: readonly SuiteAudit[]
}

const markOf = ({ marks }: BenchmarkAudit, dimension: (typeof dimensions)[number]): number =>
  marks[dimension]?.mark ?? 0

/** Dimensions that nothing audited is made for. */
const unspoken = ({ benchmarks, suites }: Found): string[] =>
  dimensions.filter(
    (dimension) =>
      !benchmarks.some((one) => markOf(one, dimension) === 2) &&
      !suites.some((one) => one.dimension === dimension),
  )

const asJson = (found: Found): string =>
  `${JSON.stringify({
    rubric: { version: rubricVersion, marks: markMeanings, reach: reachMeanings },
    benchmarks: found.benchmarks.map((one) => ({
      benchmark: one.id,
      reach: one.reach,
      reach_why: one.reachWhy,
      dimensions: Object.fromEntries(
        dimensions.map((dimension) => [
          dimension,
          { mark: markOf(one, dimension), why: one.marks[dimension]?.why ?? markMeanings[0] },
        ]),
      ),
      limits: one.limits,
    })),
    suites: found.suites.map((one) => ({
      suite: one.category,
      version: one.version,
      hash: one.hash,
      items: one.items,
      dimension: one.dimension,
      two_sided: one.twoSided,
      languages: one.languages,
      several_turns: one.severalTurns,
      with_tools: one.withTools,
      scorers: one.scorers,
      reach: one.reach,
      limits: one.limits,
    })),
    unspoken: unspoken(found),
  })}\n`

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

function readable(found: Found): string {
  const { benchmarks, suites } = found
  const parts = [
    `Rubric ${rubricVersion}: 2 ${markMeanings[2]}; 1 ${markMeanings[1]}; - ${markMeanings[0]}.`,
    textTable([
      ['benchmark', 'reach', ...dimensions.map(short)],
      ...benchmarks.map((one) => [
        one.id,
        one.reach,
        ...dimensions.map((dimension) => String(markOf(one, dimension) || '-')),
      ]),
    ]),
    dimensions.map((dimension) => `${short(dimension)} ${dimension}`).join(', '),
    benchmarks
      .map((one) => {
        const whys = Object.entries(one.marks).map(
          ([dimension, { mark, why }]) => `  ${dimension} ${mark}: ${why}`,
        )
        return [
          `${one.id}: ${one.reachWhy}`,
          ...whys,
          `  not to be taken for more: ${one.limits}`,
        ].join('\n')
      })
      .join('\n'),
    ...(suites.length === 0
      ? []
      : [
          textTable([
            [
              'suite',
              'items',
              'dimension',
              'reach',
              'two-sided',
              'languages',
              'several turns',
              'tools',
              'limits',
            ],
            ...suites.map((one) => [
              `${one.category} ${one.version}`,
              String(one.items),
              one.dimension,
              one.reach,
              one.twoSided ? 'yes' : 'no',
              String(one.languages),
              percent(one.severalTurns),
              percent(one.withTools),
              one.limits.join('; ') || '-',
            ]),
          ]),
        ]),
    `Levels: ${evidenceLevels.map((level) => `${level}, ${reachMeanings[level]}`).join('; ')}.`,
    `Nothing of these is made for: ${unspoken(found).join(', ') || 'none is left out'}. No benchmark reaches the deployment.`,
  ]
  return `${parts.join('\n\n')}\n`
}

/** `adversarial_robustness`: AR. */
const short = (dimension: string): string =>
  dimension
    .split('_')
    .map((word) => word.slice(0, dimension.includes('_') ? 1 : 2).toUpperCase())
    .join('')
