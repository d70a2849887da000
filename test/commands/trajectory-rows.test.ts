import t from 'tap'
import { fieldText, fits, readTrajectory } from '../../src/commands/trajectory-rows.ts'

void t.test('names come from every shape of a call, in order, not from the user', async (t) => {
  const row = {
    messages: [
      null,
      { role: 'user', content: [{ type: 'tool_use', name: 'not a call' }] },
      { role: 'assistant', tool_calls: [{ name: 'flat' }, { function: { name: 'nested' } }, 5] },
      { role: 'assistant', function_call: { name: 'legacy' } },
      { role: 'assistant', content: [{ type: 'tool_use', name: 'part' }, { type: 'tool_use' }] },
    ],
  }
  const read = readTrajectory(row)
  t.same(read.ok && read.tools, ['flat', 'nested', 'legacy', 'part'])
})

void t.test('what is not a conversation is refused with the reason', async (t) => {
  t.same(readTrajectory([]), { ok: false, why: 'not a JSON object' })
  t.match(readTrajectory({ messages: 'x' }), { ok: false, why: /neither/ })
  t.match(readTrajectory({ tool_sequence: ['a', null] }), { ok: false, why: /something else/ })
})

void t.test('conditions compare scalars by their text', async (t) => {
  const fields = new Map<string, unknown>([
    ['trial', 0],
    ['ok', true],
    ['of', {}],
  ])
  t.ok(
    fits(fields, [
      { field: 'trial', value: '0' },
      { field: 'ok', value: 'true' },
    ]),
  )
  t.notOk(fits(fields, [{ field: 'trial', value: '1' }]))
  t.notOk(fits(fields, [{ field: 'none', value: '' }]))
  t.equal(fieldText(fields, 'of'), undefined)
})
