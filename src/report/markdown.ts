/** The report as Markdown: the same parts and figures as the page, without plots. */
import { profileCells, profileHeads } from './profile-table.ts'
import type { Report } from './report-document.ts'
import {
  between,
  day,
  hoursBetween,
  languageName,
  metricName,
  moment,
  percent,
  rateOf,
  setName,
  signed,
  whole,
} from './words.ts'

const cell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ')

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))]
        .map((row) => `| ${row.join(' | ')} |`)
        .join('\n')

const section = (title: string, ...parts: readonly string[]): string => {
  const said = parts.filter((part) => part !== '')
  return [`## ${title}`, ...(said.length === 0 ? ['None.'] : said)].join('\n\n')
}

const urgencies = { act: 'Decide', look: 'Look', note: 'Note' } as const

export const reportMarkdown = (report: Report): string => {
  const { period, summary } = report
  const sections = [
    `# Behaviour of the deployment, ${day(period.from)} to ${day(period.to)}`,
    `**${summary.headline}**`,
    summary.findings
      .map(
        ({ urgency, text, about }) => `- **${urgencies[urgency]}.** ${text} (${about.join(', ')})`,
      )
      .join('\n'),
    claims(report),
    episodes(report),
    deltas(report),
    movements(report),
    profile(report),
    coverage(report),
    judges(report),
    section(
      'Changes',
      table(
        ['when', 'what', 'from', 'to', 'id'],
        report.changes.map(({ at, kind, from, to, id }) => [
          at === null ? 'unknown' : moment(at),
          kind,
          from ?? '-',
          to,
          id,
        ]),
      ),
    ),
    section(
      'Incidents of the monitor',
      table(
        ['from', 'to', 'what', 'exchanges', 'id'],
        report.incidents.map(({ from, to, what, n, id }) => [
          moment(from),
          moment(to),
          what,
          n === null ? '-' : whole(n),
          id,
        ]),
      ),
    ),
    section(
      'Method',
      table(
        ['name', 'formula', 'used for'],
        report.method.map(({ name, formula, used_for }) => [name, formula, used_for]),
      ),
    ),
    section(
      'Make it again',
      `\`\`\`\n${report.reproduce.join('\n')}\n\`\`\``,
      table(
        ['input', 'holds', 'SHA-256'],
        report.inputs.map(({ name, holds, sha256 }) => [name, holds, sha256]),
      ),
    ),
    section(
      'Appendix: evidence for clauses',
      'Evidence, and no finding of compliance.',
      table(
        ['framework', 'clause', 'asks that', 'evidence here', 'sections'],
        report.clauses.map(({ framework, clause, asks, evidence, parts }) => [
          framework,
          clause,
          asks,
          evidence,
          parts.join(', '),
        ]),
      ),
    ),
  ]
  return `${sections.join('\n\n')}\n`
}

const claims = ({ claims: all }: Report): string =>
  section(
    'Claims and inferential distance',
    table(
      [
        'claim',
        'bound',
        'outcome',
        'claimed',
        'evidence',
        'distance',
        'interval',
        'why',
        'what would close it',
        'id',
      ],
      all.map((one) => [
        one.statement,
        one.bound,
        one.outcome.replace('_', ' '),
        one.claimed_level,
        one.evidenced_level ?? 'none',
        one.distance === null ? '-' : String(one.distance),
        one.interval === null ? '-' : between(one.interval, one.interval.unit),
        one.why,
        one.closes.join('; '),
        one.id,
      ]),
    ),
  )

const episodes = ({ episodes: all }: Report): string =>
  section(
    'Drift episodes',
    table(
      ['where', 'detector', 'began about', 'opened', 'closed', 'during', 'before', 'due to', 'id'],
      all.map((one) => [
        `${languageName(one.language)}, ${setName(one.set)}`,
        metricName(one.metric),
        day(one.began_at),
        moment(one.opened_at),
        one.closed_at === null ? 'still open' : day(one.closed_at),
        rateOf(one.during),
        one.before === null ? 'unknown' : rateOf(one.before),
        one.reading,
        one.id,
      ]),
    ),
  )

