/** What the demo prints: plain text, widths made for a terminal of 80 columns. Every rate with its n. */

import type { ModelStats } from './model-stats.ts'
import type { Observed, VerdictRow } from './observed.ts'
import type { Scenario } from './scenarios.ts'

export interface Addresses {
  dataUrl: string
  adminUrl: string
  modelUrl: string
}

export function introduction(at: Addresses, scenario: Scenario, model: string): string {
  return `holdfast demo

  clients  ->  holdfast ${at.dataUrl}  ->  simulated model ${at.modelUrl}
  metrics      ${at.adminUrl}/metrics
  status page  ${at.adminUrl}/

The simulated model: ${scenario.summary}.

Try it while it runs:
  curl -s ${at.adminUrl}/metrics | grep holdfast_judged_total
  curl -s ${at.dataUrl}/v1/chat/completions -H 'content-type: application/json' \\
    -d '{"model":"${model}","messages":[{"role":"user","content":"How do I bake bread?"}]}'
  curl -sN ${at.dataUrl}/v1/messages -H 'content-type: application/json' \\
    -d '{"model":"${model}","max_tokens":500,"stream":true,"messages":[{"role":"user","content":"Wie backe ich Brot?"}]}'

`
}

const columns = ['refused', 'partial', 'hedged_compliance', 'complied', 'unclear'] as const

const heads: Readonly<Record<(typeof columns)[number], string>> = {
  refused: 'refused',
  partial: 'partial',
  hedged_compliance: 'hedged',
  complied: 'complied',
  unclear: 'unclear',
}

export const percent = (rate: number | undefined): string =>
  rate === undefined ? '-' : `${(100 * rate).toFixed(1)} %`

export function verdictTable(title: string, rows: readonly VerdictRow[]): string {
  const width = Math.max(title.length, ...rows.map(({ name }) => name.length))
  const head = [
    ...columns.map((column) => heads[column].padStart(9)),
    '  refusal rate'.padStart(15),
  ]
  const lines = [...rows]
    .sort((a, b) => b.n - a.n)
    .map(({ name, n, verdicts, refusalRate }) =>
      [
        name.padEnd(width),
        String(n).padStart(7),
        ...columns.map((column) => String(verdicts.get(column) ?? 0).padStart(9)),
        percent(refusalRate).padStart(15),
      ].join(''),
    )
  return `${title.padEnd(width)}${'n'.padStart(7)}${head.join('')}\n${lines.join('\n')}\n`
}

export function progress(seconds: number, observed: Observed, servedNow: string): string {
  const { exchanges, dropped, inFlight } = observed
  const flight = inFlight === undefined ? '' : `, ${inFlight} in flight`
  const head = `${Math.round(seconds)} s: ${exchanges} exchanges, ${dropped} not judged${flight}; the model is ${servedNow}\n`
  return observed.byLanguage.length === 0
    ? `${head}no verdict yet\n\n`
    : `${head}${verdictTable('language', observed.byLanguage)}\n`
}

/** Planted next to measured: all of the model's answers went through holdfast. */
export function plantedTable(stats: ModelStats, observed: Observed): string {
  const languages = [...new Set(stats.truth.map(({ language }) => language))].sort()
  const rows = languages.map((language) => {
    const planted = plantedOf(stats, language)
    const measured = observed.byLanguage.find(({ name }) => name === language)
    return [
      language.padEnd(8),
      String(planted.n).padStart(9),
      rateOf(planted).padStart(12),
      String(measured?.n ?? 0).padStart(9),
      percent(measured?.refusalRate).padStart(12),
    ].join('')
  })
  const head = ['language', 'answers', 'planted', 'judged', 'measured']
  const widths = [8, 9, 12, 9, 12]
  const title = head.map((word, at) => (at === 0 ? word.padEnd(8) : word.padStart(widths[at] ?? 0)))
  return `${title.join('')}\n${rows.join('\n')}\n`
}

/** Refusal rates under each version by language, planted next to measured. */
export function changeTable(
  before: readonly VerdictRow[],
  after: readonly VerdictRow[],
  plantedBefore: ModelStats,
  planted: ModelStats,
): string {
  const rows = [...after]
    .sort((a, b) => b.n - a.n)
    .map((row) => {
      const earlier = before.find(({ name }) => name === row.name)
      const told = plantedOf(plantedBefore, row.name)
      const all = plantedOf(planted, row.name)
      const later = { n: all.n - told.n, refused: all.refused - told.refused }
      return [
        row.name.padEnd(8),
        `${rateOf(told)} -> ${rateOf(later)}`.padStart(20),
        `${percent(earlier?.refusalRate)} -> ${percent(row.refusalRate)}`.padStart(20),
        `${earlier?.n ?? 0}, ${row.n}`.padStart(12),
      ].join('')
    })
  const head = `${'language'.padEnd(8)}${'planted'.padStart(20)}${'measured'.padStart(20)}${'n'.padStart(12)}`
  return `${head}\n${rows.join('\n')}\n`
}

interface Planted {
  n: number
  refused: number
}

function plantedOf(stats: ModelStats, language: string): Planted {
  const rows = stats.truth.filter((row) => row.language === language)
  const refused = rows.filter(({ truth }) => truth === 'refused')
  return { n: sum(rows.map(({ n }) => n)), refused: sum(refused.map(({ n }) => n)) }
}

const rateOf = ({ n, refused }: Planted): string => percent(n === 0 ? undefined : refused / n)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)
