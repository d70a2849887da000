import fc from 'fast-check'
import t from 'tap'
import { callsMax, toolLoops } from '../../src/drift/tool-loop.ts'

const call = (name: string, text: string) => ({ name, arguments: text })

void t.test('three equal calls are a loop, whatever the order of their keys', async (t) => {
  t.same(
    toolLoops([
      call('search', '{"q":"a","n":1}'),
      call('read', '{}'),
      call('search', '{ "n": 1, "q": "a" }'),
      call('search', '{"q":"b","n":1}'),
      call('search', '{"q":"a","n":1}'),
    ]),
    [{ tool: 'search', repeats: 3 }],
  )
})

void t.test('other arguments, other tools or two calls are none', async (t) => {
  t.same(toolLoops([call('a', '{"n":1}'), call('a', '{"n":2}'), call('a', '{"n":"1"}')]), [])
  t.same(toolLoops([call('a', '{}'), call('b', '{}'), call('c', '{}')]), [])
  t.same(toolLoops([call('a', '{}'), call('a', '{}')]), [])
})

void t.test('arguments that are no JSON, or nest for ever, are compared as text', async (t) => {
  const deep = '['.repeat(50_000)
  const nested = `${'['.repeat(100)}${']'.repeat(100)}`
  for (const text of ['not json', deep, nested]) {
    t.same(toolLoops([call('a', text), call('a', text), call('a', text)]), [
      { tool: 'a', repeats: 3 },
    ])
  }
})

void t.test('memory is bounded: later different calls are not looked at', async (t) => {
  const calls = Array.from({ length: callsMax }, (_, i) => call('a', `${i}`))
  const late = call('late', '{}')
  t.same(toolLoops([...calls, late, late, late]), [])
})

void t.test('any JSON is found again after a round trip', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value)
      const spaced = JSON.stringify(value, null, 2)
      return toolLoops([call('a', text), call('a', spaced), call('a', text)]).length === 1
    }),
    { seed: 4, numRuns: 300 },
  )
  t.pass('300 values')
})
