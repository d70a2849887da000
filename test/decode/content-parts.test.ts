import t from 'tap'
import {
  answerOf,
  itemsMax,
  optionalItemsAt,
  readContent,
  resultText,
  splitSystem,
  splitTurns,
} from '../../src/decode/content-parts.ts'

void t.test('content is read alike in all formats', async (t) => {
  const media = (type: string): unknown => readContent([{ type }])?.[0]
  t.same(readContent('a'), [{ kind: 'text', text: 'a' }])
  t.same(readContent(''), [{ kind: 'text', text: '' }])
  t.same(readContent(null), [])
  t.same(readContent(undefined), [])
  t.same(readContent([]), [])
  for (const type of ['text', 'input_text', 'output_text']) {
    t.same(readContent([{ type, text: 'a' }]), [{ kind: 'text', text: 'a' }], type)
  }
  t.same(media('image'), { kind: 'media', media: 'image' })
  t.same(media('input_audio'), { kind: 'media', media: 'audio' })
  t.same(media('container_upload'), { kind: 'media', media: 'file' })
  t.same(media('hologram'), undefined)
  for (const shape of [
    5,
    true,
    {},
    [5],
    [null],
    [[]],
    [{}],
    [{ type: 5 }],
    [{ type: 'text', text: 5 }],
  ]) {
    t.equal(readContent(shape), undefined, JSON.stringify(shape))
  }
  t.equal(readContent(Array.from({ length: itemsMax + 1 }, () => ({ type: 'x' }))), undefined)
})

void t.test('what a tool gave back is text, or the JSON that it is', async (t) => {
  t.equal(resultText('a'), 'a')
  t.equal(resultText(undefined), '')
  t.equal(
    resultText([{ type: 'text', text: 'a' }, { type: 'image' }, { type: 'text', text: 'b' }]),
    'a\nb',
  )
  t.equal(resultText([{ type: 'image' }]), '[{"type":"image"}]')
  t.equal(resultText({ stdout: 'x' }), '{"stdout":"x"}')
  t.equal(resultText([]), '[]')
  t.equal(resultText(0), '0')
})

void t.test('turns are split where the speaker changes', async (t) => {
  const result = { kind: 'tool_result', callId: 'c', text: 'r', isError: false } as const
  const text = { kind: 'text', text: 'a' } as const
  t.same(splitTurns('user', []), [{ role: 'user', parts: [] }])
  t.same(splitTurns('user', [result]), [{ role: 'tool', parts: [result] }])
  t.same(splitTurns('user', [text, result, result, text]), [
    { role: 'user', parts: [text] },
    { role: 'tool', parts: [result, result] },
    { role: 'user', parts: [text] },
  ])
})

void t.test('only the leading run of system turns is system text', async (t) => {
  const system = (value: string) => ({
    role: 'system' as const,
    parts: [{ kind: 'text' as const, text: value }],
  })
  const user = { role: 'user' as const, parts: [] }
  t.same(splitSystem(undefined, []), { system: undefined, turns: [] })
  t.same(splitSystem('a', [user]), { system: 'a', turns: [user] })
  t.same(splitSystem('a', [system('b'), system('c'), user, system('d')]), {
    system: 'a\n\nb\n\nc',
    turns: [user, system('d')],
  })
  t.same(splitSystem(undefined, [system('b')]), { system: 'b', turns: [] })
})

void t.test('an answer keeps text, refusal, reasoning and calls apart', async (t) => {
  const answer = answerOf(
    [
      { kind: 'reasoning', text: 'r1' },
      { kind: 'text', text: 'a' },
      { kind: 'reasoning', text: 'r2' },
      { kind: 'text', text: 'b' },
      { kind: 'refusal', text: 'no' },
      { kind: 'tool_call', id: 'c', name: 'f', arguments: '{}' },
      { kind: 'tool_result', callId: 'c', text: 'secret', isError: false },
    ],
    'stop',
    2,
  )
  t.same(answer, {
    text: 'ab',
    refusal: 'no',
    reasoning: 'r1\nr2',
    toolCalls: [{ id: 'c', name: 'f', arguments: '{}' }],
    stop: 'stop',
    choices: 2,
  })
})

void t.test('optional lists: absent and null are empty, other types are unknown', async (t) => {
  t.same(optionalItemsAt({}, 'tools'), [])
  t.same(optionalItemsAt({ tools: null }, 'tools'), [])
  t.same(optionalItemsAt({ tools: [1] }, 'tools'), [1])
  for (const tools of ['x', 5, {}, false, Array.from({ length: itemsMax + 1 }, () => 0)]) {
    t.equal(optionalItemsAt({ tools }, 'tools'), undefined)
  }
})
