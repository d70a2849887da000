import t from 'tap'
import {
  type EventStreamMessage,
  looksLikeEventStream,
  readEventStream,
} from '../../src/decode/event-stream.ts'
import { event, eventMessage } from '../fixtures/wire/event-stream.ts'

const read = (bytes: Uint8Array): { messages: string[]; result: string | undefined } => {
  const messages: string[] = []
  const result = readEventStream(bytes, ({ headers, payload }: EventStreamMessage) => {
    messages.push(`${headers.get(':event-type')} ${Buffer.from(payload).toString()}`)
    return undefined
  })
  return { messages, result }
}

const two = Buffer.concat([event('a', { text: 'ä' }), event('b', {})])

void t.test('the bytes of a message written elsewhere are read', async (t) => {
  // The example of the format: no headers, the payload {"foo":"bar"}; checksums by another program.
  const bytes = Buffer.from('0000001d00000000fd528c5a7b22666f6f223a22626172227d3e9c25b4', 'hex')
  t.same(read(bytes), { messages: ['undefined {"foo":"bar"}'], result: undefined })
})

void t.test('messages come in order; a visitor may stop', async (t) => {
  t.ok(looksLikeEventStream(two))
  t.notOk(looksLikeEventStream(Buffer.from('{"output":{}}')))
  t.notOk(looksLikeEventStream(Buffer.alloc(3)))
  t.same(read(two), { messages: ['a {"text":"ä"}', 'b {}'], result: undefined })
  let seen = 0
  t.equal(
    readEventStream(two, () => {
      seen++
      return 'enough' as const
    }),
    'enough',
  )
  t.equal(seen, 1)
})

void t.test('a view into a larger buffer is read by its own bounds', async (t) => {
  const padded = Buffer.concat([Buffer.from('xyz'), two, Buffer.from('junk')])
  t.equal(read(padded.subarray(3, 3 + two.length)).messages.length, 2)
})

void t.test('headers of every type are passed over, strings are kept', async (t) => {
  const name = [1, 0x78]
  const values: number[][] = [
    [0],
    [1],
    [2, 7],
    [3, 0, 7],
    [4, 0, 0, 0, 7],
    [5, 0, 0, 0, 0, 0, 0, 0, 7],
    [6, 0, 2, 1, 2],
    [8, 0, 0, 0, 0, 0, 0, 0, 7],
    [9, ...Array.from({ length: 16 }, () => 1)],
  ]
  for (const value of values) {
    const bytes = eventMessage(
      { ':event-type': 'a' },
      Buffer.from('{}'),
      Buffer.from([...name, ...value]),
    )
    t.same(read(bytes), { messages: ['a {}'], result: undefined }, `type ${value[0]}`)
  }
  for (const broken of [[10], [7, 0, 9, 1], [6, 0], [5, 1], []]) {
    const bytes = eventMessage({}, Buffer.from('{}'), Buffer.from([...name, ...broken]))
    t.equal(read(bytes).result, 'unknown_shape', `header ${broken}`)
  }
})

void t.test('cut anywhere, whole messages come out and the cut is said', async (t) => {
  const first = event('a', { text: 'ä' }).length
  for (let end = 1; end < two.length; end++) {
    const { messages, result } = read(two.subarray(0, end))
    t.equal(messages.length, end < first ? 0 : 1, `cut at ${end}`)
    t.equal(result, end === first ? undefined : 'stream_incomplete', `cut at ${end}`)
  }
})

void t.test('any byte that is changed is found', async (t) => {
  const first = event('a', { text: 'ä' }).length
  for (let at = 0; at < two.length; at++) {
    const bytes = Buffer.from(two)
    bytes[at] = (bytes[at] ?? 0) ^ 0x41
    const { messages, result } = read(bytes)
    t.equal(result, 'unknown_shape', `byte ${at}`)
    t.equal(messages.length, at < first ? 0 : 1, `byte ${at}`)
  }
})

void t.test('lengths that point outside are refused with a right checksum', async (t) => {
  const { crc32 } = await import('node:zlib')
  for (const [total, headers] of [
    [15, 0],
    [17, 2],
    [0xffffffff, 0],
    [200_000, 140_000],
  ] as const) {
    const bytes = Buffer.alloc(64)
    bytes.writeUInt32BE(total, 0)
    bytes.writeUInt32BE(headers, 4)
    bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8)
    t.equal(read(bytes).result, 'unknown_shape', `${total} ${headers}`)
  }
})
