/** The plots, as SVG in the page: a rate or evidence over time, and a dot with its interval for a cell. */
import type { Report, Series } from '../report-document.ts'
import { day, languageName, metricName, percent, setName } from '../words.ts'
import { text } from './markup.ts'

const width = 720
const height = 132
const left = 62
const right = 8
const top = 10
const bottom = 22

const fixed = (value: number): string => value.toFixed(1)

interface Scale {
  x: (iso: string) => number
  y: (value: number) => number
}

/** What lies over all plots of one report: holes, changes of the model, episodes. */
export type Backdrop = Pick<Report, 'period' | 'coverage' | 'changes' | 'episodes'>

export const seriesPlot = (series: Series, backdrop: Backdrop): string => {
  const isRate = series.kind === 'refusal_rate'
  const values = series.points.flatMap(({ value, hi }) => [value ?? 0, hi ?? 0])
  const most = isRate ? 1 : Math.max(1.2, ...values)
  const scale = scaleOf(backdrop, most)
  const what = isRate
    ? `${languageName(series.language)}: refusal of ${setName(series.set)}, by day, with 95 % interval`
    : `${languageName(series.language)}: evidence of the detector of ${series.metric === null ? 'drift' : metricName(series.metric)}, highest of the day`
  const ticks = isRate
    ? ([0, 0.5, 1] as const).map((value) => [value, percent(value).replace('.0', '')] as const)
    : ([
        [0, '0'],
        [1, 'page'],
      ] as const)
  const grid = ticks
    .map(([value, label]) => {
      const y = fixed(scale.y(value))
      const name = value === 0 ? 'axis' : 'zero'
      return `<line class="${name}" x1="${left}" x2="${width - right}" y1="${y}" y2="${y}"/><text x="${left - 6}" y="${fixed(scale.y(value) + 4)}" text-anchor="end">${label}</text>`
    })
    .join('')
  const shown = series.points.filter(({ value }) => value !== null)
  const summary =
    shown.length === 0
      ? 'no data'
      : `first ${label(shown[0]?.value ?? 0, isRate)}, last ${label(shown.at(-1)?.value ?? 0, isRate)}, ${shown.length} of ${series.points.length} days with data`
  return `<figure><figcaption>${text(what)} <code class="id" id="e-${series.id}">${series.id}</code></figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${text(`${what}: ${summary}`)}">${holes(backdrop, scale)}${grid}${runs(series, scale)}${marks(backdrop, scale)}${episodeBars(series, backdrop, scale)}${dates(backdrop, scale)}</svg></figure>`
}

const label = (value: number, isRate: boolean): string =>
  isRate ? percent(value) : value.toFixed(2)

const scaleOf = ({ period }: Backdrop, most: number): Scale => {
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)]
  const span = Math.max(1, to - from)
  const x = (iso: string): number =>
    left + ((Math.min(to, Math.max(from, Date.parse(iso))) - from) / span) * (width - left - right)
  return { x, y: (value) => height - bottom - (value / most) * (height - top - bottom) }
}

const middle = ({ from, to }: { from: string; to: string }): string =>
  new Date((Date.parse(from) + Date.parse(to)) / 2).toISOString()

/** Days without a value break the line. */
function runs({ points }: Series, { x, y }: Scale): string {
  const pieces: Series['points'][] = [[]]
  for (const point of points) {
    if (point.value === null) pieces.push([])
    else pieces.at(-1)?.push(point)
  }
  return pieces
    .filter((piece) => piece.length > 0)
    .map((piece) => {
      const line = piece.map((one) => `${fixed(x(middle(one)))},${fixed(y(one.value ?? 0))}`)
      const upper = piece.map((one) => `${fixed(x(middle(one)))},${fixed(y(one.hi ?? 0))}`)
      const lower = piece.map((one) => `${fixed(x(middle(one)))},${fixed(y(one.lo ?? 0))}`)
      const hasBand = piece.every(({ lo, hi }) => lo !== null && hi !== null)
      const band = hasBand
        ? `<polygon class="band" points="${[...upper, ...lower.toReversed()].join(' ')}"/>`
        : ''
      const dots = piece
        .map(
          (one) =>
            `<circle class="dot" r="1.9" cx="${fixed(x(middle(one)))}" cy="${fixed(y(one.value ?? 0))}"/>`,
        )
        .join('')
      return `${band}<polyline class="trend" points="${line.join(' ')}"/>${dots}`
    })
    .join('')
}

