/**
 * A history cut where the instrument changed: ticks of one model series and one judge version are one
 * segment. Sums go over a segment and never over two.
 */
import { addBehaviour, type BehaviourCounts, emptyBehaviour } from '../drift/behaviour-counts.ts'
import { runningModel } from '../drift/fold.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import type { JudgeName } from './row-judge.ts'

export interface Segment {
  series: number
  judgeVersion: string
  /** What answers most of it; undefined: none clearly. */
  model: string | undefined
  records: readonly TickRecord[]
  /** First and last tick with a record. */
  fromTick: number
  toTick: number
  behaviour: BehaviourCounts
}

export const sumOf = (records: readonly TickRecord[]): BehaviourCounts => {
  const sum = emptyBehaviour()
  for (const { behaviour } of records) addBehaviour(sum, behaviour)
  return sum
}

export const between = (records: readonly TickRecord[], from: number, to: number): TickRecord[] =>
  records.filter(({ tick }) => tick >= from && tick <= to)

export const segmentsOf = (records: readonly TickRecord[]): Segment[] => {
  const parts: TickRecord[][] = []
  for (const record of records) {
    const part = parts.at(-1)
    const last = part?.at(-1)
    const same = last?.series === record.series && last.judgeVersion === record.judgeVersion
    if (part !== undefined && same) part.push(record)
    else parts.push([record])
  }
  return parts.flatMap((part) => {
    const [first] = part
    const last = part.at(-1)
    if (first === undefined || last === undefined) return []
    const behaviour = sumOf(part)
    return {
      series: first.series,
      judgeVersion: first.judgeVersion,
      model: runningModel(behaviour),
      records: part,
      fromTick: first.tick,
      toTick: last.tick,
      behaviour,
    }
  })
}

/** The last judge of the order decides where the ones before have no opinion; it is the one measured. */
export const liveJudge = (judgeVersion: string): JudgeName => {
  const last = judgeVersion.split(', ').at(-1) ?? judgeVersion
  const space = last.lastIndexOf(' ')
  return space <= 0
    ? { id: last === '' ? 'unknown' : last, version: 'unknown' }
    : { id: last.slice(0, space), version: last.slice(space + 1) }
}
