import { array, assert, integer, property } from 'fast-check'
import t from 'tap'
import { NumberSet } from '../../../src/judge/model/number-set.ts'

const listOf = (set: NumberSet): number[] => Array.from({ length: set.size }, (_, i) => set.at(i))

void t.test(
  'it holds what a set of JavaScript holds, in the same order, use after use',
  async () => {
    const set = new NumberSet()
    // Few different numbers that meet in the same slots, and many of all.
    const numbers = array(integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 3000 })
    const close = array(integer({ min: -9, max: 9 }), { maxLength: 60 })
    assert(
      property(numbers, close, (many, few) => {
        set.clear()
        const known = new Set<number>()
        let same = true
        for (const number of [...few, ...many, ...few]) {
          same &&= set.add(number) === !known.has(number)
          known.add(number)
        }
        const order = [...known]
        same &&= JSON.stringify(listOf(set)) === JSON.stringify(order)
        for (const number of [...many, 10, 11, -(2 ** 31)]) {
          same &&= set.has(number) === known.has(number)
          same &&= set.indexOf(number) === order.indexOf(number)
        }
        return same
      }),
      { numRuns: 60, seed: 11 },
    )
  },
)

void t.test('cleared it is empty, whatever was in it', async (t) => {
  const set = new NumberSet()
  for (let i = 0; i < 5000; i++) set.add(i * 4096)
  t.equal(set.size, 5000)
  set.clear()
  t.equal(set.size, 0)
  t.notOk(set.has(4096))
  t.equal(set.indexOf(0), -1)
  t.ok(set.add(0))
})
