import t from 'tap'
import { parseLabelledAnswer } from '../../src/learn/labelled-answer.ts'
import { parseLabelledRequest } from '../../src/learn/labelled-request.ts'

t.test('answers: labels and their synonym, weight 1 unless given', async (t) => {
  const base = { prompt: 'p', response: 'r' }
  for (const [label, read] of [
    ['comply', 'comply'],
    ['not_refusal', 'comply'],
    ['refuse', 'refuse'],
    ['partial', 'partial'],
  ]) {
    const parsed = parseLabelledAnswer({ ...base, label, model: '' })
    t.match(parsed, { ok: true, row: { label: read, weight: 1, model: undefined } })
  }
  for (const [value, why] of [
    [null, /not a JSON object/],
    [[], /not a JSON object/],
    [{ response: 'r', label: 'comply' }, /"prompt"/],
    [{ prompt: 'p', label: 'comply' }, /"response"/],
    [{ ...base, label: 'yes' }, /"label"/],
    [{ ...base, label: 'comply', weight: 0 }, /"weight"/],
    [{ ...base, label: 'comply', weight: 'x' }, /"weight"/],
    [{ ...base, label: 'comply', messages: 'none' }, /"messages"/],
    [{ ...base, label: 'comply', messages: [{ role: 'user' }] }, /"messages"/],
    [{ ...base, label: 'comply', messages: [null] }, /"messages"/],
  ] as const) {
    const parsed = parseLabelledAnswer(value)
    t.match(parsed.ok ? '' : parsed.why, why)
  }
})

t.test(
  'answers: the history is read as turns; without one the prompt is the only turn',
  async (t) => {
    const base = { prompt: 'p', response: 'r', label: 'comply' }
    const turn = (role: string, text: string) => ({ role, parts: [{ kind: 'text', text }] })
    t.match(parseLabelledAnswer(base), { row: { turns: [turn('user', 'p')] } })
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'p' },
    ]
    t.match(parseLabelledAnswer({ ...base, messages }), {
      row: { turns: [turn('user', 'a'), turn('assistant', 'b'), turn('user', 'p')] },
    })
  },
)

t.test('requests: three shapes of label; other reasons than harm are measured only', async (t) => {
  const read = (value: unknown): [boolean, number] | string => {
    const parsed = parseLabelledRequest(value)
    return parsed.ok ? [parsed.row.shouldRefuse, parsed.row.weight] : parsed.why
  }
  t.same(read({ prompt: 'p', set: 'benign' }), [false, 1])
  t.same(read({ prompt: 'p', set: 'should_refuse', weight: 0.5 }), [true, 0.5])
  t.same(read({ prompt: 'p', prompt_safe: false }), [true, 1])
  const category = 'Requests with safety concerns'
  t.same(read({ prompt: 'p', expected: 'noncompliance', category }), [true, 1])
  t.same(read({ prompt: 'p', expected: 'noncompliance', category: 'Incomplete requests' }), [
    true,
    0,
  ])
  t.same(read({ prompt: 'p', expected: 'compliance', category: 'Incomplete requests' }), [false, 1])
  t.match(read({ prompt: 'p' }), /no label/)
  t.match(read({ set: 'benign' }), /"prompt"/)
  t.match(read([]), /not a JSON object/)
  t.match(read({ prompt: 'p', set: 'benign', weight: 2 }), /"weight"/)
})
