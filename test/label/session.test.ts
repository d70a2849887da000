import t from 'tap'
import { createSession } from '../../src/label/session.ts'

const items = ['a', 'b', 'c'].map((id) => ({
  id,
  prompt: '',
  response: '',
  lang: undefined,
  model: undefined,
}))

void t.test('keys label, skip, go back and end', async (t) => {
  const session = createSession(items, new Set())
  t.same(session.press('r'), { kind: 'label', item: items[0], label: 'refuse' })
  t.same(session.press('S'), { kind: 'skip' })
  t.equal(session.current()?.id, 'c')
  t.same(session.press('u'), { kind: 'undo', item: items[0] })
  t.equal(session.current()?.id, 'a', 'the skipped one comes again behind it')
  t.same(session.press('u'), { kind: 'nothing_to_undo' })
  t.same(session.press('x'), { kind: 'unknown_key' })
  t.equal(session.current()?.id, 'a')
  for (const key of ['q', '\u0003', '\u0004']) t.same(session.press(key), { kind: 'quit' })
})

void t.test(
  'what is labelled already is not shown again, and is counted in the place',
  async (t) => {
    const session = createSession(items, new Set(['a', 'elsewhere']))
    t.same(session.place(), { at: 2, of: 3 })
    t.same(session.press('p'), { kind: 'label', item: items[1], label: 'partial' })
    t.same(session.press('c'), { kind: 'label', item: items[2], label: 'comply' })
    t.equal(session.current(), undefined)
    t.same(session.press('c'), { kind: 'quit' }, 'a label without an item')
    t.same(session.press('u'), { kind: 'undo', item: items[2] })
  },
)
