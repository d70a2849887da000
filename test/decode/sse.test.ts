import { createParser } from 'eventsource-parser'
import * as fc from 'fast-check'
import t from 'tap'
import { createSseFramer, readSse, type SseEvent } from '../../src/decode/sse.ts'
import { wireFixtures } from '../fixtures/wire/wire-fixtures.ts'
import { fuzz } from '../fuzz-runs.ts'

const encoder = new TextEncoder()

/** eventsource-parser behind one streaming TextDecoder: the reference. */
const reference = (bytes: Uint8Array): SseEvent[] => {
  const events: SseEvent[] = []
  const parser = createParser({
    onEvent: ({ event, data, id }) =>
      events.push(id === undefined ? { event, data } : { event, data, id }),
  })
  parser.feed(new TextDecoder().decode(bytes))
  return events
}

const framed = (chunks: readonly Uint8Array[]): SseEvent[] => {
  const framer = createSseFramer()
  return [...chunks.map((chunk) => framer.push(chunk)), framer.end()].flatMap(
    ({ events }) => events,
  )
}

const cut = (bytes: Uint8Array, at: readonly number[]): Uint8Array[] => {
  const places = [0, ...[...at].sort((a, b) => a - b), bytes.byteLength]
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

const lineEnds = ['\n', '\r\n', '\r'] as const

void t.test('hand cases give the events of the specification', async (t) => {
  const cases: [string, string, SseEvent[]][] = [
    ['one line of data', 'data: a\n\n', [{ event: undefined, data: 'a' }]],
    ['no space after the colon', 'data:a\n\n', [{ event: undefined, data: 'a' }]],
    ['only the first space is dropped', 'data:  a\n\n', [{ event: undefined, data: ' a' }]],
    ['several lines of data', 'data: a\ndata: b\n\n', [{ event: undefined, data: 'a\nb' }]],
    ['a field without colon is an empty value', 'data\n\n', [{ event: undefined, data: '' }]],
    ['two empty lines of data', 'data\ndata\n\n', [{ event: undefined, data: '\n' }]],
    ['comments are skipped', ': hi\ndata: a\n:\n\n', [{ event: undefined, data: 'a' }]],
    [
      'an event name and an id',
      'event: x\nid: 7\ndata: a\n\n',
      [{ event: 'x', data: 'a', id: '7' }],
    ],
    ['an id with NUL is ignored', 'id: 1\0\ndata: a\n\n', [{ event: undefined, data: 'a' }]],
    [
      'an event name without data is forgotten',
      'event: x\n\ndata: a\n\n',
      [{ event: undefined, data: 'a' }],
    ],
    ['field names are compared literally', 'Data: a\ndata : b\n\n', []],
    [
      'retry and unknown fields are ignored',
      'retry: 1\nfoo: 2\ndata: a\n\n',
      [{ event: undefined, data: 'a' }],
    ],
    [
      'a byte order mark at the start is dropped',
      '\uFEFFdata: a\n\n',
      [{ event: undefined, data: 'a' }],
    ],
    [
      'U+2028 and U+0085 end no line',
      'data: a\u2028b\u0085c\n\n',
      [{ event: undefined, data: 'a\u2028b\u0085c' }],
    ],
    [
      'an event without its blank line is dropped',
      'data: a\n\ndata: b\n',
      [{ event: undefined, data: 'a' }],
    ],
    ['a last lone CR leaves its event pending', 'data: a\r\r', []],
    [
      'mixed line ends',
      'data: a\r\ndata: b\rdata: c\n\r\n',
      [{ event: undefined, data: 'a\nb\nc' }],
    ],
    ['a JSON body is no event', '{"error":{"message":"no"}}', []],
    ['nothing at all', '', []],
  ]
  for (const [situation, text, events] of cases) {
    const bytes = encoder.encode(text)
    t.same(framed([bytes]), events, situation)
    t.same(framed([...bytes].map((byte) => Uint8Array.of(byte))), events, `${situation}, by bytes`)
    t.same(reference(bytes), events, `${situation}, the reference`)
  }
})

void t.test(
  'every cut of every recorded stream gives the same events, in LF, CRLF and CR',
  async (t) => {
    let cuts = 0
    for (const { name, text, streamed } of wireFixtures) {
      if (!streamed) continue
      for (const lineEnd of lineEnds) {
        const bytes = encoder.encode(text.replaceAll('\n', lineEnd))
        const expected = JSON.stringify(reference(bytes))
        for (let at = 0; at <= bytes.byteLength; at++) {
          cuts++
          const found = JSON.stringify(framed([bytes.subarray(0, at), bytes.subarray(at)]))
          if (found !== expected) t.fail(`${name} cut at ${at} with ${JSON.stringify(lineEnd)}`)
        }
      }
    }
    t.ok(cuts > 20_000, `${cuts} cuts were compared`)
  },
)

void t.test('random streams in random pieces equal eventsource-parser', async () => {
  const piece = fc.oneof(
    fc.constantFrom('data', 'event', 'id', 'retry', ':', ': ', ' ', '\n', '\r', '\r\n', '\n\n'),
    fc.constantFrom(
      '\0',
      '\u2028',
      '\u0085',
      '\uFEFF',
      '你好',
      '👩‍🚀',
      'مرحبا',
      '{"a":1}',
      '[DONE]',
    ),
    fc.string({ maxLength: 4 }),
  )
  const stream = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => encoder.encode(pieces.join(''))),
    fc.uint8Array({ maxLength: 60 }),
  )
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 6 }), (bytes, places) => {
      const at = places.map((place) => place % (bytes.byteLength + 1))
      return JSON.stringify(framed(cut(bytes, at))) === JSON.stringify(reference(bytes))
    }),
    fuzz('sse_framing', 20261121),
  )
})

