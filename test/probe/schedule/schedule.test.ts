import t from 'tap'
import {
  dueNow,
  nextDue,
  readSchedule,
  type Schedule,
} from '../../../src/probe/schedule/schedule.ts'
import { dayMs, hourMs, monday } from './set-up.ts'

const scheduleOf = (text: string): Schedule => {
  const read = readSchedule(text)
  if (!read.ok) throw new Error(`${text}: ${read.reason}`)
  return read.schedule
}
const at = (text: string, now: number): string =>
  new Date(scheduleOf(text).latest(now)).toISOString()

t.test('a period is counted from the epoch, in every replica alike', (t) => {
  const now = monday + 7 * hourMs + 1
  t.equal(at('every 24h', now), '2026-03-02T00:00:00.000Z')
  t.equal(at('every 2h', now), '2026-03-02T06:00:00.000Z')
  t.equal(at('every 15m', now), '2026-03-02T07:00:00.000Z')
  t.equal(at('every 1d', monday - 1), '2026-03-01T00:00:00.000Z')
  t.equal(scheduleOf('every 24h').runsPer30Days, 30)
  t.equal(scheduleOf('every 6h').periodMs, 6 * hourMs)
  t.end()
})

t.test('minute, hour and day of the week in UTC', (t) => {
  // Monday 07:00.
  const now = monday + 7 * hourMs
  t.equal(at('17 3 *', now), '2026-03-02T03:17:00.000Z')
  t.equal(at('17 3 *', monday + 3 * hourMs), '2026-03-01T03:17:00.000Z')
  t.equal(at('0 7 1', now), '2026-03-02T07:00:00.000Z', 'the very minute')
  t.equal(at('0 8 1', now), '2026-02-23T08:00:00.000Z', 'a week ago')
  t.equal(at('30 22 1-5', now), '2026-02-27T22:30:00.000Z', 'Friday')
  t.equal(at('30 22 0', now), '2026-03-01T22:30:00.000Z', 'Sunday')
  t.equal(at('0,30 * *', now + 45 * 60_000), '2026-03-02T07:30:00.000Z')
  t.equal(scheduleOf('17 3 *').periodMs, dayMs)
  t.equal(scheduleOf('17 3 *').runsPer30Days, 30)
  t.equal(scheduleOf('0,30 * *').periodMs, 30 * 60_000)
  t.equal(scheduleOf('0 3 1,3').periodMs, 2 * dayMs)
  t.equal(scheduleOf('0 3 1').periodMs, 7 * dayMs)
  t.end()
})

t.test('the next due time is the first one after now, to the millisecond', (t) => {
  const next = (text: string, now: number): string =>
    new Date(nextDue(now, scheduleOf(text))).toISOString()
  t.equal(next('every 24h', monday), '2026-03-03T00:00:00.000Z')
  t.equal(next('every 24h', monday - 1), '2026-03-02T00:00:00.000Z')
  t.equal(next('every 30d', monday), '2026-03-08T00:00:00.000Z')
  t.equal(next('17 3 1-5', monday + 4 * hourMs), '2026-03-03T03:17:00.000Z')
  t.equal(next('0 7 1', monday + 7 * hourMs), '2026-03-09T07:00:00.000Z', 'a week from now')
  t.end()
})

t.test('what is no schedule is refused', (t) => {
  const bad = [
    '',
    'daily',
    'every',
    'every 0h',
    'every 24',
    'every 24s',
    '17 3',
    '60 3 *',
    '1 24 *',
  ]
  for (const text of [...bad, '1 2 7', '5-1 3 *', '1 2 3 4', '*/5 * *', '-1 2 3']) {
    t.equal(readSchedule(text).ok, false, text)
  }
  t.end()
})

const options = { schedule: scheduleOf('every 24h'), jitterOf: () => 0.5, jitterMs: hourMs }

t.test('a run is due once its jitter has passed, and then no more', (t) => {
  const last = monday - dayMs
  t.strictSame(dueNow(monday - 1, last, options), { kind: 'wait' })
  t.strictSame(dueNow(monday + hourMs / 2 - 1, last, options), { kind: 'wait' })
  t.strictSame(dueNow(monday + hourMs / 2, last, options), { kind: 'due', dueAt: monday })
  t.strictSame(dueNow(monday + 5 * hourMs, monday, options), { kind: 'wait' })
  t.end()
})

t.test('after a week of downtime one run is caught up on', (t) => {
  const now = monday + 7 * dayMs + 2 * hourMs
  const due = dueNow(now, monday, options)
  t.strictSame(due, { kind: 'due', dueAt: monday + 7 * dayMs })
  t.strictSame(dueNow(now + 60_000, monday + 7 * dayMs, options), { kind: 'wait' })
  t.end()
})

t.test('the first run waits for the next due time', (t) => {
  t.strictSame(dueNow(monday + 20 * hourMs, undefined, options), { kind: 'forget', dueAt: monday })
  t.end()
})

t.test('a clock that jumped a year ahead and back costs one run, and stops none', (t) => {
  const year = 365 * dayMs
  t.strictSame(dueNow(monday + year + hourMs, monday, options), {
    kind: 'due',
    dueAt: monday + year,
  })
  t.strictSame(dueNow(monday + 2 * hourMs, monday + year, options), {
    kind: 'forget',
    dueAt: monday,
  })
  t.strictSame(dueNow(monday + dayMs + hourMs, monday, options), {
    kind: 'due',
    dueAt: monday + dayMs,
  })
  t.strictSame(dueNow(monday - hourMs, monday, options), { kind: 'wait' }, 'a little back: waits')
  t.end()
})
