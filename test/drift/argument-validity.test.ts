import fc from 'fast-check'
import t from 'tap'
import { argumentValidity } from '../../src/drift/argument-validity.ts'

const schema = {
  type: 'object',
  properties: {
    city: { type: 'string', minLength: 1, maxLength: 5 },
    unit: { enum: ['c', 'f'] },
    days: { type: 'integer', minimum: 1, maximum: 7 },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    place: { anyOf: [{ type: 'string' }, { type: 'object', required: ['lat'] }] },
    note: { type: ['string', 'null'] },
  },
  required: ['city'],
  additionalProperties: false,
}

const verdict = (value: unknown, of: unknown = schema): string => {
  const got = argumentValidity(typeof value === 'string' ? value : JSON.stringify(value), of)
  return got.verdict === 'invalid' ? got.reason : got.verdict
}

void t.test('what fits is valid', async (t) => {
  for (const value of [
    { city: 'Roma' },
    { city: 'Roma', unit: 'c', days: 7, tags: ['a', 'b'], place: { lat: 1 }, note: null },
    { city: '😀😀😀😀😀' },
  ]) {
    t.equal(verdict(value), 'valid', JSON.stringify(value))
  }
  t.equal(verdict('', { type: 'object' }), 'valid', 'no arguments are an empty object')
})

void t.test('each keyword says why', async (t) => {
  const cases: [unknown, string][] = [
    ['{"city":', 'not_json'],
    [[], 'type'],
    [{ city: 5 }, 'type'],
    [{ city: 'Roma', days: 1.5 }, 'type'],
    [{}, 'required'],
    [{ city: '' }, 'length'],
    [{ city: 'Napoli' }, 'length'],
    [{ city: 'Roma', unit: 'k' }, 'enum'],
    [{ city: 'Roma', days: 8 }, 'range'],
    [{ city: 'Roma', tags: ['a', 1] }, 'type'],
    [{ city: 'Roma', tags: ['a', 'b', 'c'] }, 'length'],
    [{ city: 'Roma', place: { lon: 1 } }, 'no_alternative'],
    [{ city: 'Roma', extra: 1 }, 'additional'],
    ['', 'required'],
  ]
  for (const [value, reason] of cases) t.equal(verdict(value), reason, JSON.stringify(value))
})

void t.test('what is outside of the subset is never called invalid', async (t) => {
  t.equal(verdict({ a: 'x' }, { properties: { a: { pattern: '^(a+)+$' } } }), 'valid')
  t.equal(verdict({ a: 1 }, { $ref: '#/$defs/a' }), 'valid')
  t.equal(verdict({ a: 1 }, { additionalProperties: false, patternProperties: {} }), 'valid')
  t.equal(verdict([1, 'a'], { prefixItems: [{}, {}], items: { type: 'number' } }), 'valid')
  t.equal(verdict({ a: 1 }, { type: 'thing' }), 'valid')
  for (const none of [undefined, null, true, 'schema', []]) {
    t.same(argumentValidity('{}', none), { verdict: 'unknown' })
  }
})

void t.test('schemas that explode are given up, soon', async (t) => {
  let bomb: object = { type: 'string' }
  for (let i = 0; i < 30; i++) bomb = { anyOf: [bomb, bomb, bomb] }
  t.equal(verdict({}, bomb), 'unknown')
  let deep: unknown = 1
  let tower: object = {}
  for (let i = 0; i < 100; i++) {
    deep = { a: deep }
    tower = { properties: { a: tower } }
  }
  t.equal(verdict(deep, tower), 'unknown')
  t.equal(verdict('x'.repeat(1_000_001)), 'unknown')
  t.equal(verdict(new Array<number>(20_000).fill(1), { items: {} }), 'unknown')
})

void t.test('a large value against a schema of many parts is given up, soon', async (t) => {
  const long = 'y'.repeat(900_000)
  const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, 1]))
  const rows = Array.from({ length: 9_000 }, () => ({}))
  const names = Array.from({ length: 9_000 }, (_, i) => `p${i}`)
  const nested = `${'['.repeat(400_000)}${']'.repeat(400_000)}`
  const one = (schema: object) => Array.from({ length: 3_000 }, () => schema)
  const cases: [string, unknown, object, string][] = [
    ['scalars of an enum', long, { enum: names }, 'enum'],
    ['lengths', long, { anyOf: one({ minLength: 2e6 }) }, 'unknown'],
    ['keys', wide, { anyOf: one({ properties: { k0: { type: 'array' } } }) }, 'unknown'],
    ['equal objects', wide, { enum: one({ a: 1 }) }, 'unknown'],
    [
      'properties',
      rows,
      { items: { properties: Object.fromEntries(names.map((n) => [n, {}])) } },
      'valid',
    ],
    ['required', { p0: 1 }, { anyOf: one({ required: names }) }, 'unknown'],
  ]
  for (const [name, value, of, expected] of cases) {
    const started = performance.now()
    t.equal(verdict(JSON.stringify(value), of), expected, name)
    const took = performance.now() - started
    t.ok(took < 1_000, `${name}: ${took} ms`)
  }
  let deep: unknown = 1
  for (let i = 0; i < 40; i++) deep = [deep]
  t.equal(verdict(nested, { const: deep }), 'unknown', 'nesting on both sides')
  t.equal(verdict(nested, { const: [1] }), 'enum')
})

void t.test('the order of keys is no difference, a missing one is', async (t) => {
  const of = { enum: [{ a: 1, b: [1, { c: null }] }] }
  t.equal(verdict({ b: [1, { c: null }], a: 1 }, of), 'valid')
  for (const other of [{ a: 1 }, { a: 1, b: [1, { c: 0 }] }, { a: 1, b: [1] }, { a: 1, d: 1 }, 1]) {
    t.equal(verdict(JSON.stringify(other), of), 'enum', JSON.stringify(other))
  }
  t.equal(verdict('{"__proto__": 1}', { const: {} }), 'enum')
  t.equal(verdict('[]', { const: {} }), 'enum')
})

void t.test('names of Object.prototype are names like any other', async (t) => {
  t.equal(verdict({ city: 'Roma', constructor: 1 }), 'additional')
  t.equal(verdict('{"__proto__": 1}', { required: ['__proto__'] }), 'valid')
  t.equal(verdict({}, { required: ['toString'] }), 'required')
})

void t.test('any pair of JSON values gives a verdict and no exception', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, of) => {
      const got = argumentValidity(JSON.stringify(value), of)
      return ['valid', 'invalid', 'unknown'].includes(got.verdict)
    }),
    { seed: 4, numRuns: 500 },
  )
  t.pass('500 pairs')
})