void t.test('a line above its limit ends the reading, wherever the stream is cut', async (t) => {
  const bytes = encoder.encode(`data: a\n\ndata: ${'x'.repeat(20)}\n\ndata: b\n\n`)
  for (let at = 0; at <= bytes.byteLength; at++) {
    const framer = createSseFramer({ lineMax: 16, bytesMax: 1000 })
    const pushed = [bytes.subarray(0, at), bytes.subarray(at)].map((part) => framer.push(part))
    const ended = framer.end()
    t.same(
      [...pushed, ended].flatMap(({ events }) => events),
      [{ event: undefined, data: 'a' }],
    )
    t.hasStrict(ended, { ok: false, reason: 'output_cap', limit: 'line' })
  }
})

void t.test('a stream above its limit gives the events up to it, wherever it is cut', async (t) => {
  const bytes = encoder.encode('data: a\n\ndata: b\n\ndata: c\n\n')
  for (let at = 0; at <= bytes.byteLength; at++) {
    const framer = createSseFramer({ lineMax: 100, bytesMax: 20 })
    const pushed = [bytes.subarray(0, at), bytes.subarray(at)].map((part) => framer.push(part))
    const ended = framer.end()
    t.same(
      [...pushed, ended].flatMap(({ events }) => events.map(({ data }) => data)),
      ['a', 'b'],
    )
    t.hasStrict(ended, { ok: false, reason: 'output_cap', limit: 'total' })
  }
})

void t.test('many small pushes of one long line stay linear', async (t) => {
  const framer = createSseFramer()
  const started = process.cpuUsage()
  for (let n = 0; n < 200_000; n++) framer.push(Uint8Array.of(0x61))
  const { user } = process.cpuUsage(started)
  t.ok(user < 2_000_000, `200000 pushes took ${Math.round(user / 1000)} ms of CPU`)
})

void t.test('reading a whole body', async (t) => {
  const many = encoder.encode('data: x\n\n'.repeat(30_000))
  let seen = 0
  t.equal(
    readSse(many, () => {
      seen++
      return undefined
    }),
    undefined,
  )
  t.equal(seen, 30_000, 'visits every event of a body larger than one step')
  seen = 0
  const stopped = readSse(many, () => (++seen === 5 ? 'enough' : undefined))
  t.equal(stopped, 'enough', 'a reason stops it')
  t.equal(seen, 5)
  const long = encoder.encode(`data: ${'x'.repeat(1024 * 1024)}\n\n`)
  t.equal(
    readSse(long, () => undefined),
    'output_cap',
    'a line above 1 MiB is refused',
  )
  const huge = encoder.encode(': keep-alive\n'.repeat(400_000))
  t.equal(
    readSse(huge, () => undefined),
    'output_cap',
    'more than 4 MiB are refused',
  )
  const step = 64 * 1024
  for (const size of [step - 9, step, step + 9]) {
    const text = `data: ${'y'.repeat(size - 8)}\n\n`
    const events: string[] = []
    readSse(encoder.encode(text), ({ data }) => void events.push(data))
    t.equal(events[0]?.length, size - 8, `one event of ${size} bytes`)
  }
})
