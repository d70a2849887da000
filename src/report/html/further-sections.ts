/** The sections that say how far the others reach: coverage, judges, changes, incidents, method. */
import { evidenceLevels } from '../../exchange/alignment.ts'
import type { Report } from '../report-document.ts'
import {
  between,
  hoursBetween,
  languageName,
  metricName,
  moment,
  percent,
  whole,
} from '../words.ts'
import { idTag, section, table, tag, text } from './markup.ts'

const reasonWords = {
  no_record: 'no tick was recorded: nothing came, or holdfast did not run',
  dropped: 'exchanges came and were not judged',
  no_verdict: 'ticks without a verdict',
} as const

export const coverage = ({ coverage: found }: Report): string => {
  if (found === null) {
    return section('coverage', 'Coverage', 'No live traffic went into this report.', '')
  }
  const share = found.ticks === 0 ? 'unknown' : percent(found.ticks_with_verdicts / found.ticks)
  const lead = `What was not looked at. ${whole(found.ticks_with_verdicts)} of ${whole(found.ticks)} ticks have verdicts (${share}).`
  return section(
    'coverage',
    'Coverage',
    lead,
    [
      tag('p', `Counts of this section: ${idTag(found.id)}`, 'class="meta"'),
      found.gaps.length === 0
        ? tag('p', 'No time of six hours or more was without a verdict.')
        : table(
            'Times without a verdict, six hours or more',
            [{ head: 'From' }, { head: 'To' }, { head: 'Length' }, { head: 'Why' }, { head: 'Id' }],
            found.gaps.map((gap) => [
              text(moment(gap.from)),
              text(moment(gap.to)),
              text(hoursBetween(gap.from, gap.to)),
              `${reasonWords[gap.reason]}${droppedText(gap.dropped)}`,
              idTag(gap.id),
            ]),
          ),
      table(
        'Languages: served, seen, and how well they are watched',
        [
          { head: 'Language' },
          { head: 'Exchanges', isNumber: true },
          { head: 'Samples', isNumber: true },
          { head: 'Unclear', isNumber: true },
          { head: 'Judge measured' },
          { head: 'Detectors' },
          { head: 'Gap that a week shows' },
          { head: 'Blind' },
          { head: 'Id' },
        ],
        found.languages.map((one) => [
          text(languageName(one.language)),
          whole(one.exchanges),
          whole(one.samples),
          whole(one.unclear),
          text(one.standing),
          text(one.watched.map(metricName).join(', ') || 'none'),
          one.detectable_gap_points === null
            ? '-'
            : `${one.detectable_gap_points.toFixed(1)} points`,
          one.blind
            ? `<span class="bad">blind</span><span class="sub">${text(one.why ?? '')}</span>`
            : 'no',
          idTag(one.id),
        ]),
      ),
      table(
        'Dimensions by level: rows of the profile; a dash was not looked at',
        [
          { head: 'Dimension' },
          ...evidenceLevels.map((level) => ({ head: level, isNumber: true })),
          { head: 'Furthest' },
        ],
        found.dimensions.map((one) => [
          text(one.dimension.replaceAll('_', ' ')),
          ...evidenceLevels.map((level) => String(one.rows[level] ?? '-')),
          one.furthest ?? '<span class="open">nothing</span>',
        ]),
      ),
      Object.keys(found.dropped).length === 0
        ? ''
        : table(
            'Exchanges that were taken and not judged',
            [{ head: 'Stage and reason' }, { head: 'Exchanges', isNumber: true }],
            Object.entries(found.dropped).map(([reason, n]) => [text(reason), whole(n)]),
          ),
      tag(
        'p',
        text(
          `Not replayed from the history: ${found.not_replayed.map(metricName).join(', ')}. Entries that could not be read: ${found.unreadable}.`,
        ),
        'class="meta"',
      ),
    ].join(''),
  )
}

const droppedText = (dropped: Record<string, number>): string =>
  Object.entries(dropped)
    .map(([reason, n]) => `<span class="sub">${text(reason)} ${whole(n)}</span>`)
    .join('')

