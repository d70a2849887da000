import t from 'tap'
import { parseRow } from '../../src/label/labelled-row.ts'

void t.test(
  'a row without lang or model is a row, and what else it holds is passed over',
  async (t) => {
    t.same(parseRow('{"prompt":"a","response":"b","label":"comply","extra":1}'), {
      ok: true,
      row: {
        prompt: 'a',
        turns: [{ role: 'user', parts: [{ kind: 'text', text: 'a' }] }],
        response: 'b',
        label: 'comply',
        lang: undefined,
        model: undefined,
        labeller: undefined,
      },
    })
  },
)

void t.test(
  'the history of a row is read, so that a judge sees what live traffic shows it',
  async (t) => {
    const messages = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'r' },
      { role: 'user', content: 'a' },
    ]
    const read = parseRow(JSON.stringify({ prompt: 'a', response: 'b', label: 'refuse', messages }))
    t.same(
      read.ok ? read.row.turns.map(({ role, parts }) => [role, parts]) : [],
      messages.map(({ role, content }) => [role, [{ kind: 'text', text: content }]]),
    )
  },
)

void t.test('what is not a row says why', async (t) => {
  t.same(parseRow('{"prompt":"a","response":"b","label":"maybe"}'), {
    ok: false,
    why: '"label" is not one of comply, refuse, partial',
  })
  t.same(parseRow('{"prompt":"a","response":"b","label":"comply","messages":[{"role":"x"}]}'), {
    ok: false,
    why: '"messages" is not a list of {role, content}',
  })
  t.same(parseRow('7'), { ok: false, why: 'not a JSON object' })
})
