import t from 'tap'
import { parseItem } from '../../src/label/item.ts'

void t.test(
  'an item without an id is named by what it says, and its old label is not read',
  async (t) => {
    const line = JSON.stringify({ prompt: 'p', response: 'r', label: 'refuse' })
    const parsed = parseItem(line)
    t.ok(parsed.ok)
    if (!parsed.ok) return
    t.match(parsed.item.id, /^[0-9a-f]{16}$/)
    t.notOk('label' in parsed.item)
    const same = parseItem(JSON.stringify({ response: 'r', prompt: 'p', model: 'm' }))
    t.equal(same.ok && same.item.id, parsed.item.id)
    const other = parseItem(JSON.stringify({ prompt: 'pr', response: '' }))
    t.not(other.ok && other.item.id, parsed.item.id)
  },
)

void t.test('what is no item says why', async (t) => {
  for (const [line, why] of [
    ['{"response":""}', '"prompt" is not a string'],
    ['{"prompt":"","response":1}', '"response" is not a string'],
    ['{"prompt":"","response":"","lang":1}', '"lang" is not a string'],
    ['{"prompt":"","response":"","model":1}', '"model" is not a string'],
    ['{"prompt":"","response":"","id":""}', '"id" is not a string of 1 to 200 characters'],
    ['[]', 'not a JSON object'],
  ] as const) {
    t.same(parseItem(line), { ok: false, why })
  }
})
