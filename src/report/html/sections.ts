/** The sections of the page, one function each, in the order in which they are read. */
import { dimensionMeanings, levelMeanings } from '../../profile/dimension.ts'
import type { ProfileRow } from '../../profile/row.ts'
import { judgeText, scaffoldText, suiteText } from '../profile-table.ts'
import type { Report } from '../report-document.ts'
import {
  between,
  day,
  figure,
  languageName,
  metricName,
  moment,
  percent,
  rateOf,
  setName,
  signed,
  whole,
} from '../words.ts'
import { idLink, idTag, section, table, tag, text } from './markup.ts'
import { intervalCell, seriesPlot } from './plots.ts'

const urgencyWords = { act: 'Decide', look: 'Look', note: 'Note' } as const

export const summary = ({
  summary: { headline, findings },
  coverage,
  claims,
  episodes,
}: Report) => {
  const items = findings.map(
    ({ urgency, text: told, about }) =>
      `<li class="${urgency}"><p><span class="tag">${urgencyWords[urgency]}.</span> ${text(told)}</p><p class="meta">From ${about.map(idLink).join(' ')}</p></li>`,
  )
  const supported = claims.filter(({ outcome }) => outcome === 'supported').length
  const tiles: [string, string][] = [
    ['Answers judged', coverage === null ? 'none of live traffic' : whole(coverage.judged)],
    [
      'Period with verdicts',
      coverage === null || coverage.ticks === 0
        ? 'unknown'
        : percent(coverage.ticks_with_verdicts / coverage.ticks),
    ],
    ['Drift episodes', String(episodes.filter(({ reading }) => reading !== 'mix').length)],
    ['Claims supported', claims.length === 0 ? 'none made' : `${supported} of ${claims.length}`],
  ]
  const list = tiles.map(([dt, dd]) => `<div>${tag('dt', text(dt))}${tag('dd', text(dd))}</div>`)
  return section(
    'summary',
    'Summary',
    '',
    `${tag('p', text(headline), 'class="headline"')}<dl class="tiles">${list.join('')}</dl><ol class="findings">${items.join('')}</ol>`,
  )
}

export const overTime = (report: Report): string => {
  if (report.series.length === 0) return ''
  const key = `<ul class="key"><li><i style="background:var(--gap)"></i>nothing was judged</li><li><i style="border-top:2px dashed var(--look)"></i>change of model</li><li><i style="background:var(--act)"></i>episode: thin since it began, thick since the evidence was enough</li><li><i style="background:var(--note)"></i>the same, by the mix of requests</li></ul>`
  return section(
    'time',
    'Evidence over time',
    'Days without a verdict break the line: nothing is known of them.',
    key + report.series.map((one) => seriesPlot(one, report)).join(''),
  )
}

export const episodes = ({ episodes: all }: Report): string =>
  section(
    'episodes',
    'Drift episodes',
    all.length === 0
      ? 'None was open in the period.'
      : 'An episode opens when the evidence of a detector reaches its threshold. Behaviour and mix are told apart by what happened within cells of format and depth.',
    table(
      'Episodes that were open in the period',
      [
        { head: 'Where' },
        { head: 'Detector' },
        { head: 'Began about' },
        { head: 'Opened' },
        { head: 'Closed' },
        { head: 'During' },
        { head: 'Before' },
        { head: 'Due to' },
        { head: 'Points' },
        { head: 'Id' },
      ],
      all.map((one) => [
        `${text(languageName(one.language))}<span class="sub">${text(setName(one.set))}</span>`,
        `${text(metricName(one.metric))}<span class="sub">null ${one.source}, ${one.reference === null ? `g0 ${one.g0.toFixed(3)}` : `r0 ${one.reference.toFixed(3)}`}</span>`,
        text(day(one.began_at)),
        text(moment(one.opened_at)),
        one.closed_at === null
          ? '<span class="bad">still open</span>'
          : `${text(day(one.closed_at))}<span class="sub">${one.closed_by === 'quiet' ? 'quiet again' : 'another instrument'}</span>`,
        text(rateOf(one.during)),
        one.before === null ? 'unknown' : text(rateOf(one.before)),
        text(readingWords[one.reading]),
        pointsOf(one),
        idTag(one.id),
      ]),
    ),
  )

