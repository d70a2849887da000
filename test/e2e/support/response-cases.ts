/** Responses that proxies are known to alter, each as raw bytes, asked for by the same request. */
import { gzipSync } from 'node:zlib'
import { chunked, post, request, response, sized } from './bytes.ts'
import type { Answer } from './raw-origin.ts'
import { afterRequest, type DifferenceCase } from './request-cases.ts'
import { streamEvents } from './sse-stream.ts'

const json = 'Content-Type: application/json'

function answered(
  name: string,
  answer: Answer | Buffer,
  shows: readonly string[] = [],
  method = 'GET',
): DifferenceCase {
  return {
    name,
    send: request(`${method} /v1/x`),
    methods: [method],
    answer: Buffer.isBuffer(answer) ? afterRequest(answer) : answer,
    shows,
  }
}

const ending =
  (bytes: Buffer): Answer =>
  async (exchange) => {
    await exchange.request
    exchange.end(bytes)
  }

const inChunks = (headers: readonly string[], body: Buffer): Buffer =>
  response('200 OK', [...headers, 'Transfer-Encoding: chunked'], body)

const earlyHints = response('103 Early Hints', [
  'Link: </a>; rel=preload',
  'Link: </b>; rel=preload',
  'X-Case: Kept',
])

const headerCases: DifferenceCase[] = [
  answered(
    'duplicate response headers',
    sized(
      '200 OK',
      ['Set-Cookie: a=1', 'X-Tag: 1', 'Set-Cookie: b=2', 'x-tag: 2', 'Via: 1.1 a', 'Via: 1.1 b'],
      'x',
    ),
  ),
  answered(
    'odd header case and order',
    sized('200 OK', ['zZ: 1', 'x-ratelimit-REMAINING: 7', 'DATE: now', 'content-type: a'], 'x'),
  ),
  answered('20 KB response header', sized('200 OK', [`X-Big: ${'v'.repeat(20_000)}`], 'x')),
  answered(
    '300 response headers',
    sized(
      '200 OK',
      Array.from({ length: 300 }, (_, i) => `X-Many-${i}: ${'v'.repeat(55)}`),
      'x',
    ),
  ),
  answered(
    'header values of any byte',
    sized('200 OK', ['X-Latin: caf\xe9', 'X-Empty:', 'X-Utf8: \xd0\xbf'], 'x'),
  ),
  answered('70 KB response header', sized('200 OK', [`X-Big: ${'v'.repeat(70_000)}`], 'x'), [
    'D09',
  ]),
  answered('Trailer without chunks', sized('200 OK', ['Trailer: X-Sum'], 'x'), ['D15']),
  answered('no Date', sized('200 OK', [], 'x')),
  answered(
    'hop-by-hop response headers',
    sized(
      '200 OK',
      ['Connection: keep-alive, X-Gone', 'Keep-Alive: timeout=5', 'X-Gone: 1', 'Upgrade: h2c'],
      'x',
    ),
    ['D02'],
  ),
  answered('upstream closes after this', ending(sized('200 OK', ['Connection: close'], 'x')), [
    'D02',
  ]),
  answered(
    'authentication offers',
    sized('401 No', ['WWW-Authenticate: A', 'WWW-Authenticate: B'], 'x'),
  ),
  answered('redirect is not followed', sized('307 Moved', ['Location: http://127.0.0.1:1/'], '')),
  answered('length of a HEAD answer', response('200 OK', ['Content-Length: 5']), [], 'HEAD'),
  answered('HEAD answer in chunks', response('200 OK', ['Transfer-Encoding: chunked']), [], 'HEAD'),
  answered('HEAD answer without framing', response('200 OK', [json]), [], 'HEAD'),
]

const statusCases: DifferenceCase[] = [
  '200 ',
  '200 Fine, thanks',
  '206 Partial Content',
  '299 Odd',
  '400 caf\xe9',
  '418 Teapot',
  '429 Too Many Requests',
  '451 No',
  '503 Service Unavailable',
  '529 Overloaded',
  '599 Last',
  '999 Beyond',
].map((status) =>
  answered(`status ${status}`, sized(status, ['Retry-After: 7', json], '{"error":1}')),
)

