/** MT-Bench's judgements: means of ratings by turn and their difference, or wins of two models. */
import { wilson } from '../../aggregate/wilson.ts'
import type { Row } from '../import/row.ts'
import { tableRows } from '../import/rows.ts'
import {
  type BenchmarkScore,
  type ScoreReport,
  type ScoreRow,
  shareRow,
} from './benchmark-score.ts'
import { preferenceIn, ratingIn, type Winner, winnerOf } from './judge-rating.ts'
import { meanInterval } from './mean-interval.ts'

const gradeRow = (name: string, values: readonly number[]): ScoreRow => {
  const interval = meanInterval(values)
  return { name, n: values.length, estimate: interval?.est ?? values[0], interval, unit: 'grade' }
}

class Ratings {
  readonly #turns = [new Map<string, number>(), new Map<string, number>()] as const
  readonly #wins: Record<Winner, number> = { first: 0, second: 0, tie: 0 }
  #pairwise = 0
  #unread = 0

  add(row: Row): void {
    const question = row.name('question_id')
    const turn = row.whole('turn', 1, 2)
    if (row.has('g1_judgment')) {
      const first = row.text('g1_judgment')
      const second = row.text('g2_judgment')
      if (first === undefined || second === undefined || turn === undefined) return
      const winner = winnerOf(preferenceIn(first), preferenceIn(second))
      if (winner === undefined) this.#unread++
      else {
        this.#pairwise++
        this.#wins[winner]++
      }
      return
    }
    const judgement = row.text('judgment')
    if (question === undefined || turn === undefined || judgement === undefined) return
    const ratings = this.#turns[turn === 1 ? 0 : 1]
    if (ratings.has(question)) {
      row.fault('question_id', `${question}, turn ${turn}, stands twice: give one model a file`)
      return
    }
    const rating = ratingIn(judgement)
    if (rating === undefined) this.#unread++
    else ratings.set(question, rating)
  }

  report(): ScoreReport {
    const rows: ScoreRow[] = []
    const [first, second] = this.#turns
    if (first.size + second.size > 0) {
      const differences = [...second].flatMap(([question, rating]) => {
        const before = first.get(question)
        return before === undefined ? [] : [rating - before]
      })
      rows.push(
        gradeRow('rating', [...first.values(), ...second.values()]),
        gradeRow('turn 1', [...first.values()]),
        gradeRow('turn 2', [...second.values()]),
        gradeRow('turn 2 less turn 1', differences),
      )
    }
    const n = this.#pairwise
    for (const winner of n === 0 ? [] : (['first', 'second', 'tie'] as const)) {
      rows.push(
        shareRow(winner === 'tie' ? 'tie' : `${winner} wins`, wilson(this.#wins[winner], n), n),
      )
    }
    return { rows, unread: this.#unread }
  }
}

export const mtBenchScore: BenchmarkScore = {
  id: 'mt-bench',
  reads:
    'judgements: question_id, turn, and judgment, or g1_judgment and g2_judgment in both orders',
  async score(options) {
    const ratings = new Ratings()
    for await (const row of tableRows({ ...options, columns: ['question_id', 'turn'] })) {
      ratings.add(row)
    }
    return ratings.report()
  },
}
