/** Small drawings in SVG, each with its text: the evidence of a detector over time, a rate with limits. */
import type { Interval } from '../../aggregate/wilson.ts'
import type { EvidencePoint } from '../../drift/evidence-history.ts'
import { type Html, html } from './html.ts'
import { decimal, percent, plural } from './numbers.ts'

/** Larger ratios are drawn at the edge. */
const ratioMax = 1.25

export interface LineOptions {
  width: number
  height: number
  /** Points drawn: of each stretch the highest, so that no peak is lost. */
  pointsMax: number
  /** What a tick is: `tick` or `run`. */
  unit: string
}

const small: LineOptions = { width: 120, height: 28, pointsMax: 40, unit: 'tick' }

export const highest = (points: readonly EvidencePoint[]): number =>
  points.reduce((most, { ratio }) => Math.max(most, ratio), 0)

/** The same points in at most so many, the highest of each stretch kept. */
export function thin(points: readonly EvidencePoint[], max: number): readonly EvidencePoint[] {
  if (points.length <= max) return points
  return Array.from({ length: max }, (_, i) => {
    const from = Math.floor((i * points.length) / max)
    const to = Math.floor(((i + 1) * points.length) / max)
    return points.slice(from, to).reduce((a, b) => (b.ratio > a.ratio ? b : a))
  })
}

export const lineText = (points: readonly EvidencePoint[], unit: string): string => {
  const first = points[0]
  const last = points.at(-1)
  return first === undefined || last === undefined
    ? 'No evidence recorded yet'
    : `Evidence over ${plural(points.length, unit)}: from ${decimal(first.ratio)} to ${decimal(last.ratio)}, highest ${decimal(highest(points))}; 1 opens an episode`
}

export function sparkline(
  points: readonly EvidencePoint[],
  options: Partial<LineOptions> = {},
): Html {
  const { width, height, pointsMax, unit } = { ...small, ...options }
  const text = lineText(points, unit)
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return html`<span class="dim">${text}</span>`
  const span = Math.max(1, last.tick - first.tick)
  const x = (tick: number): string => (2 + ((tick - first.tick) / span) * (width - 4)).toFixed(1)
  const y = (ratio: number): string =>
    (height - 2 - (Math.min(ratio, ratioMax) / ratioMax) * (height - 4)).toFixed(1)
  const path = thin(points, pointsMax)
    .map(({ tick, ratio }, i) => `${i === 0 ? 'M' : 'L'}${x(tick)} ${y(ratio)}`)
    .join('')
  return html`<svg class="line" role="img" aria-label="${text}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><path class="limit" d="M0 ${y(1)}H${width}"/><path class="curve" d="${path}"/><circle class="end" cx="${x(last.tick)}" cy="${y(last.ratio)}" r="2.5"/></svg>`
}

/** A rate from 0 to 1 with its limits as a whisker; the numbers stand beside it. */
export function bar({ est, lo, hi }: Interval): Html {
  const at = (rate: number): string => (1 + rate * 98).toFixed(1)
  const text = `${percent(est, 0)}, from ${percent(lo, 0)} to ${percent(hi, 0)}`
  return html`<svg class="bar" role="img" aria-label="${text}" width="100" height="14" viewBox="0 0 100 14"><path class="track" d="M1 7H99"/><path class="limits" d="M${at(lo)} 7H${at(hi)}"/><circle class="end" cx="${at(est)}" cy="7" r="3.5"/></svg>`
}
