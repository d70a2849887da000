import t from 'tap'
import { BigramModel, endSymbol, startSymbol } from '../../src/aggregate/surprisal.ts'
import { newTransitions } from '../../src/drift/new-transition.ts'

void t.test('steps that the baseline lacks are named once each', async (t) => {
  const baseline = new BigramModel()
  baseline.learn(['search', 'read'])
  baseline.learn(['search', 'edit'])
  t.same(newTransitions(['search', 'read'], baseline), [])
  t.same(newTransitions(['search', 'read', 'search', 'read', 'search'], baseline), [
    ['read', 'search'],
    ['search', endSymbol],
  ])
  t.same(newTransitions(['upload'], baseline), [
    [startSymbol, 'upload'],
    ['upload', endSymbol],
  ])
})
