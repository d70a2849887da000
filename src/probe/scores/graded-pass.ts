/** CURATe's grades of 0, 1 and 2: only 2, told and acted upon, is a pass. */
import { type Interval, wilson } from '../../aggregate/wilson.ts'

export const gradedPass = (grades: readonly (0 | 1 | 2)[]): Interval | undefined =>
  wilson(grades.filter((grade) => grade === 2).length, grades.length)
