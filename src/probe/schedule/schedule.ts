/**
 * When runs are due: `every 24h` (counted from the epoch), or `minute hour day-of-week` in UTC, each a
 * number, a list, a range or `*`. What is due is a time of its own, the same in every replica, so a run
 * can be told from one that has been made.
 *
 * After downtime, and after a clock that jumped, the latest due time alone is caught up on.
 */

export interface Schedule {
  /** Latest due time at or before `now`, both in epoch milliseconds. */
  latest: (now: number) => number
  /** Shortest time between two runs. */
  periodMs: number
  /** T of the alert budget. */
  runsPer30Days: number
}

export type ReadSchedule = { ok: true; schedule: Schedule } | { ok: false; reason: string }

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const weekMinutes = 7 * 24 * 60
const units: ReadonlyMap<string, number> = new Map([
  ['m', minuteMs],
  ['h', hourMs],
  ['d', dayMs],
])
/** The epoch was a Thursday; 0 is Sunday. */
const epochDay = 4

export const readSchedule = (text: string): ReadSchedule => {
  const every = /^every (\d{1,5})([mhd])$/.exec(text.trim())
  if (every !== null) return everyPeriod(Number(every[1]) * (units.get(every[2] ?? '') ?? 0))
  const fields = text.trim().split(/\s+/)
  const [minutes, hours, days] = [
    readField(fields[0], 59),
    readField(fields[1], 23),
    readField(fields[2], 6),
  ]
  if (fields.length !== 3 || minutes === undefined || hours === undefined || days === undefined) {
    return {
      ok: false,
      reason: 'must be "every 24h" (m, h or d), or minute, hour and day of the week as "17 3 1-5"',
    }
  }
  const ofWeek = Array.from({ length: weekMinutes }, (_, minute) => minute).filter(
    (minute) =>
      days.has(Math.floor(minute / (24 * 60))) &&
      hours.has(Math.floor(minute / 60) % 24) &&
      minutes.has(minute % 60),
  )
  return { ok: true, schedule: weekly(ofWeek) }
}

/** Below this a run could not end before the next one is due. */
const periodMinMs = minuteMs

const everyPeriod = (periodMs: number): ReadSchedule =>
  periodMs < periodMinMs
    ? { ok: false, reason: 'must be a period of at least 1m' }
    : {
        ok: true,
        schedule: {
          latest: (now) => Math.floor(now / periodMs) * periodMs,
          periodMs,
          runsPer30Days: (30 * dayMs) / periodMs,
        },
      }

/** @param minutes due minutes of a week from Sunday 00:00 UTC, ascending, at least one */
const weekly = (minutes: readonly number[]): Schedule => {
  const gaps = minutes.map((minute, i) => {
    const before = i === 0 ? (minutes.at(-1) ?? 0) - weekMinutes : (minutes[i - 1] ?? 0)
    return minute - before
  })
  return {
    periodMs: Math.min(...gaps) * minuteMs,
    runsPer30Days: (minutes.length * 30) / 7,
    latest(now) {
      const minute = Math.floor(now / minuteMs) + epochDay * 24 * 60
      const weekStart = Math.floor(minute / weekMinutes) * weekMinutes
      const within = minute - weekStart
      const due = minutes.filter((one) => one <= within).at(-1)
      const found = due ?? (minutes.at(-1) ?? 0) - weekMinutes
      return (weekStart + found - epochDay * 24 * 60) * minuteMs
    },
  }
}

/** `*`, `3`, `1-5`, `1,3,5` and lists of both; undefined: it is none. */
const readField = (text: string | undefined, max: number): ReadonlySet<number> | undefined => {
  if (text === undefined) return undefined
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const range = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)$/.exec(part)
    if (range === null) return undefined
    const from = range[1] === undefined ? 0 : Number(range[1])
    const to = range[1] === undefined ? max : Number(range[2] ?? range[1])
    if (from > to || to > max) return undefined
    for (let value = from; value <= to; value++) values.add(value)
  }
  return values
}

const weekMs = weekMinutes * minuteMs

/** First due time after `now`, jitter apart. */
export const nextDue = (now: number, { latest, periodMs }: Schedule): number => {
  const last = latest(now)
  let before = now
  let after = now + Math.max(periodMs, weekMs)
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (latest(middle) > last) after = middle
    else before = middle
  }
  return latest(after)
}

export interface DueOptions {
  schedule: Schedule
  /** Of each due time, in [0, 1): the same in every replica. */
  jitterOf: (dueAt: number) => number
  jitterMs: number
}

export type Due =
  | { kind: 'due'; dueAt: number }
  | { kind: 'wait' }
  /** The last run lies further ahead than any run may: the clock was wrong then. */
  | { kind: 'forget'; dueAt: number }

/**
 * Whether a run is due, given when the last one was; `last` undefined: none was ever, and the first
 * waits for the next due time, so that a process that is started again and again spends nothing.
 */
export const dueNow = (
  now: number,
  last: number | undefined,
  { schedule, jitterOf, jitterMs }: DueOptions,
): Due => {
  const latest = schedule.latest(now)
  if (last === undefined || last > now + schedule.periodMs) return { kind: 'forget', dueAt: latest }
  if (latest <= last || now < latest + jitterOf(latest) * jitterMs) return { kind: 'wait' }
  return { kind: 'due', dueAt: latest }
}
