import fc from 'fast-check'
import t from 'tap'
import { jsonSchemaOf, readFlat } from '../../../src/judge/graded/flat-schema.ts'
import { fuzz } from '../../fuzz-runs.ts'

const schema = { refused: [0, 1] as const, tone: ['calm', 'loud'] as const }

t.test(
  'exactly one object of the schema is read, in any order and with JSON white space',
  async (t) => {
    t.same(readFlat(schema, '{"refused":1,"tone":"calm"}'), { refused: 1, tone: 'calm' })
    t.same(readFlat(schema, ' \t\r\n{ "tone" : "loud" ,\n"refused" : 0 }\n'), {
      refused: 0,
      tone: 'loud',
    })
  },
)

t.test('everything else is nothing', async (t) => {
  const texts = [
    '',
    '{}',
    'null',
    '{"refused":1}',
    '{"refused":1,"tone":"calm","more":1}',
    '{"refused":1,"tone":"calm","tone":"calm"}',
    '{"refused":2,"tone":"calm"}',
    '{"refused":"1","tone":"calm"}',
    '{"refused":01,"tone":"calm"}',
    '{"refused":1.0,"tone":"calm"}',
    '{"refused":-0,"tone":"calm"}',
    '{"refused":1e0,"tone":"calm"}',
    '{"refused":true,"tone":"calm"}',
    '{"refused":1,"tone":"Calm"}',
    '{"refused":1,"tone":["calm"]}',
    '{"refused":1,"tone":"calm",}',
    '{"refused":1 "tone":"calm"}',
    '{,"refused":1,"tone":"calm"}',
    '{"refused":1,"tone":"calm"}}',
    '{"refused":1,"tone":"calm"}{"refused":1,"tone":"calm"}',
    '{"refused":1,"tone":"calm"} x',
    'x {"refused":1,"tone":"calm"}',
    '\ufeff{"refused":1,"tone":"calm"}',
    '\u00a0{"refused":1,"tone":"calm"}',
    '{"refused":1,\u00a0"tone":"calm"}',
    '{"refused":1,"t\\u006fne":"calm"}',
    '{"refused":1,"tone":"calm"}\u0000',
    '```json\n{"refused":1,"tone":"calm"}\n```',
    '[{"refused":1,"tone":"calm"}]',
    '{"__proto__":1,"refused":1,"tone":"calm"}',
    `{"refused":1,"tone":"calm"}${' '.repeat(600)}`,
    '{"toString":1,"refused":1,"tone":"calm"}',
  ]
  for (const text of texts) t.equal(readFlat(schema, text), undefined, text)
})

t.test('what is read is what JSON.parse reads of the same text', async () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '"refused"',
    '"tone"',
    ':',
    ',',
    '0',
    '1',
    '"calm"',
    '"loud"',
    ' ',
    '\n',
    '2',
    '"',
    '{"refused":1,"tone":"calm"}',
    '"refused":0',
    '"tone":"loud"',
    '[',
    ']',
    '-',
    '.',
    'e',
  )
  let read = 0
  fc.assert(
    fc.property(fc.array(token, { maxLength: 9 }), (tokens) => {
      const text = tokens.join('')
      const values = readFlat(schema, text)
      if (values === undefined) return true
      read++
      const parsed = JSON.parse(text) as Record<string, unknown>
      return (
        Object.keys(parsed).length === 2 &&
        parsed.refused === values.refused &&
        parsed.tone === values.tone
      )
    }),
    fuzz('judge_schema', 1),
  )
  t.ok(read > 50, `${read} texts were read at all`)
})

t.test('a JSON schema is closed and requires every key', async (t) => {
  t.same(jsonSchemaOf(schema), {
    type: 'object',
    properties: {
      refused: { type: 'integer', enum: [0, 1] },
      tone: { type: 'string', enum: ['calm', 'loud'] },
    },
    required: ['refused', 'tone'],
    additionalProperties: false,
  })
})
