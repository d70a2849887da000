import t from 'tap'
import {
  BigramModel,
  endSymbol,
  furtherTools,
  startSymbol,
  stepsOf,
} from '../../src/aggregate/surprisal.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)

void t.test('mean bits per step equal the reference', async (t) => {
  const model = new BigramModel(['search', 'read', 'edit', 'test', 'shell', 'upload'])
  model.learn(['search', 'read', 'edit', 'test'], 50)
  model.learn(['search', 'read'], 50)
  t.equal(model.vocabularySize, 6)
  t.ok(near(model.meanBits(['search', 'read', 'edit', 'test']), 0.2573314029374057))
  t.ok(near(model.meanBits(['shell', 'shell', 'upload']), 4.028887930918034))
})

void t.test('the outcomes of a step have probabilities that sum to 1', async (t) => {
  const model = new BigramModel(['a', 'b', 'c'])
  model.learn(['a', 'b', 'a'], 3)
  model.learn([])
  for (const before of [startSymbol, 'a', 'b', 'c']) {
    let sum = 0
    for (const after of ['a', 'b', 'c', endSymbol]) sum += 2 ** -model.stepBits(before, after)
    t.ok(near(sum, 1), `${JSON.stringify(before)}: ${sum}`)
  }
})

void t.test('a tool nobody knows costs as much as one never seen there', async (t) => {
  const model = new BigramModel(['a', 'b'])
  model.learn(['a'], 10)
  t.equal(model.stepBits('a', 'unknown'), model.stepBits('a', 'b'))
  t.ok(model.hasStep(startSymbol, 'a') && model.hasStep('a', endSymbol))
  t.notOk(model.hasStep('a', 'b'))
  t.notOk(model.hasStep('unknown', 'a'))
})

void t.test('a sequence without calls is one step', async (t) => {
  const model = new BigramModel(['a'])
  model.learn([], 9)
  t.ok(near(model.meanBits([]), -Math.log2(9.5 / 10)))
  t.same(stepsOf([]), [[startSymbol, endSymbol]])
  t.same(stepsOf(['a', 'b']), [
    [startSymbol, 'a'],
    ['a', 'b'],
    ['b', endSymbol],
  ])
})

void t.test('tools beyond the vocabulary limit are learned as one', async (t) => {
  const model = new BigramModel([], 2)
  for (let i = 0; i < 1000; i++) model.learn([`tool ${i}`])
  t.equal(model.vocabularySize, 2)
  t.ok(model.hasStep(startSymbol, furtherTools))
  t.notOk(model.hasStep(startSymbol, 'tool 900'))
})

void t.test('steps learned one by one are a sequence learned as a whole', async (t) => {
  const tools = ['a', 'b', 'a', 'c', 'c']
  const whole = new BigramModel([], 2)
  whole.learn(tools, 3)
  const parts = new BigramModel([], 2)
  for (const [before, after] of stepsOf(tools)) parts.learnStep(before, after, 3)
  t.equal(parts.vocabularySize, 2)
  for (const before of [startSymbol, 'a', 'b', 'c', furtherTools]) {
    for (const after of ['a', 'b', 'c', furtherTools, endSymbol]) {
      t.equal(parts.stepBits(before, after), whole.stepBits(before, after))
    }
  }
  t.ok(parts.hasStep('a', furtherTools) && parts.hasStep(furtherTools, endSymbol))
})
