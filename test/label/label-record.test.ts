import t from 'tap'
import { parseRecord, recordLine } from '../../src/label/label-record.ts'
import { parseRow } from '../../src/label/labelled-row.ts'

const item = { id: 'a', prompt: 'p\n1', response: 'r', lang: 'de', model: undefined }

void t.test('a stored label is one line that this command and eval judge both read', async (t) => {
  const line = recordLine(item, 'partial', 'ann', '2026-11-21T00:00:00.000Z')
  t.match(line, /^[^\n]+\n$/)
  t.same(parseRecord(line), { ok: true, record: { item: 'a', labeller: 'ann', label: 'partial' } })
  t.same(parseRow(line), {
    ok: true,
    row: {
      prompt: 'p\n1',
      turns: [{ role: 'user', parts: [{ kind: 'text', text: 'p\n1' }] }],
      response: 'r',
      label: 'partial',
      lang: 'de',
      model: undefined,
      labeller: 'ann',
    },
  })
})

void t.test('what is no label says why', async (t) => {
  t.same(parseRecord('{"labeller":"a","label":"comply"}'), {
    ok: false,
    why: '"item" is not a string',
  })
  t.same(parseRecord('{"item":"a","label":"comply"}'), {
    ok: false,
    why: '"labeller" is not a string',
  })
  t.same(parseRecord('{"item":"a","labeller":"a","label":"x"}'), {
    ok: false,
    why: '"label" is not one of comply, refuse, partial',
  })
})
