import t from 'tap'
import {
  addDifference,
  createWager,
  emptyTick,
  foldTick,
  initialState,
  type TickSum,
} from '../../src/drift/e-detector.ts'
import {
  emptyRunState,
  foldRun,
  type RunState,
  readRunState,
  runStateText,
  withReference,
} from '../../src/drift/run-fold.ts'

const wager = createWager(0.02)
const options = { threshold: 15_000, quietTicks: 72, forgetTicks: 30 }

const sumOf = (...differences: number[]): TickSum => {
  const sum = emptyTick(wager)
  for (const difference of differences) addDifference(sum, wager, difference)
  return sum
}

/** A nightly run of 100 pairs, so many of which only English refused. */
const night = (n: number, gaps: number) => ({
  id: `run_${n}`,
  dueAt: n * 86_400_000,
  sums: new Map([['gap', sumOf(...Array.from({ length: 100 }, (_, i) => (i < gaps ? 1 : 0)))]]),
})

const folded = (state: RunState, run: Parameters<typeof foldRun>[1]): RunState => {
  const result = foldRun(state, run, options)
  if (result === undefined) throw new Error(`${run.id} was not folded`)
  return result.state
}

t.test('a run is one tick of each detector that it has differences for', (t) => {
  const first = folded(emptyRunState, night(1, 10))
  const expected = foldTick(
    initialState(wager),
    1,
    sumOf(...Array(10).fill(1), ...Array(90).fill(0)),
    {
      threshold: 15_000,
    },
  )
  t.strictSame(first.detectors.get('gap'), expected.ok ? expected.state : undefined)
  t.strictSame([first.runs, first.dueAt, first.folded], [1, 86_400_000, ['run_1']])
  const second = folded(first, { ...night(2, 0), sums: new Map([['other', sumOf(0)]]) })
  t.equal(second.detectors.get('gap'), first.detectors.get('gap'), 'untouched by another run')
  t.equal(second.detectors.get('other')?.lastTick, 2)
  t.end()
})

t.test('a run is folded once, and none after a later one', (t) => {
  const state = folded(folded(emptyRunState, night(1, 10)), night(3, 10))
  t.equal(foldRun(state, night(3, 10), options), undefined, 'the same')
  t.equal(foldRun(state, { ...night(4, 10), id: 'run_3' }, options), undefined, 'its id again')
  t.equal(foldRun(state, night(2, 10), options), undefined, 'an earlier one')
  t.ok(foldRun(state, night(4, 10), options))
  t.end()
})

t.test('a gap of 20 points opens an episode in the second night, and null nights none', (t) => {
  let state = emptyRunState
  const opened: number[] = []
  for (let n = 1; n <= 5; n++) {
    const result = foldRun(state, night(n, 20), options)
    if (result === undefined) throw new Error('not folded')
    state = result.state
    if (result.opened.length > 0) opened.push(n)
  }
  t.strictSame(opened, [2])
  t.equal(state.detectors.get('gap')?.episodes, 1)
  let quiet = emptyRunState
  for (let n = 1; n <= 60; n++) quiet = folded(quiet, night(n, 2))
  t.equal(quiet.detectors.get('gap')?.crossings, 0)
  t.end()
})

t.test('a detector that no run feeds any more is dropped', (t) => {
  let state = folded(emptyRunState, night(1, 10))
  for (let n = 2; n <= 31; n++) state = folded(state, { ...night(n, 0), sums: new Map() })
  t.ok(state.detectors.has('gap'))
  state = folded(state, { ...night(32, 0), sums: new Map() })
  t.notOk(state.detectors.has('gap'))
  t.end()
})

t.test('the first verdict on a transcript is the reference, of each judge its own', (t) => {
  const one = withReference(emptyRunState, 'lexical 1', new Map([['de-1', true]]))
  const two = withReference(
    one,
    'lexical 1',
    new Map([
      ['de-1', false],
      ['de-2', false],
    ]),
  )
  t.strictSame(
    two.reference.get('lexical 1'),
    new Map([
      ['de-1', true],
      ['de-2', false],
    ]),
  )
  const other = withReference(two, 'lexical 2', new Map([['de-1', false]]))
  t.strictSame(other.reference.get('lexical 2'), new Map([['de-1', false]]))
  t.equal(other.reference.get('lexical 1')?.get('de-1'), true)
  let many = other
  for (let n = 0; n < 20; n++) many = withReference(many, `judge ${n}`, new Map())
  t.equal(many.reference.size, 8, 'old judges are forgotten')
  t.end()
})

t.test('a state survives the store, and nothing else passes for one', (t) => {
  const state = withReference(
    folded(folded(emptyRunState, night(1, 30)), night(2, 30)),
    'lexical 1',
    new Map([['de-1', true]]),
  )
  const text = runStateText(state)
  t.strictSame(readRunState(text), state)
  const good = JSON.parse(text)
  const bad: unknown[] = [
    null,
    { ...good, version: 2 },
    { ...good, runs: -1 },
    { ...good, runs: 1 },
    { ...good, dueAt: 'now' },
    { ...good, folded: [1] },
    { ...good, folded: Array(65).fill('run') },
    { ...good, detectors: { gap: {} } },
    { ...good, reference: { judge: { 'de-1': 'yes' } } },
  ]
  for (const one of bad) t.equal(readRunState(JSON.stringify(one)), undefined)
  t.equal(readRunState(`${text}x`), undefined)
  t.end()
})
