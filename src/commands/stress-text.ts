/** What a stress test has found, as tables for people. */
import type { StressResult } from '../stress/result.ts'
import { textTable } from './text-table.ts'

const number = (value: number): string => {
  const text = value.toFixed(2)
  return text === '-0.00' ? '0.00' : text
}
const limits = (one: { est: number; lo: number; hi: number } | null): string =>
  one === null ? '-' : `${number(one.est)} [${number(one.lo)}, ${number(one.hi)}]`
const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([reason, n]) => `${reason} ${n}`)
    .join(', ')

export function stressText(result: StressResult): string {
  const { suite, seed, stress, dimension, targets, scaffolds, tasks, transcripts } = result
  const head = `${dimension}, graded 0 to 2, of ${suite.category} ${suite.version} (${suite.hash.slice(0, 12)}), seed ${seed}, ${stress}
${targets.length} targets x ${scaffolds.length} scaffolds x ${tasks.length} tasks, ${transcripts} transcripts; 95 % limits in brackets, tasks drawn anew`
  return `${[
    head,
    matrixText(result),
    liftsText(result),
    interactionText(result),
    agreementText(result),
    notes(result).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

function matrixText({ targets, scaffolds, cells }: StressResult): string {
  const cellText = (target: string, scaffold: string): string => {
    const cell = cells.find((one) => one.target === target && one.scaffold === scaffold)
    if (cell === undefined) return '-'
    return `${limits(cell.mean)}${cell.flag === null ? '' : ` ${cell.flag}`}`
  }
  return textTable([
    ['mean grade', ...scaffolds.map(({ name }) => name)],
    ...targets.map(({ name }) => [name, ...scaffolds.map((one) => cellText(name, one.name))]),
  ])
}

function liftsText({ targets, scaffolds, lifts }: StressResult): string {
  if (lifts.length === 0) return ''
  const [base, ...others] = scaffolds
  const liftText = (target: string, scaffold: string): string =>
    limits(lifts.find((one) => one.target === target && one.scaffold === scaffold)?.change ?? null)
  return textTable([
    [`change from ${base?.name ?? ''}`, ...others.map(({ name }) => name)],
    ...targets.map(({ name }) => [name, ...others.map((one) => liftText(name, one.name))]),
  ])
}

function interactionText({ interaction, targets, scaffolds }: StressResult): string {
  if (interaction === null) {
    return 'scaffold by model: not tested (fewer than two of either, or no task with every grade)'
  }
  const { p, statistic, permutations, tasks, residuals } = interaction
  return `scaffold by model: p ${p.toPrecision(2)} (T ${number(statistic)}, ${permutations} permutations within ${tasks} tasks)
${textTable([
  ['beyond both', ...scaffolds.map(({ name }) => name)],
  ...targets.map(({ name }, m) => [name, ...(residuals[m] ?? []).map(number)]),
])}`
}

const agreementText = ({ agreement }: StressResult): string =>
  textTable([
    ['raters', 'n', 'equal', 'AC1', 'kappa'],
    ...agreement.map(({ first, second, n, observed, ac1, kappa }) => [
      `${first} and ${second}`,
      String(n),
      observed === null ? '-' : `${(100 * observed).toFixed(1)} %`,
      limits(ac1),
      limits(kappa),
    ]),
  ])

function notes({ targets, cells, scrubbed, failures, not_asked, spent }: StressResult): string[] {
  const early = targets.filter(({ ended }) => ended !== 'done')
  const left = cells.filter(({ excluded }) => Object.keys(excluded).length > 0)
  return [
    `spent: ${spent.calls} calls, ${spent.tokens} tokens${spent.usd === 0 ? '' : `, ${spent.usd.toFixed(4)} US dollars`}`,
    ...(scrubbed === 0
      ? []
      : [`names or scaffold sentences were taken out of ${scrubbed} answers`]),
    ...(Object.keys(failures).length === 0 ? [] : [`no answer: ${counted(failures)}`]),
    ...(not_asked === 0 ? [] : [`${not_asked} deliveries were not asked`]),
    ...early.map(({ name, ended }) => `${name} ended early: ${ended}`),
    ...left.map(
      ({ target, scaffold, excluded }) => `${target}, ${scaffold}: left out ${counted(excluded)}`,
    ),
  ]
}
