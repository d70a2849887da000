/** The probes that holdfast sends itself: their runs, the next one, what stopped them, what is left to spend. */
import { sumsBy } from './figures.ts'
import { type Html, html } from './html.ts'
import { count, duration, instant, unknown } from './numbers.ts'
import { type Snapshot, viewOf } from './snapshot.ts'
import { facts, table } from './table.ts'
import { words } from './wording.ts'

const timeOf = (text: string | undefined): number | undefined => {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}

function nextText(next: number | undefined, now: number): string {
  if (next === undefined) return unknown
  return next > now ? `${instant(next)}, in ${duration(next - now)}` : instant(next)
}

export function probesSection(snapshot: Snapshot): Html {
  const { figures, now, facts: known } = snapshot
  if (!known.probesConfigured) {
    return html`<p>No probes are configured: set <code>probes.url</code>, <code>probes.model</code> and a key of their own (docs/canaries.md).</p>`
  }
  const probes = viewOf(snapshot)?.probes
  const outcomes = sumsBy(figures.rows('holdfast_probe_runs_total'), 'outcome')
  const ended = Array.from(outcomes, ([outcome, n]) => ({ outcome, n })).filter(({ n }) => n > 0)
  const stopped = probes?.stopped
  const isStopped = figures.rows('holdfast_probes_stopped').find(({ value }) => value === 1)
  const reason = stopped?.reason ?? isStopped?.labels.get('reason')
  const leads = figures.sum('holdfast_probe_leader')
  const last = timeOf(probes?.lastDue)
  return html`${
    reason === undefined
      ? undefined
      : html`<p class="callout"><strong>Stopped: ${words(reason)}.</strong> The provider refused the account${stopped?.at === undefined ? '' : ` at ${instant(timeOf(stopped.at))}`}. Nothing is sent until an operator resumes them: <code>POST /probes/resume</code>.</p>`
  }${facts([
    ['Schedule', known.probesSchedule],
    ['Complete runs', count(probes?.completeRuns)],
    ['Last complete run was due', last === undefined ? 'none so far' : instant(last)],
    [
      'Next run is due',
      reason === undefined ? nextText(timeOf(probes?.nextDue), now) : 'when they are resumed',
    ],
    [
      'This replica',
      leads === undefined ? unknown : leads === 1 ? 'runs them' : 'leaves them to another',
    ],
    [
      'Now',
      probes === undefined
        ? unknown
        : probes.running
          ? 'a run is on its way'
          : 'no run is on its way',
    ],
    [
      'Runs that ended here',
      ended.length === 0
        ? 'none so far'
        : ended.map(({ outcome, n }) => `${words(outcome)} ${count(n)}`).join(', '),
    ],
  ])}${budgets(snapshot)}`
}

function budgets({ figures }: Snapshot): Html | undefined {
  const left = figures.rows('holdfast_probe_budget_left')
  const judge = figures.rows('holdfast_judge_budget_left')
  const rows = [
    ...left.map((row) => ({ ...row, of: `probes, ${row.labels.get('kind') ?? ''}` })),
    ...judge.map((row) => ({ ...row, of: 'paid judge' })),
  ]
  if (rows.length === 0) return undefined
  return table({
    id: 'budgets-table',
    caption: 'What is left to spend in the running hour and day (UTC).',
    columns: [
      { head: 'Budget' },
      { head: 'Window' },
      { head: 'Unit' },
      { head: 'Left', number: true },
    ],
    rows: rows.map(({ of, labels, value }) => [
      html`${of}`,
      html`${labels.get('window')}`,
      html`${labels.get('unit')}`,
      html`${labels.get('unit') === 'usd' ? value.toFixed(2) : count(value)}`,
    ]),
  })
}
