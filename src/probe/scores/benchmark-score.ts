/** The one interface of all published scorers: rows of a file in, figures out. */
import type { Interval } from '../../aggregate/wilson.ts'
import type { RowsOptions } from '../import/rows.ts'

export interface ScoreRow {
  name: string
  /** Of what is counted: tasks, answers, pairs. */
  n: number
  /** Undefined: nothing is known, for there is no row. */
  estimate: number | undefined
  /** 95 %; undefined where none is defined. */
  interval: Interval | undefined
  unit: 'share' | 'points' | 'grade'
  /** A rule that the figure has broken. */
  flag?: string
}

export interface ScoreReport {
  rows: readonly ScoreRow[]
  /** Rows left out because they hold no grade or answer that can be read. */
  unread: number
}

export interface BenchmarkScore {
  /** As typed. */
  readonly id: string
  /** Columns of the file. */
  readonly reads: string
  /** Faults are noted; the report is thrown away then. */
  score(options: Pick<RowsOptions, 'file' | 'faults' | 'signal'>): Promise<ScoreReport>
}

export const shareRow = (
  name: string,
  interval: Interval | undefined,
  n: number,
  flag?: string,
): ScoreRow => ({
  name,
  n,
  estimate: interval?.est,
  interval,
  unit: 'share',
  ...(flag === undefined ? {} : { flag }),
})
