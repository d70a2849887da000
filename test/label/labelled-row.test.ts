import t from 'tap'
import { parseRow } from '../../src/label/labelled-row.ts'

void t.test(
  'a row without lang or model is a row, and what else it holds is passed over',
  async (t) => {
    t.same(parseRow('{"prompt":"a","response":"b","label":"comply","extra":1}'), {
      ok: true,
      row: {
        prompt: 'a',
        response: 'b',
        label: 'comply',
        lang: undefined,
        model: undefined,
        labeller: undefined,
      },
    })
  },
)

void t.test('what is not a row says why', async (t) => {
  t.same(parseRow('{"prompt":"a","response":"b","label":"maybe"}'), {
    ok: false,
    why: '"label" is not one of comply, refuse, partial',
  })
  t.same(parseRow('7'), { ok: false, why: 'not a JSON object' })
})
