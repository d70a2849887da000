import t from 'tap'
import { createModelLabels } from '../../src/metrics/model-labels.ts'

t.test('with an allow-list its names are labels, and no others', (t) => {
  const label = createModelLabels({ models: ['a', 'b'], modelsAutoMax: 20 })
  t.strictSame(['a', 'b', 'c', 'other', 'unknown', ''].map(label), [
    'a',
    'b',
    'other',
    'other',
    'unknown',
    'other',
  ])
  t.end()
})

t.test('without one the first few seen are, and stay so', (t) => {
  const label = createModelLabels({ models: [], modelsAutoMax: 2 })
  t.strictSame(['x', 'x', 'other', 'y', 'z', 'x', 'z'].map(label), [
    'x',
    'x',
    'other',
    'y',
    'other',
    'x',
    'other',
  ])
  t.end()
})

t.test('a name that no provider would give takes no place', (t) => {
  const label = createModelLabels({ models: [], modelsAutoMax: 1 })
  for (const name of ['', ' a', 'b ', 'a\nb', 'ü', 'm'.repeat(129), 'sk-live-1234567890', 'a\0b']) {
    t.equal(label(name), 'other', JSON.stringify(name))
  }
  t.equal(label('m'.repeat(128)), 'm'.repeat(128))
  t.end()
})
