import fc from 'fast-check'
import t from 'tap'
import { otherTool, toolNamesMax } from '../../src/aggregate/bigram-counts.ts'
import { endSymbol, startSymbol } from '../../src/aggregate/surprisal.ts'
import { ToolNames } from '../../src/drift/tool-names.ts'

void t.test('the first names are kept, later ones are other, for good', async (t) => {
  const names = new ToolNames([], 2)
  t.same(
    ['b', 'a', 'c', 'b', 'a', 'c'].map((name) => names.of(name)),
    ['b', 'a', otherTool, 'b', 'a', otherTool],
  )
  t.equal(names.size, 2)
})

void t.test('the names of a pinned baseline stay as they are', async (t) => {
  const names = ToolNames.closed(['search', 'read'])
  t.equal(names.of('search'), 'search')
  t.equal(names.of('upload'), otherTool)
  t.equal(names.size, 2)
})

void t.test('symbols, control characters and endless names take no room', async (t) => {
  const names = new ToolNames()
  const bad = ['', startSymbol, endSymbol, 'a\nb', 'x'.repeat(129), '\ud800', otherTool]
  for (const name of bad) t.equal(names.of(name), otherTool, JSON.stringify(name))
  t.equal(names.size, 0)
  for (const name of ['x'.repeat(128), 'mcp__kb.search', 'поиск', '__proto__']) {
    t.equal(names.of(name), name)
  }
})

void t.test('whatever comes, there are never more than 64 names', async (t) => {
  const names = new ToolNames()
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const mapped = names.of(name)
      return names.size <= toolNamesMax && (mapped === name || mapped === otherTool)
    }),
    { seed: 3, numRuns: 2000 },
  )
  t.equal(names.size, toolNamesMax, 'and they were all taken')
})
