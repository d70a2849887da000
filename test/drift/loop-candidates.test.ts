import fc from 'fast-check'
import t from 'tap'
import { loopCandidates } from '../../src/drift/loop-candidates.ts'
import { toolLoops } from '../../src/drift/tool-loop.ts'

const call = (text: string, name = 'a') => ({ name, arguments: text })

/** Keys in reverse, everything outside of ASCII escaped: another writer of the same JSON. */
const otherwise = (value: unknown): string => {
  const reversed = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return item
    if (Array.isArray(item)) return item.map((one) => reversed(one))
    return Object.fromEntries(
      Object.entries(item)
        .reverse()
        .map(([key, one]) => [key, reversed(one)]),
    )
  }
  return JSON.stringify(reversed(value), null, 1).replace(
    /[^ -~\n]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

void t.test('what is in no group of three is left out, the order stays', async (t) => {
  const calls = [call('{"q":"x"}'), call('{"q":"y"}'), call('{"q":"x"}'), call('{"q":"x"}', 'b')]
  t.same(loopCandidates(calls), [])
  t.same(loopCandidates([...calls, call('{ "q": "x" }')]), [
    call('{"q":"x"}'),
    call('{"q":"x"}'),
    call('{ "q": "x" }'),
  ])
})

void t.test('equal JSON stays together, however it is written', async (t) => {
  const groups = [
    ['{"a":"été","b":1e3}', '{"b":1000,"a":"\\u00e9t\\u00e9"}', '{ "b" : 1E3, "a" : "ét\\u00e9" }'],
    ['{"n":1.0,"s":"a\\nb"}', '{"s":"a\\u000ab","n":1}', '{"n":1,"s":"a\\nb"}'],
    ['["a/b"]', '["a\\/b"]', '[ "a/b" ]'],
  ]
  for (const group of groups) {
    const calls = group.map((text) => call(text))
    t.equal(toolLoops(calls).length, 1)
    t.same(loopCandidates(calls), calls)
  }
})

void t.test('among candidates there is a loop exactly when there is one among all', async (t) => {
  const few = fc.array(fc.jsonValue({ maxDepth: 2, stringUnit: 'binary-ascii' }), {
    minLength: 1,
    maxLength: 3,
  })
  const any = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 3 })
  let loops = 0
  fc.assert(
    fc.property(
      fc.oneof(few, any),
      fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 9 }),
      (values, picks) => {
        const calls = picks.map(([which, how]) => {
          const value = values[which % values.length]
          const texts = [JSON.stringify(value), JSON.stringify(value, null, 2), otherwise(value)]
          return call(texts[how] ?? '')
        })
        const found = toolLoops(calls)
        if (found.length > 0) loops++
        return JSON.stringify(toolLoops(loopCandidates(calls))) === JSON.stringify(found)
      },
    ),
    { seed: 12, numRuns: 1000 },
  )
  t.ok(loops > 300, `${loops} loops`)
})

void t.test('text that is no JSON, cut off in an escape or not, is read to its end', async (t) => {
  for (const text of ['', '\\', '"\\u00', 'abc\\', '{"a":"\\u12']) {
    const calls = [call(text), call(text), call(text)]
    t.same(loopCandidates(calls), calls)
  }
})