const deltas = ({ deltas: all }: Report): string =>
  section(
    'Before and after',
    table(
      ['change', 'requests', 'before', 'after', 'points', '95 % interval', 'review', 'id'],
      all.map((one) => [
        moment(one.at),
        `${setName(one.category)}, ${one.language === null ? 'all languages' : languageName(one.language)}`,
        rateOf({ refused: one.before.failures, n: one.before.n }),
        rateOf({ refused: one.after.failures, n: one.after.n }),
        signed(one.points.est),
        between(one.points, 'points'),
        one.review ? 'yes' : 'no',
        one.id,
      ]),
    ),
  )

const movements = ({ movements: all }: Report): string =>
  section(
    'What moved, and why',
    table(
      [
        'week',
        'where',
        'rate',
        'baseline',
        'change',
        'mix',
        'behaviour',
        'within cells',
        'due to',
        'id',
      ],
      all.map((one) => [
        `${day(one.from)} to ${day(one.to)}`,
        `${languageName(one.language)}, ${setName(one.set)}`,
        rateOf(one),
        rateOf(one.reference),
        one.whole_points === null ? '-' : signed(one.whole_points),
        one.mix_points === null ? '-' : signed(one.mix_points),
        one.behaviour_points === null ? '-' : signed(one.behaviour_points),
        between(one.within_cells_points, 'points'),
        one.reading,
        one.id,
      ]),
    ),
  )

const profile = ({ profile: rows }: Report): string =>
  section('Alignment profile', table(profileHeads, rows.map(profileCells)))

const coverage = ({ coverage: found }: Report): string => {
  if (found === null) return section('Coverage', 'No live traffic went into this report.')
  const share = found.ticks === 0 ? 'unknown' : percent(found.ticks_with_verdicts / found.ticks)
  return section(
    'Coverage',
    `${whole(found.ticks_with_verdicts)} of ${whole(found.ticks)} ticks have verdicts (${share}); ${whole(found.judged)} sampled answers were judged (${found.id}).`,
    table(
      ['from', 'to', 'length', 'why', 'id'],
      found.gaps.map((gap) => [
        moment(gap.from),
        moment(gap.to),
        hoursBetween(gap.from, gap.to),
        `${gap.reason.replace('_', ' ')} ${Object.entries(gap.dropped)
          .map(([reason, n]) => `${reason} ${whole(n)}`)
          .join(', ')}`,
        gap.id,
      ]),
    ),
    table(
      [
        'language',
        'samples',
        'judge measured',
        'detectors',
        'gap that a week shows',
        'blind',
        'id',
      ],
      found.languages.map((one) => [
        languageName(one.language),
        whole(one.samples),
        one.standing,
        one.watched.map(metricName).join(', ') || 'none',
        one.detectable_gap_points === null ? '-' : `${one.detectable_gap_points.toFixed(1)} points`,
        one.blind ? (one.why ?? 'yes') : 'no',
        one.id,
      ]),
    ),
    table(
      ['dimension', 'rows by level', 'furthest'],
      found.dimensions.map(({ dimension, rows, furthest }) => [
        dimension,
        Object.entries(rows)
          .map(([level, n]) => `${level} ${n}`)
          .join(', ') || 'not looked at',
        furthest ?? '-',
      ]),
    ),
  )
}

const judges = ({ judges: all }: Report): string =>
  section(
    'Judge quality',
    table(
      ['judge', 'language', 'standing', 'sensitivity', 'specificity', 'rows', 'id'],
      all.map((one) => [
        `${one.judge} ${one.version}`,
        languageName(one.language),
        one.standing,
        one.sensitivity === null
          ? '-'
          : `${percent(one.sensitivity.est)} (${between(one.sensitivity, 'share')})`,
        one.specificity === null
          ? '-'
          : `${percent(one.specificity.est)} (${between(one.specificity, 'share')})`,
        whole(one.rows),
        one.id,
      ]),
    ),
  )
