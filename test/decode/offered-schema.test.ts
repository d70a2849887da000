import fc from 'fast-check'
import t from 'tap'
import { offeredSchema, schemaTextMax } from '../../src/decode/offered-schema.ts'
import type { KnownProtocol } from '../../src/exchange/protocol.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

void t.test('a schema is handed on as it is, without a copy', async (t) => {
  const schema = { type: 'object', properties: { a: { enum: [1, null, true, 'x'] } } }
  t.equal(offeredSchema(schema), schema)
  t.equal(offeredSchema(true), true, 'JSON Schema has schemas that are no objects')
})

void t.test('none, null and too large are all unknown', async (t) => {
  t.equal(offeredSchema(undefined), undefined)
  t.equal(offeredSchema(null), undefined)
  const sized = (length: number) => ({
    description: 'x'.repeat(length - '{"description":""}'.length),
  })
  const fits = sized(schemaTextMax - 2)
  t.equal(offeredSchema(fits), fits)
  t.equal(offeredSchema(sized(schemaTextMax + 1)), undefined)
  t.equal(offeredSchema(new Array<number>(40_000).fill(1)), undefined)
  t.equal(offeredSchema({ ['k'.repeat(70_000)]: 1 }), undefined)
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, {}]))
  t.equal(offeredSchema({ properties: many }), undefined)
})

void t.test('what is measured is the length of the JSON text, but for escapes', async (t) => {
  const plain = fc.jsonValue({ stringUnit: fc.constantFrom('a', 'b', 'ä') })
  let compared = 0
  fc.assert(
    fc.property(
      plain,
      fc.integer({ min: schemaTextMax - 500, max: schemaTextMax }),
      (value, pad) => {
        const padded = [value, 'x'.repeat(pad)]
        const text = JSON.stringify(padded)
        // Each list and object counts one comma too many.
        const slack = text.match(/[[{]/g)?.length ?? 0
        compared++
        if (text.length > schemaTextMax) return offeredSchema(padded) === undefined
        return text.length + slack > schemaTextMax || offeredSchema(padded) === padded
      },
    ),
    { seed: 8, numRuns: 500 },
  )
  t.equal(compared, 500)
})

void t.test('__proto__ is a name like any other, on the wire of each format', async (t) => {
  const schema = '{"type":"object","properties":{"__proto__":{"type":"string"}}}'
  const chat = (field: string) => `{"type":"function","function":{"name":"f",${field}}}`
  const responses = (field: string) => `{"type":"function","name":"f",${field}}`
  const anthropic = (field: string) => `{"name":"f",${field}}`
  const formats: [KnownProtocol, string, (field: string) => string, string, unknown][] = [
    ['openai_chat', '"messages":[]', chat, 'parameters', { choices: [] }],
    ['openai_responses', '"input":""', responses, 'parameters', { output: [] }],
    ['anthropic_messages', '"messages":[]', anthropic, 'input_schema', { content: [] }],
  ]
  for (const [protocol, input, tool, field, response] of formats) {
    const read = (sent: string): unknown => {
      const bodies = { request: `{${input},"tools":[${tool(sent)}]}`, response }
      const { tools } = exchangeOf(decodeBodies(protocol, bodies))
      t.equal(tools[0]?.name, 'f')
      return tools[0]?.parameters
    }
    const got = read(`"${field}":${schema}`)
    t.equal(JSON.stringify(got), schema, protocol)
    t.equal(Object.getPrototypeOf(got), Object.prototype, protocol)
    t.equal(read(`"__proto__":{"${field}":${schema}}`), undefined, `${protocol}: not inherited`)
    const large = `{"description":"${'x'.repeat(schemaTextMax)}"}`
    t.equal(read(`"${field}":${large}`), undefined, `${protocol}: too large`)
  }
})
