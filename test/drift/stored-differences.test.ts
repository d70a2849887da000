/** Differences of a stored part: what was read can be written and read again. */
import t from 'tap'
import { behaviourJson, emptyBehaviour, readBehaviour } from '../../src/drift/behaviour-counts.ts'

const withDifferences = (entries: readonly (readonly [number, number])[]): unknown => ({
  ...behaviourJson(emptyBehaviour()),
  differences: { 'refusal_gap|de|benign': entries },
})

t.test('a difference that stands twice is added up', (t) => {
  const read = readBehaviour(
    withDifferences([
      [0.25, 1],
      [0.25, 2],
    ]),
  )
  t.equal(read?.differences.get('refusal_gap|de|benign')?.total, 3)
  t.end()
})

t.test('counts whose sum is no whole number any more are refused', (t) => {
  const read = readBehaviour(
    withDifferences([
      [0.25, 1],
      [0.25, Number.MAX_SAFE_INTEGER],
    ]),
  )
  t.equal(read, undefined)
  t.end()
})
