import t from 'tap'
import { type TermList, termListOf, termListOfRow } from '../../../src/judge/model/term-list.ts'

const pairs = (list: TermList): [number, number][] => {
  const found: [number, number][] = []
  list.forEach((value, bucket) => {
    found.push([bucket, value])
  })
  return found
}

t.test('each set has length 1, whatever its size', async (t) => {
  const list = termListOf([new Set([1, 2, 3, 14]), new Set([5])], 10)
  t.same(pairs(list), [
    [1, 0.5],
    [2, 0.5],
    [3, 0.5],
    [4, 0.5],
    [5, 1],
  ])
  t.same(pairs(termListOf([new Set()], 10)), [])
})

t.test('a row keeps what repeats', async (t) => {
  t.same(pairs(termListOfRow([3, 3, 13, 4], 10)), [
    [3, 0.5],
    [3, 0.5],
    [3, 0.5],
    [4, 0.5],
  ])
  t.same(pairs(termListOfRow([], 10)), [])
})