export const judges = ({ judges: all }: Report): string =>
  section(
    'judges',
    'Judge quality',
    all.length === 0
      ? 'No row was read by a judge.'
      : 'How often each judge is right about refusals (sensitivity) and about compliance (specificity), measured on answers that people labelled. Unverified: nobody has measured it there. A rule reads what it reads.',
    table(
      'Judges by language',
      [
        { head: 'Judge' },
        { head: 'Language' },
        { head: 'Standing' },
        { head: 'Sensitivity' },
        { head: 'Specificity' },
        { head: 'Rows', isNumber: true },
        { head: 'Id' },
      ],
      all.map((one) => [
        text(`${one.judge} ${one.version}`),
        text(languageName(one.language)),
        one.standing === 'unverified' ? '<span class="open">unverified</span>' : text(one.standing),
        measured(one.sensitivity),
        measured(one.specificity),
        whole(one.rows),
        idTag(one.id),
      ]),
    ),
  )

const measured = (found: Report['judges'][number]['sensitivity']): string =>
  found === null
    ? '-'
    : `${percent(found.est)}<span class="sub">${text(between(found, 'share'))}, n ${whole(found.n)}</span>`

export const changes = ({ changes: all }: Report): string =>
  section(
    'changes',
    'Changes of model, scaffold, suite and judge',
    all.length === 0 ? 'None is known.' : '',
    table(
      'Changes',
      [{ head: 'When' }, { head: 'What' }, { head: 'From' }, { head: 'To' }, { head: 'Id' }],
      all.map((one) => [
        one.at === null ? 'unknown' : text(moment(one.at)),
        one.kind,
        text(one.from ?? '-'),
        text(one.to),
        idTag(one.id),
      ]),
    ),
  )

export const incidents = ({ incidents: all, replay }: Report): string => {
  const check =
    replay === null
      ? ''
      : tag(
          'p',
          text(
            `Detectors were run again from the history: ${replay.detectors}. Of ${replay.checked} that run now, ${replay.agrees} have the same differences, ticks and episodes as the running process.`,
          ) + ` ${idTag(replay.id)}`,
        )
  return section(
    'incidents',
    'Incidents of the monitor',
    all.length === 0 ? 'None is known.' : '',
    table(
      'Incidents',
      [
        { head: 'From' },
        { head: 'To' },
        { head: 'What' },
        { head: 'Exchanges', isNumber: true },
        { head: 'Id' },
      ],
      all.map((one) => [
        text(moment(one.from)),
        text(moment(one.to)),
        text(one.what),
        one.n === null ? '-' : whole(one.n),
        idTag(one.id),
      ]),
    ) + check,
  )
}

export const method = ({ method: all, inputs, reproduce }: Report): string =>
  section(
    'method',
    'Method',
    'All intervals are of 95 %, two-sided. Levels and dimensions are the words of holdfast; docs/report.md and docs/statistics.md say more.',
    table(
      'Formulas',
      [{ head: 'Name' }, { head: 'Formula' }, { head: 'Used for' }],
      all.map((one) => [text(one.name), tag('code', text(one.formula)), text(one.used_for)]),
    ),
  ) +
  section(
    'reproduce',
    'Make it again',
    'The same inputs give the same bytes. Any id above is explained from its counts.',
    `${tag('pre', text(reproduce.join('\n')))}${table(
      'Inputs',
      [{ head: 'File' }, { head: 'Holds' }, { head: 'SHA-256' }],
      inputs.map((one) => [
        text(one.name),
        text(one.holds),
        tag('code', text(one.sha256.slice(0, 24))),
      ]),
    )}`,
  )

export const appendix = ({ clauses }: Report): string =>
  `<div class="appendix">${section(
    'appendix',
    'Appendix: evidence for clauses',
    'Which parts of this report are evidence for which clause. This is evidence, and no finding of compliance; what a clause asks is told in our words.',
    table(
      'Clauses',
      [
        { head: 'Framework' },
        { head: 'Clause' },
        { head: 'Asks that' },
        { head: 'Evidence here' },
        { head: 'Sections' },
      ],
      clauses.map((one) => [
        text(one.framework),
        text(one.clause),
        text(one.asks),
        text(one.evidence),
        text(one.parts.join(', ')),
      ]),
    ),
  )}</div>`
