import fc from 'fast-check'
import t from 'tap'
import { gradeErrors } from '../../../src/exchange/graded-outcome.ts'
import { dimensions } from '../../../src/judge/graded/dimensions.ts'
import { type PostReply, readReply } from '../../../src/judge/graded/outcome.ts'
import { wires } from '../../../src/judge/graded/wires.ts'
import { fuzz } from '../../fuzz-runs.ts'
import { completion } from './scripted-endpoint.ts'

const { refusal } = dimensions
const reply = (body: string | Uint8Array, status = 200): PostReply => ({
  kind: 'response',
  status,
  body: Buffer.from(body),
  attempts: 1,
})
const read = (from: PostReply) => readReply(from, wires.openai, refusal)

t.test('a complete answer is a grade with its usage', async (t) => {
  t.same(read(reply(completion('{"verdict":"partial"}'))), {
    result: { kind: 'graded', grade: 'partial' },
    endpoint: 'working',
    usage: { inputTokens: 900, outputTokens: 8 },
  })
})

t.test('the same answer with any other status is an error', async (t) => {
  const body = completion('{"verdict":"partial"}')
  for (let status = 100; status < 600; status++) {
    if (status !== 200) t.equal(read(reply(body, status)).result.kind, 'error', String(status))
  }
})

t.test('what was never sent costs nothing; what may have been billed is unknown', async (t) => {
  const nothing = { inputTokens: 0, outputTokens: 0 }
  const failed = (reason: 'connect' | 'tls' | 'reset' | 'deadline' | 'too_large') =>
    read({ kind: 'failed', reason, attempts: 1 }).usage
  t.same([failed('connect'), failed('tls')], [nothing, nothing])
  t.same([failed('reset'), failed('deadline'), failed('too_large')], Array(3).fill(undefined))
  t.same(read(reply('', 429)).usage, nothing)
  t.equal(read(reply('not json')).usage, undefined)
})

t.test('an edited answer is the grade that stands in it, or an error', async (t) => {
  const original = Buffer.from(completion('{"verdict":"refused"}'))
  const edits = fc.array(
    fc.record({
      at: fc.nat({ max: original.byteLength - 1 }),
      kind: fc.constantFrom('replace', 'delete', 'insert', 'repeat'),
      byte: fc.oneof(fc.constantFrom(0x22, 0x7b, 0x7d, 0x2c, 0x5c), fc.nat({ max: 255 })),
    }),
    { minLength: 1, maxLength: 3 },
  )
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(edits, (changes) => {
      let body = original
      for (const { at, kind, byte } of changes) {
        const [head, tail] = [body.subarray(0, at), body.subarray(at)]
        const middle = Buffer.from([byte])
        if (kind === 'replace') body = Buffer.concat([head, middle, tail.subarray(1)])
        if (kind === 'delete') body = Buffer.concat([head, tail.subarray(1)])
        if (kind === 'insert') body = Buffer.concat([head, middle, tail])
        if (kind === 'repeat') body = Buffer.concat([head, tail.subarray(0, 20), tail])
      }
      const { result } = read(reply(body))
      const outcome = result.kind === 'graded' ? result.grade : result.reason
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
      return result.kind === 'graded'
        ? result.grade === 'refused'
        : gradeErrors.includes(result.reason)
    }),
    fuzz('judge_reply', 1),
  )
  t.same([...seen.keys()].sort(), ['malformed', 'off_schema', 'refused'])
})

t.test('any JSON in any place is an enum or an error, and touches no prototype', async (t) => {
  const value = fc.jsonValue({ maxDepth: 3 })
  const before = Object.getOwnPropertyNames(Object.prototype).length
  fc.assert(
    fc.property(value, value, value, value, (content, finish, usage, other) => {
      const envelopes = [
        { choices: [{ message: { content }, finish_reason: finish }], usage },
        { choices: [{ message: content, finish_reason: 'stop' }, other] },
        { choices: content, usage: { prompt_tokens: usage, completion_tokens: other } },
        { content: [{ type: 'text', text: content }], stop_reason: finish, usage },
        { ['__proto__']: { choices: content } },
        other,
      ]
      return envelopes.every((envelope) =>
        Object.values(wires).every((wire) => {
          const { result } = readReply(reply(JSON.stringify(envelope)), wire, refusal)
          return result.kind === 'error'
        }),
      )
    }),
    fuzz('judge_reply_json', 1),
  )
  t.equal(Object.getOwnPropertyNames(Object.prototype).length, before)
})
