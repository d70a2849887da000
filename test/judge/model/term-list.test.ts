import t from 'tap'
import { NumberSet } from '../../../src/judge/model/number-set.ts'
import { type TermList, termListOf, termListsOf } from '../../../src/judge/model/term-list.ts'

const pairs = (list: TermList | undefined): [number, number][] => {
  const found: [number, number][] = []
  list?.forEach((value, bucket) => {
    found.push([bucket, value])
  })
  return found
}

const setOf = (...numbers: number[]): NumberSet => {
  const set = new NumberSet()
  for (const number of numbers) set.add(number)
  return set
}

t.test('each set has length 1, whatever its size', async (t) => {
  const list = termListOf([setOf(1, 2, 3, -12), setOf(5)], 16)
  t.same(pairs(list), [
    [1, 0.5],
    [2, 0.5],
    [3, 0.5],
    [4, 0.5],
    [5, 1],
  ])
  t.same(pairs(termListOf([setOf()], 16)), [])
})

t.test('of texts one behind the other each keeps what repeats', async (t) => {
  const [one, none, last] = termListsOf([3, 3, 19, 4, -1], [4, 4, 5], 16)
  t.same(pairs(one), [
    [3, 0.5],
    [3, 0.5],
    [3, 0.5],
    [4, 0.5],
  ])
  t.same(pairs(none), [])
  t.same(pairs(last), [[15, 1]])
})

t.test('the sum over a table is that of its pairs, in their order', async (t) => {
  const list = termListOf([setOf(1, 2, 7), setOf(2)], 8)
  const table = Int8Array.from([0, 3, -5, 0, 0, 0, 0, 127])
  const sum = pairs(list).reduce(
    (total, [bucket, value]) => total + value * (table[bucket] ?? 0),
    0,
  )
  t.equal(list.sumOver(table), sum)
  t.equal(termListOf([], 8).sumOver(table), 0)
})
