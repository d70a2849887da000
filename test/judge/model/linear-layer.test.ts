import t from 'tap'
import { layerOf, scoreLayer } from '../../../src/judge/model/linear-layer.ts'
import { TermList } from '../../../src/judge/model/term-list.ts'

const bytes = Buffer.from(Int8Array.of(0, 10, -20, 127)).toString('base64')
const file = { bias: 1, features: { b: 2, a: -1 }, terms: { scale: 0.1, bytes } }

t.test('bias, named features in the order asked for, and bytes times scale', async (t) => {
  const layer = layerOf(file, ['a', 'b', 'new'], 4)
  if (layer === undefined) return t.fail('not read')
  const terms = new TermList(Int32Array.of(1, 2, 2), [
    { from: 0, to: 1, value: 1 },
    { from: 1, to: 3, value: 0.5 },
  ])
  t.equal(scoreLayer(layer, Float64Array.of(3, 4, 99), terms), 1 - 3 + 8 + 0.1 * (10 - 20))
})

t.test('another size or a weight that is no number: no layer', async (t) => {
  t.equal(layerOf(file, ['a'], 5), undefined)
  t.equal(layerOf({ ...file, features: { a: '1' } }, ['a'], 4), undefined)
  t.equal(layerOf({ ...file, bias: null }, ['a'], 4), undefined)
  t.equal(layerOf({ ...file, terms: { bytes } }, ['a'], 4), undefined)
  t.equal(layerOf(undefined, ['a'], 4), undefined)
})
