import t from 'tap'
import { fieldsOf } from '../../src/label/json-line.ts'

void t.test('a line is fields, or says why not', async (t) => {
  t.same(
    fieldsOf('{"a":1,"__proto__":2}'),
    new Map<string, unknown>([
      ['a', 1],
      ['__proto__', 2],
    ]),
  )
  t.equal(fieldsOf('{'), 'not JSON')
  for (const line of ['[]', 'null', '"x"', '3']) t.equal(fieldsOf(line), 'not a JSON object')
})
