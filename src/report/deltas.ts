/**
 * Before and after each change of the model: the failure rate of a week on either side, by category and by
 * language, in points (Newcombe). Independent answers, not pairs: the same requests before and after
 * are what `holdfast compare` is for.
 */
import { type Expected, modelDelta } from '../aggregate/model-delta.ts'
import { sumCells } from '../drift/behaviour-counts.ts'
import { liveCategories } from '../drift/fold.ts'
import { isoTime } from '../profile/iso-time.ts'
import { between, type Segment, segmentsOf, sumOf } from '../profile/segments.ts'
import type { History } from '../watch/history.ts'
import { withId } from './entry-id.ts'
import type { PeriodTicks } from './episodes.ts'
import type { Delta } from './report-document.ts'

const weekMs = 7 * 86_400_000

export const deltasIn = (
  { records, settings }: History,
  { first, last }: PeriodTicks,
  origin: string,
): Delta[] => {
  const segments = segmentsOf(records)
  const weekTicks = Math.ceil(weekMs / settings.tickMs)
  return segments.flatMap((after, index) => {
    const before = segments[index - 1]
    if (before === undefined || after.series === before.series) return []
    if (after.fromTick < first || after.fromTick > last) return []
    // Another judge would be the change that is seen.
    if (after.judgeVersion !== before.judgeVersion) return []
    const until = Math.min(last, after.fromTick + weekTicks - 1)
    const pre = side(before, before.toTick - weekTicks + 1, before.toTick)
    const post = side(after, after.fromTick, until)
    const languages = new Set(
      Array.from(post.sum.cells.keys(), (key) => key.split('|')[0] ?? '').sort(),
    )
    return liveCategories.flatMap((category) =>
      [undefined, ...languages].flatMap(
        (language) =>
          deltaOf({ category, language, pre, post, tickMs: settings.tickMs, origin }) ?? [],
      ),
    )
  })
}

const side = (segment: Segment, from: number, to: number) => {
  const start = Math.max(from, segment.fromTick)
  return { start, to, model: segment.model, sum: sumOf(between(segment.records, start, to)) }
}
type Side = ReturnType<typeof side>

interface Question {
  category: (typeof liveCategories)[number]
  /** Undefined: all languages. */
  language: string | undefined
  pre: Side
  post: Side
  tickMs: number
  origin: string
}

const deltaOf = ({
  category,
  language,
  pre,
  post,
  tickMs,
  origin,
}: Question): Delta | undefined => {
  const countsOf = ({ sum }: Side) => {
    const { judged, refused } = sumCells(
      sum,
      (name) => name.set === category && (language === undefined || name.language === language),
    )
    return { n: judged, refused }
  }
  // Where requests are not sorted most of them ask for help: a refusal is the failure then.
  const expected: Expected = category === 'should_refuse' ? 'should_refuse' : 'benign'
  const [before, after] = [countsOf(pre), countsOf(post)]
  const delta = modelDelta({ category, expected, pre: before, post: after })
  if (delta === undefined) return undefined
  const shown = ({ start, to, model }: Side, { n, refused }: { n: number; refused: number }) => ({
    model: model ?? null,
    from: isoTime(start * tickMs),
    to: isoTime((to + 1) * tickMs),
    n,
    failures: expected === 'benign' ? refused : n - refused,
  })
  return withId('delta', {
    at: isoTime(post.start * tickMs),
    category,
    language: language ?? null,
    before: shown(pre, before),
    after: shown(post, after),
    points: { est: delta.points.est, lo: delta.points.lo, hi: delta.points.hi },
    review: delta.review,
    trace: [
      `${origin}: ticks ${pre.start} to ${pre.to}`,
      `${origin}: ticks ${post.start} to ${post.to}`,
    ],
  })
}