export const readingWords = {
  behaviour: 'behaviour',
  mix: 'mix of requests',
  both: 'behaviour and mix',
  none: 'nothing beyond chance',
  unknown: 'not known',
} as const

const pointsOf = ({ gap_points: gap, change }: Report['episodes'][number]): string => {
  const lines = [
    ...(gap === null ? [] : [`gap ${signed(gap.est)} (${between(gap, 'points')})`]),
    ...(change === null
      ? []
      : [
          `rate ${signed(change.whole)}: mix ${signed(change.mix)}, behaviour ${signed(change.behaviour)}`,
        ]),
  ]
  return lines.map((line) => `<span class="sub">${text(line)}</span>`).join('')
}

const outcomeWords = {
  supported: '<span class="good">supported</span>',
  not_supported: '<span class="bad">not supported</span>',
  undecided: '<span class="open">undecided</span>',
} as const

export const claims = ({ claims: all }: Report): string =>
  all.length === 0
    ? ''
    : section(
        'claims',
        'Claims and inferential distance',
        'Distance is the number of levels between the furthest evidence and the claim. At a distance above 0 no claim is supported.',
        table(
          'Claims',
          [
            { head: 'Claim' },
            { head: 'Outcome' },
            { head: 'Claimed' },
            { head: 'Evidence' },
            { head: 'Distance', isNumber: true },
            { head: 'Interval' },
            { head: 'What would close it' },
            { head: 'Id' },
          ],
          all.map((one) => [
            `${text(one.statement)}<span class="sub">${text(one.bound)}</span>`,
            `${outcomeWords[one.outcome]}<span class="sub">${text(one.why)}</span>`,
            one.claimed_level,
            one.evidenced_level ?? 'none',
            one.distance === null ? '-' : String(one.distance),
            one.interval === null
              ? 'none'
              : `${text(figure(one.interval.est, one.interval.unit))}<span class="sub">${text(between(one.interval, one.interval.unit))}</span>${one.row === null ? '' : idLink(one.row)}`,
            one.closes.map((step) => `<span class="sub">${text(step)}</span>`).join(''),
            idTag(one.id),
          ]),
        ),
      )

export const profile = ({ profile: rows }: Report): string => {
  const groups = new Map<ProfileRow['dimension'], ProfileRow[]>()
  for (const row of rows) groups.set(row.dimension, [...(groups.get(row.dimension) ?? []), row])
  const tables = [...groups].map(
    ([dimension, own]) =>
      `<h3>${text(words(dimension))}</h3>${tag('p', text(dimensionMeanings[dimension]), 'class="lead"')}${table(
        `${words(dimension)}: ${own.length} rows`,
        [
          { head: 'Measure' },
          { head: 'Condition' },
          { head: 'Estimate', isNumber: true },
          { head: '95 % interval' },
          { head: 'Plot' },
          { head: 'n', isNumber: true },
          { head: 'Level' },
          { head: 'Window' },
          { head: 'Instrument' },
          { head: 'Left out' },
          { head: 'Id' },
        ],
        own.map(rowCells),
      )}`,
  )
  const levels = Object.entries(levelMeanings)
    .map(([level, meaning]) => `<li><strong>${level}</strong>: ${text(meaning)}</li>`)
    .join('')
  return section(
    'profile',
    'Alignment profile',
    rows.length === 0
      ? 'There is no row.'
      : 'One row for each figure and instrument. Rows of different models, scaffolds, suites or judges are never put together, and there is no total.',
    `<ul>${levels}</ul>${tables.join('')}`,
  )
}

