import t from 'tap'
import { LruMap } from '../../src/enrich/lru-map.ts'

void t.test('full: the entry unused for longest goes, a read counts as use', (t) => {
  const map = new LruMap<number>(2)
  map.set('a', 1)
  map.set('b', 2)
  t.equal(map.get('a'), 1)
  map.set('c', 3)
  t.equal(map.get('b'), undefined)
  t.equal(map.get('a'), 1)
  t.equal(map.get('c'), 3)
  t.equal(map.size, 2)
  t.end()
})

void t.test('an overwritten entry counts once and as new', (t) => {
  const map = new LruMap<number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.set('a', 3)
  map.set('c', 4)
  t.same([map.get('a'), map.get('b'), map.get('c')], [3, undefined, 4])
  t.end()
})

void t.test('a bound that bounds nothing is refused', (t) => {
  for (const bound of [0, -1, 1.5, Number.NaN]) t.throws(() => new LruMap(bound), RangeError)
  t.end()
})