const bodyCases: DifferenceCase[] = [
  answered('204', response('204 No Content', ['X-A: 1'])),
  answered('304 with a length', response('304 Not Modified', ['ETag: "a"', 'Content-Length: 99'])),
  answered('length 0', sized('200 OK', [json], '')),
  answered('gzip body', sized('200 OK', ['Content-Encoding: gzip', json], gzipSync('{"a":1}'))),
  answered(
    'unknown content encoding',
    sized('200 OK', ['Content-Encoding: zstd'], Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0])),
  ),
  answered(
    'event stream in chunks',
    inChunks(['Content-Type: text/event-stream'], chunked(streamEvents.chat)),
  ),
  answered('chunks of one byte', inChunks([], chunked('one byte each'.split('')))),
  answered('no chunk at all', inChunks([], chunked([]))),
  answered('chunk extensions', inChunks([], chunked(['abc'], [], ';name="v"')), ['D04']),
  answered(
    'response trailers',
    inChunks(['Trailer: X-Sum, X-Two'], chunked(['abc'], ['X-Sum: 1', 'x-two: 2'])),
  ),
  answered('trailers that were not announced', inChunks([], chunked(['abc'], ['X-Sum: 1']))),
  answered(
    'body that ends with the connection',
    ending(response('200 OK', ['Content-Type: text/event-stream'], 'data: 1\n\n')),
    [],
  ),
  answered(
    'HTTP/1.0 upstream',
    ending(Buffer.from('HTTP/1.0 200 OK\r\nContent-Type: a\r\n\r\nbody')),
    ['D20'],
  ),
  answered(
    'HTTP/1.0 upstream with a length',
    ending(Buffer.from('HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nbody')),
    ['D20'],
  ),
  answered('503 of 200 KB', sized('503 Busy', [json], Buffer.alloc(200_000, 'x'))),
]

const interimCases: DifferenceCase[] = [
  answered('103 then 200', Buffer.concat([earlyHints, sized('200 OK', [], 'x')])),
  answered(
    'two 103 and a 102 then 200',
    Buffer.concat([earlyHints, response('102 Processing'), earlyHints, sized('200 OK', [], 'x')]),
  ),
  answered(
    'unasked 100 then 200',
    Buffer.concat([response('100 Continue'), sized('200 OK', [], 'x')]),
  ),
  {
    name: 'answer before the end of the upload',
    async send(client) {
      client.write(request('POST /v1/x', ['Content-Length: 1000000'], 'the first bytes'))
      await client.until((seen) => seen.includes('too large'))
    },
    methods: ['POST'],
    answer: (exchange) => exchange.write(sized('413 Too Large', [], 'too large')),
  },
]

/** The connection ends when the client has `hello`: the kernel may throw away what is still unread. */
function broken(
  name: string,
  bytes: Buffer,
  how: 'end' | 'reset',
  shows: readonly string[] = [],
): DifferenceCase {
  let clientHasIt = () => {}
  return {
    name,
    shows,
    methods: ['POST'],
    async send(client) {
      client.write(post('/v1/x', [], '{}'))
      if (bytes.includes('hello')) await client.until((seen) => seen.includes('hello'))
      clientHasIt()
    },
    async answer(exchange) {
      await exchange.request
      const seen = new Promise<void>((resolve) => {
        clientHasIt = resolve
      })
      if (bytes.length > 0) exchange.write(bytes)
      if (bytes.includes('hello')) await seen
      if (how === 'end') exchange.end()
      else exchange.reset()
    },
  }
}

const brokenCases: DifferenceCase[] = [
  broken('chunked body ended early', inChunks([], Buffer.from('5\r\nhello\r\n')), 'end'),
  broken('chunk cut in half', inChunks([], Buffer.from('9\r\nhello')), 'end'),
  broken('sized body ended early', response('200 OK', ['Content-Length: 9'], 'hello'), 'end'),
  broken('chunked body reset', inChunks([], Buffer.from('5\r\nhello\r\n')), 'reset', ['D17']),
  broken('body without a length reset', response('200 OK', [json], 'hello'), 'reset'),
  broken('no answer', Buffer.alloc(0), 'end', ['D18']),
  broken('reset instead of an answer', Buffer.alloc(0), 'reset', ['D18']),
  broken('half a head', Buffer.from('HTTP/1.1 200 OK\r\nX-A: '), 'reset', ['D18']),
]

export const responseCases: readonly DifferenceCase[] = [
  ...headerCases,
  ...statusCases,
  ...bodyCases,
  ...interimCases,
  ...brokenCases,
]
