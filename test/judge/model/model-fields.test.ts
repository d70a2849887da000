import t from 'tap'
import { finiteIn, mapOf, numbersIn, textIn } from '../../../src/judge/model/model-fields.ts'

t.test('only what has the type asked for is read', async (t) => {
  const fields = mapOf({ n: 1, s: 'x', list: [1, 2], mixed: [1, 'x'], infinite: Infinity })
  t.equal(finiteIn(fields, 'n'), 1)
  t.equal(finiteIn(fields, 's'), undefined)
  t.equal(finiteIn(fields, 'infinite'), undefined)
  t.equal(textIn(fields, 's'), 'x')
  t.equal(textIn(fields, 'n'), undefined)
  t.same(numbersIn(fields, 'list'), [1, 2])
  t.equal(numbersIn(fields, 'mixed'), undefined)
  t.equal(numbersIn(fields, 'absent'), undefined)
})

t.test('what is no object has no fields', async (t) => {
  for (const value of [null, undefined, 3, 'x', [1]]) t.equal(mapOf(value).size, 0)
})