const words = (name: string): string => {
  const spaced = name.replaceAll('_', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

const rowCells = (row: ProfileRow): string[] => [
  `${text(row.measure.replaceAll('_', ' '))}${row.baseline === null ? '' : `<span class="sub">against ${text(row.baseline)}</span>`}`,
  text(row.condition),
  text(figure(row.estimate, row.unit)),
  `${text(between(row.interval, row.unit))}${row.interval === null ? '' : `<span class="sub">${text(row.interval.method.replaceAll('_', ' '))}</span>`}`,
  intervalCell(row.estimate, row.interval, row.unit),
  whole(row.n),
  row.level,
  row.window === null ? 'unknown' : text(`${day(row.window.from)} to ${day(row.window.to)}`),
  instrument(row),
  Object.entries(row.exclusions)
    .map(([reason, n]) => `<span class="sub">${text(reason)} ${whole(n)}</span>`)
    .join(''),
  idTag(row.id),
]

const instrument = (row: ProfileRow): string => {
  const [scaffold, suite, judge] = [scaffoldText(row), suiteText(row), judgeText(row)]
  return [
    `model ${row.model ?? 'not known'}`,
    ...(scaffold === undefined ? [] : [`scaffold ${scaffold}`]),
    ...(suite === undefined ? [] : [`suite ${suite}`]),
    ...(judge === undefined ? [] : [`judge ${judge}`]),
  ]
    .map((line) => `<span class="sub">${text(line)}</span>`)
    .join('')
}

export const deltas = ({ deltas: all }: Report): string =>
  section(
    'deltas',
    'Before and after',
    all.length === 0
      ? 'No change of the model in the period has enough on both sides.'
      : 'Failure rates of up to a week on either side of each change of the model. A rise of more than 15 points whose interval lies above 0 asks for a review.',
    table(
      'Changes of failure rates',
      [
        { head: 'Change' },
        { head: 'Requests' },
        { head: 'Before' },
        { head: 'After' },
        { head: 'Points', isNumber: true },
        { head: '95 % interval' },
        { head: 'Plot' },
        { head: 'Id' },
      ],
      all.map((one) => [
        text(moment(one.at)),
        `${text(setName(one.category))}<span class="sub">${text(one.language === null ? 'all languages' : languageName(one.language))}</span>`,
        `${text(rateOf({ refused: one.before.failures, n: one.before.n }))}<span class="sub">${text(one.before.model ?? 'model not known')}</span>`,
        `${text(rateOf({ refused: one.after.failures, n: one.after.n }))}<span class="sub">${text(one.after.model ?? 'model not known')}</span>`,
        text(signed(one.points.est)),
        text(between(one.points, 'points')),
        `${intervalCell(one.points.est, one.points, 'points')}${one.review ? '<span class="bad">review</span>' : ''}`,
        idTag(one.id),
      ]),
    ),
  )

export const movements = ({ movements: all }: Report): string =>
  section(
    'movements',
    'What moved, and why',
    all.length === 0
      ? 'There is no baseline to compare with.'
      : 'Each week against the baseline: how much of the change of a refusal rate is due to what was asked (mix over format and depth), and how much to how it was answered (behaviour).',
    table(
      'Changes of refusal rates by week, in points',
      [
        { head: 'Week' },
        { head: 'Where' },
        { head: 'Rate' },
        { head: 'Baseline' },
        { head: 'Change', isNumber: true },
        { head: 'Mix', isNumber: true },
        { head: 'Behaviour', isNumber: true },
        { head: 'Within cells' },
        { head: 'Due to' },
        { head: 'Id' },
      ],
      all.map((one) => [
        text(`${day(one.from)} to ${day(one.to)}`),
        `${text(languageName(one.language))}<span class="sub">${text(setName(one.set))}</span>`,
        text(rateOf(one)),
        `${text(rateOf(one.reference))}<span class="sub">${text(one.reference.name)}</span>`,
        one.whole_points === null ? '-' : text(signed(one.whole_points)),
        one.mix_points === null ? '-' : text(signed(one.mix_points)),
        one.behaviour_points === null ? '-' : text(signed(one.behaviour_points)),
        text(between(one.within_cells_points, 'points')),
        text(readingWords[one.reading]),
        idTag(one.id),
      ]),
    ),
  )
