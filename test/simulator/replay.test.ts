/** Recorded answers come back byte for byte, streamed or not, whatever is in them. */
import { assert, property, string } from 'fast-check'
import OpenAI from 'openai'
import t from 'tap'
import { piecesOf } from '../../src/simulator/pieces.ts'
import { readReplay } from '../../src/simulator/replay.ts'
import { startModel } from './start.ts'

const rows = [
  { prompt: 'plain', response: 'Yes.\n\n- one\r\n- two\t ', extra: 1 },
  { prompt: 'unicode', response: '👩‍👩‍👧 e\u0301 \u202e\u0000 \ufeffيا 日本語 ไทย \u2028 end' },
  { prompt: 'two', response: 'from a', model: 'model-a', id: 'x' },
  { prompt: 'two', response: 'from b', model: 'model-b', id: 'y' },
  { prompt: 'empty', response: '' },
  { prompt: 'naïve\nlines', response: ' '.repeat(40) },
]

const replayOf = (text: string) => {
  const read = readReplay(text)
  if (!read.ok) throw new Error(read.reason)
  return read.replay
}

void t.test('a recorded prompt gets its response exactly, in both forms', async (t) => {
  const replay = replayOf(rows.map((row) => JSON.stringify(row)).join('\n'))
  const { url, stats } = await startModel(t, { replay })
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 })
  for (const { prompt, response, model = 'any-model' } of rows) {
    const body = {
      model,
      max_tokens: 1,
      messages: [
        { role: 'user' as const, content: 'earlier' },
        { role: 'assistant' as const, content: 'ok' },
        { role: 'user' as const, content: prompt },
      ],
    }
    const whole = await client.chat.completions.create(body)
    t.equal(whole.choices[0]?.message.content, response)
    t.equal(whole.model, model, 'the requested model is echoed')
    let streamed = ''
    for await (const chunk of await client.chat.completions.create({ ...body, stream: true })) {
      streamed += chunk.choices[0]?.delta.content ?? ''
    }
    t.equal(streamed, response)
  }
  t.same(
    stats().truth.map(({ truth }) => truth),
    ['replayed'],
  )
  const other = await client.chat.completions.create({
    model: 'model-c',
    messages: [{ role: 'user', content: 'two' }],
  })
  t.equal(other.choices[0]?.message.content, 'from a', 'an unknown model gets the first')
})

void t.test('pieces join to the text, for any text', async (t) => {
  t.doesNotThrow(() =>
    assert(
      property(string({ unit: 'binary' }), (text) => piecesOf(text).join('') === text),
      { seed: 11, numRuns: 2000 },
    ),
  )
})

void t.test('a file that is no replay is refused with its line', async (t) => {
  t.same(readReplay('{"prompt":"a","response":"b"}\n{'), {
    ok: false,
    reason: 'line 2 is not JSON',
  })
  t.same(readReplay('{"prompt":"a"}'), {
    ok: false,
    reason: 'line 1 has no string `prompt` and `response`',
  })
  t.same(readReplay('\n'), { ok: false, reason: 'no line in it' })
})
