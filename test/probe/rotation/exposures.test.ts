import t from 'tap'
import { Exposures, recordExposures } from '../../../src/probe/rotation/exposures.ts'

const memory = (text?: string) => {
  const state = { text, saves: 0 }
  return {
    state,
    load: async () => state.text,
    save: async (next: string) => {
      state.text = next
      state.saves++
    },
  }
}

t.test('runs add up in what is kept, in one spelling', async (t) => {
  const store = memory()
  await recordExposures(store, ['b', 'a'])
  await recordExposures(store, ['a', '__proto__'])
  t.equal(store.state.text, '{"version":1,"exposures":[["__proto__",1],["a",2],["b",1]]}\n')
  const read = Exposures.readText(store.state.text ?? '')
  t.ok(read.ok)
  if (!read.ok) return
  t.same(
    ['a', 'b', '__proto__', 'toString'].map((id) => read.exposures.of(id)),
    [2, 1, 1, 0],
  )
  t.equal(read.exposures.size, 3)
})

t.test('a record that cannot be read is told and left as it is', async (t) => {
  const cases: [string, string][] = [
    ['{', 'is not JSON'],
    ['[]', 'is no record of exposures, version 1'],
    ['{"version":2,"exposures":[]}', 'is no record of exposures, version 1'],
    ['{"version":1}', '"exposures" is no list of at most 1000000 items'],
    [
      '{"version":1,"exposures":[["a",1],["b",0]]}',
      '"exposures"[1] is no pair of an id and a count from 1',
    ],
    [
      '{"version":1,"exposures":[["a",1],7]}',
      '"exposures"[1] is no pair of an id and a count from 1',
    ],
    ['{"version":1,"exposures":[["a",1],["a",2]]}', '"exposures"[1] stands twice'],
  ]
  for (const [text, reason] of cases) {
    const store = memory(text)
    t.same(await recordExposures(store, ['a']), { ok: false, reason })
    t.equal(store.state.saves, 0)
  }
})

t.test('counts of two replicas join to the larger, however often they are joined', async (t) => {
  const one = new Exposures()
  const two = new Exposures()
  one.add(['a', 'a', 'b'])
  two.add(['a', 'c'])
  one.join(two)
  one.join(two)
  t.same(
    ['a', 'b', 'c'].map((id) => one.of(id)),
    [2, 1, 1],
  )
})
