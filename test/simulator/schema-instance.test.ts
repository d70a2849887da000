/** Values made for a schema satisfy it, and a hostile schema costs little. */
import t from 'tap'
import { instanceOf } from '../../src/simulator/schema-instance.ts'

const make = (schema: unknown) => instanceOf(schema, { text: 'words', seed: 1 })

const schema = {
  type: 'object',
  properties: {
    answer: { type: 'string' },
    tags: { type: 'array', items: { enum: ['one'] } },
    empty: { type: 'array' },
    kind: { const: 'reply' },
    nullable: { type: ['null', 'string'] },
    nothing: { type: 'null' },
    inner: { properties: { deep: { type: 'string' } } },
    urgent: { type: 'boolean' },
  },
}

void t.test('objects, arrays, enums, constants and booleans come out as asked', async (t) => {
  const made = make(schema)
  t.match(made, {
    answer: 'words',
    tags: ['one'],
    empty: [],
    kind: 'reply',
    nullable: 'words',
    nothing: null,
    inner: { deep: 'words' },
    urgent: Boolean,
  })
  t.same(make(schema), made, 'the same each time')
})

void t.test('numbers lie within their limits, and integers are whole', async (t) => {
  for (let seed = 0; seed < 200; seed++) {
    const fill = { text: 'x', seed }
    const made = Number(instanceOf({ type: 'integer', minimum: 3, maximum: 7 }, fill))
    t.ok(Number.isInteger(made) && made >= 3 && made <= 7, String(made))
    const only = instanceOf({ type: 'number', minimum: 2, maximum: 2 }, fill)
    t.equal(only, 2)
  }
})

void t.test('references within the schema are followed, others are null', async (t) => {
  const $defs = { Name: { type: 'string' } }
  t.equal(make({ $defs, $ref: '#/$defs/Name' }), 'words')
  t.equal(make({ $ref: 'https://example.com/schema' }), null)
  t.equal(make({ $ref: '#/$defs/Missing' }), null)
  t.equal(make({ anyOf: [{ const: 1 }, { const: 2 }] }), 1)
  t.equal(make('no schema'), null)
})

void t.test('a schema that holds itself, or thousands of keys, is cut off', async (t) => {
  const loop = { $ref: '#/$defs/Loop', $defs: { Loop: { $ref: '#/$defs/Loop' } } }
  t.equal(make(loop), null)
  const properties = Object.fromEntries(
    Array.from({ length: 5000 }, (_, i) => [`key${i}`, { type: 'string' }]),
  )
  t.equal(Object.keys(Object(make({ properties }))).length, 64)
})

void t.test('a key named __proto__ changes nothing but the value made', async (t) => {
  const hostile: unknown = JSON.parse(
    '{"properties":{"__proto__":{"properties":{"polluted":{"const":true}}},"a":{"const":1}}}',
  )
  const made = Object(make(hostile))
  t.same(Object.keys(made), ['__proto__', 'a'])
  t.notOk('polluted' in {})
})
