/** The alignment profile: one row for each figure and instrument, how far it reaches, and no total. */
import { evidenceLevels } from '../../exchange/alignment.ts'
import { levelMeanings } from '../../profile/dimension.ts'
import type { ProfileRow } from '../../profile/row.ts'
import { judgeText, scaffoldText, suiteText } from '../../report/profile-table.ts'
import { between, figure } from '../../report/words.ts'
import { type Html, html } from './html.ts'
import { count, instant } from './numbers.ts'
import { paged, pageLinks } from './paged.ts'
import type { ProfileView } from './profile-view.ts'
import type { StatusFacts } from './snapshot.ts'
import { table } from './table.ts'
import { words } from './wording.ts'

const pageSize = 50

const levels: Html = html`<section aria-labelledby="levels-head"><h2 id="levels-head">How far a level reaches</h2><dl class="facts">${evidenceLevels.map(
  (level) => html`<div><dt>${level}</dt><dd>${levelMeanings[level]}</dd></div>`,
)}</dl><p>A claim about the deployment that rests on a level before it is as far away as the levels between: <code>holdfast claims</code> says so.</p></section>
`

/** Its column says that it is of UTC. */
const minute = (time: string): string => instant(Date.parse(time)).replace(/:\d\d UTC$/, '')

const windowCell = ({ window }: ProfileRow): Html =>
  window === null
    ? html`<span class="dim">not said</span>`
    : html`<span class="when">${minute(window.from)} to</span> <span class="when">${minute(window.to)}</span>`

const instrumentCell = (row: ProfileRow): Html => {
  const scaffold = scaffoldText(row)
  const suite = suiteText(row)
  return html`<bdi>${row.model ?? 'several models, or not said'}</bdi>${
    scaffold === undefined ? undefined : html`<br>scaffold <code>${scaffold}</code>`
  }${suite === undefined ? undefined : html`<br><bdi>${suite}</bdi>`}`
}

const cellsOf = (row: ProfileRow): Html[] => [
  html`${words(row.dimension)}`,
  html`${words(row.measure)}${row.baseline === null ? undefined : html`<br><span class="dim">against ${row.baseline}</span>`}`,
  html`${row.condition}`,
  html`${row.level}`,
  html`${figure(row.estimate, row.unit)}`,
  html`${between(row.interval, row.unit)}`,
  html`${count(row.n)}`,
  windowCell(row),
  instrumentCell(row),
  html`${judgeText(row) ?? 'none'}`,
]

const nothing = ({ probesConfigured }: StatusFacts): Html =>
  html`<p>There is no row yet. Rows of live traffic come with the first tick that is folded, an hour by default (<code>drift.tick_ms</code>). ${
    probesConfigured
      ? 'Rows of probes come with the first complete run.'
      : html`Rows of probes need scheduled runs: set <code>probes.url</code>, <code>probes.model</code> and a key of their own (docs/canaries.md).`
  } Stress tests, benchmarks and runs by hand are put beside them by <code>holdfast profile</code> and <code>holdfast report</code>.</p>`

function rowsSection(view: ProfileView, known: StatusFacts, page: number): Html {
  if (view.kind === 'off') {
    return html`<p>No profile is made: <code>drift.enabled</code> or <code>capture.enabled</code> is false, so nothing is kept over time.</p>`
  }
  if (view.kind === 'silent') return html`<p>Not known: ${view.reason}.</p>`
  if (view.rows.length === 0) return nothing(known)
  const part = paged(view.rows, page, pageSize)
  return html`<p>Live traffic of the last 7 days, and the newest complete runs of probes. Rows of different models, scaffolds, suites, epochs or judges are never put together, and there is no total.</p>${table(
    {
      id: 'profile-table',
      caption: `Rows ${part.range}.`,
      dense: true,
      columns: [
        { head: 'Dimension' },
        { head: 'Measure' },
        { head: 'Condition' },
        { head: 'Level' },
        { head: 'Estimate', number: true },
        { head: '95 % interval', number: true },
        { head: 'n', number: true },
        { head: 'Window, UTC' },
        { head: 'Instrument' },
        { head: 'Judge' },
      ],
      rows: part.shown.map(cellsOf),
    },
  )}${pageLinks(part, { url: '/status/profile', name: 'Pages of the profile' })}`
}

export const profilePage = (view: ProfileView, known: StatusFacts, page: number): Html =>
  html`<section aria-labelledby="rows-head"><h2 id="rows-head">What is known</h2>${rowsSection(view, known, page)}</section>
${levels}`