const holes = ({ coverage }: Backdrop, { x }: Scale): string =>
  (coverage?.gaps ?? [])
    .map(({ from, to }) => {
      const [a, b] = [x(from), x(to)]
      return `<rect class="hole" x="${fixed(a)}" y="${top}" width="${fixed(Math.max(1, b - a))}" height="${height - top - bottom}"/>`
    })
    .join('')

const marks = ({ changes }: Backdrop, { x }: Scale): string =>
  changes
    .flatMap(({ kind, at }) => (kind === 'model' && at !== null ? [fixed(x(at))] : []))
    .map((at) => `<line class="mark" x1="${at}" x2="${at}" y1="${top}" y2="${height - bottom}"/>`)
    .join('')

function episodeBars(
  { language, set }: Series,
  { episodes, period }: Backdrop,
  { x }: Scale,
): string {
  return episodes
    .filter((one) => one.language === language && (one.set === set || one.set === 'all'))
    .map(({ during, opened_at, closed_at, reading }) => {
      const [a, b] = [x(opened_at), x(closed_at ?? period.to)]
      const from = x(during.from)
      const kind = reading === 'mix' ? 'epi mix' : 'epi'
      return `<line class="${kind}" style="stroke-width:1.5" x1="${fixed(from)}" x2="${fixed(a)}" y1="${top - 4}" y2="${top - 4}"/><line class="${kind}" x1="${fixed(a)}" x2="${fixed(Math.max(a + 2, b))}" y1="${top - 4}" y2="${top - 4}"/>`
    })
    .join('')
}

function dates({ period }: Backdrop, { x }: Scale): string {
  const [from, to] = [Date.parse(period.from), Date.parse(period.to)]
  return [0, 1, 2, 3, 4]
    .map((i) => {
      const iso = new Date(from + ((to - from) * i) / 4).toISOString()
      const anchor = i === 0 ? 'start' : i === 4 ? 'end' : 'middle'
      return `<text x="${fixed(x(iso))}" y="${height - 6}" text-anchor="${anchor}">${day(iso).replace(/ \d{4}$/, '')}</text>`
    })
    .join('')
}

/** A dot with its interval on a fixed scale: rates from 0 to 1, points from -50 to 50, grades to 2. */
export const intervalCell = (
  estimate: number | null,
  interval: { lo: number; hi: number } | null,
  unit: string,
): string => {
  const range = scales.get(unit)
  if (estimate === null || range === undefined) return ''
  const [least, most] = range
  const x = (value: number): number =>
    4 + ((Math.min(most, Math.max(least, value)) - least) / (most - least)) * 142
  const zero =
    least < 0 ? `<line class="zero" x1="${fixed(x(0))}" x2="${fixed(x(0))}" y1="2" y2="18"/>` : ''
  const bar =
    interval === null
      ? ''
      : `<line class="bar" x1="${fixed(x(interval.lo))}" x2="${fixed(x(interval.hi))}" y1="10" y2="10"/>`
  return `<svg class="cell" viewBox="0 0 150 20" aria-hidden="true"><line class="axis" x1="4" x2="146" y1="18" y2="18"/>${zero}${bar}<circle class="dot" r="3.4" cx="${fixed(x(estimate))}" cy="10"/></svg>`
}

const scales: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['share', [0, 1]],
  ['points', [-50, 50]],
  ['grade', [0, 2]],
])
