import fc from 'fast-check'
import t from 'tap'
import {
  BigramCounts,
  bigramModelOf,
  otherTool,
  readBigramCounts,
  toolNamesMax,
} from '../../src/aggregate/bigram-counts.ts'
import { BigramModel, endSymbol, startSymbol, stepsOf } from '../../src/aggregate/surprisal.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)

const countsOf = (sequences: readonly string[][], namesMax = toolNamesMax): BigramCounts => {
  const counts = new BigramCounts(namesMax)
  for (const tools of sequences) for (const step of stepsOf(tools)) counts.add(...step)
  return counts
}

const text = (counts: BigramCounts): string => JSON.stringify(counts)

void t.test('the model of the counts is the model of the sequences', async (t) => {
  const counts = new BigramCounts()
  const model = new BigramModel(['search', 'read', 'edit', 'test'])
  for (const tools of [
    ['search', 'read', 'edit', 'test'],
    ['search', 'read'],
  ]) {
    model.learn(tools, 50)
    for (const step of stepsOf(tools)) counts.add(...step, 50)
  }
  t.equal(counts.total, 400)
  const built = bigramModelOf(counts)
  t.equal(built.vocabularySize, 4)
  for (const tools of [['search', 'read', 'edit', 'test'], ['test', 'test', 'upload'], []]) {
    t.equal(built.meanBits(tools), model.meanBits(tools))
  }
  // The reference of six tools, two of which were never called.
  for (const tool of ['shell', 'upload']) counts.add(tool, endSymbol)
  t.ok(near(bigramModelOf(counts).stepBits('search', 'read'), -Math.log2(100.5 / 103.5)))
})

void t.test('what has no name of its own is other, and counted', async (t) => {
  const counts = countsOf([['a', 'b', 'c'], ['c'], ['a\nb'], ['other']], 2)
  t.same(counts.names(), ['a', 'b'])
  t.same(counts.steps(), [
    [startSymbol, 'a', 1],
    [startSymbol, otherTool, 3],
    ['a', 'b', 1],
    ['b', otherTool, 1],
    [otherTool, endSymbol, 4],
  ])
  const model = bigramModelOf(counts)
  t.equal(model.vocabularySize, 3)
  t.ok(model.hasStep('b', otherTool))
})

void t.test('merging demotes the names that come last, with all their steps', async (t) => {
  const first = countsOf([['b', 'c']], 2)
  first.merge(countsOf([['a', 'c']], 2))
  t.same(first.names(), ['a', 'b'])
  t.same(first.steps(), [
    [startSymbol, 'a', 1],
    [startSymbol, 'b', 1],
    ['a', otherTool, 1],
    ['b', otherTool, 1],
    [otherTool, endSymbol, 2],
  ])
})

const tools = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', otherTool, 'a\nb'), {
  maxLength: 5,
})
const sequences = fc.array(tools, { maxLength: 4 })

void t.test('any order of merges gives the same counts, and no step is lost', async () => {
  fc.assert(
    fc.property(fc.array(sequences, { minLength: 2, maxLength: 5 }), fc.nat(4), (parts, turn) => {
      const made = () => parts.map((part) => countsOf(part, 3))
      const forwards = new BigramCounts(3)
      for (const part of made()) forwards.merge(part)
      const turned = [...made().slice(turn), ...made().slice(0, turn)]
      // Pairs first, then the pairs: another grouping.
      const grouped = new BigramCounts(3)
      while (turned.length > 0) {
        const pair = turned.pop() ?? new BigramCounts(3)
        const other = turned.pop()
        if (other !== undefined) pair.merge(other)
        grouped.merge(pair)
      }
      const steps = parts.flat().reduce((sum, part) => sum + part.length + 1, 0)
      return text(forwards) === text(grouped) && forwards.total === steps
    }),
    { seed: 6, numRuns: 500 },
  )
})

void t.test('counts survive JSON, and equal counts are equal text', async () => {
  fc.assert(
    fc.property(sequences, (all) => {
      const counts = countsOf(all)
      const read = readBigramCounts(JSON.parse(text(counts)))
      return read !== undefined && text(read) === text(countsOf(all.toReversed()))
    }),
    { seed: 7, numRuns: 300 },
  )
})

void t.test('what no counts wrote is refused', async (t) => {
  const step = [startSymbol, 'a', 1]
  const end = ['a', endSymbol, 1]
  t.ok(readBigramCounts({ steps: [step, end] }))
  t.equal(readBigramCounts({ steps: [] })?.total, 0)
  const names = (n: number) => Array.from({ length: n }, (_, i) => [startSymbol, `t${1000 + i}`, 1])
  t.ok(readBigramCounts({ steps: names(toolNamesMax) }))
  const bad: [string, unknown][] = [
    ['null', null],
    ['a list', []],
    ['no steps', {}],
    ['another key', { steps: [], more: 1 }],
    ['steps of another kind', { steps: {} }],
    ['a step of two', { steps: [[startSymbol, 'a']] }],
    ['a step of four', { steps: [[...step, 1]] }],
    ['a step that is none', { steps: ['abc'] }],
    ['from the end', { steps: [[endSymbol, 'a', 1]] }],
    ['to the start', { steps: [['a', startSymbol, 1]] }],
    ['no name', { steps: [['', 'a', 1]] }],
    ['a name with a line end', { steps: [['a\n', 'a', 1]] }],
    ['a number for a name', { steps: [[1, 'a', 1]] }],
    ['never', { steps: [[startSymbol, 'a', 0]] }],
    ['half', { steps: [[startSymbol, 'a', 0.5]] }],
    ['a count as text', { steps: [[startSymbol, 'a', '1']] }],
    ['a count that is no number', { steps: [[startSymbol, 'a', null]] }],
    ['twice', { steps: [step, step] }],
    ['out of order', { steps: [end, step] }],
    ['a name too many', { steps: names(toolNamesMax + 1) }],
    ['a total beyond counting', { steps: [step, end].map(([a, b]) => [a, b, 2 ** 53 - 1]) }],
    ['too many steps', { steps: new Array(67 ** 2).fill(step) }],
  ]
  for (const [name, value] of bad) t.equal(readBigramCounts(value), undefined, name)
})

void t.test('no JSON makes the reader throw', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, steps) => {
      readBigramCounts(value)
      return readBigramCounts({ steps: [steps] }) === undefined
    }),
    { seed: 9, numRuns: 500 },
  )
  t.throws(() => new BigramCounts().add('a', 'b', 0), RangeError)
  t.throws(() => new BigramCounts(-1), RangeError)
})
