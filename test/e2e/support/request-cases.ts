/** Requests that proxies are known to alter, each as raw bytes; answered the same way every time. */
import { bytes, chunked, message, post, request, sized } from './bytes.ts'
import type { Probe } from './differential.ts'
import type { Answer } from './raw-origin.ts'
import { requestBody } from './sse-stream.ts'

export interface DifferenceCase extends Probe {
  /** Ids of docs/allowed-differences.md that must show, besides those of every exchange. */
  shows?: readonly string[]
}

const json = ['Content-Type: application/json']

/** Waits for the whole request, so that the origin sees its body and trailers. */
export const afterRequest =
  (answer: Buffer): Answer =>
  async (exchange) => {
    await exchange.request
    exchange.write(answer)
  }

const ok = afterRequest(sized('200 OK', json, '{"ok":true}'))

function one(name: string, send: Buffer, shows: readonly string[] = []): DifferenceCase {
  const method = send.subarray(0, send.indexOf(' ')).toString('latin1')
  return { name, send, methods: [method], answer: ok, shows }
}

const target = (path: string): DifferenceCase =>
  one(`target ${path}`, request(`GET ${bytes(path).toString('latin1')}`))

const utf8 = (text: string): string => Buffer.from(text).toString('latin1')

const targets = [
  '//v1//x',
  '/v1/%zz',
  '/v1/%2e%2e/x',
  '/v1/../x',
  '/v1/./x',
  '/v1/a%2Fb',
  '/?',
  '/v1?',
  '/v1?a=b&a=c&&=&%zz&x=%E9',
  '/v1?q=a?b/../c',
  '/v1;p=1,2',
  '/v1/%00',
  "/v1/!$&'()*+,;=:@",
  '/metrics',
  `/v1/${'x'.repeat(8000)}`,
].map(target)

const refused: DifferenceCase[] = [
  one('raw UTF-8 in the path', request(`GET ${utf8('/v1/é/你')}`), ['D08']),
  one('raw UTF-8 in the query', request(`GET ${utf8('/v1?x=é')}`), ['D08']),
  one('no Host', message('GET / HTTP/1.1', ['X-A: 1'], ''), ['D08']),
  one('two Hosts', request('GET /', ['Host: a.example', 'Host: b.example']), ['D08']),
  one('a method that HTTP does not know', request('FETCH /v1/x'), ['D08']),
  one('70 KB of headers', request('GET /', [`X-Big: ${'v'.repeat(70_000)}`]), ['D09']),
  one('CONNECT', request('CONNECT model.example:443'), ['D11']),
  one('dot segments below a prefix', request('GET /fenced/%2e%2e/secret'), ['D07']),
]

const declined: DifferenceCase = one(
  'offer of h2c',
  request(
    'POST /v1/x',
    [
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
      'Content-Length: 5',
    ],
    'hello',
  ),
  ['D13'],
)

const methods = [
  'PUT',
  'PATCH',
  'OPTIONS',
  'PROPFIND',
  'MKCOL',
  'REPORT',
  'M-SEARCH',
  'PURGE',
  'TRACE',
]

const contentTypes = [
  '',
  'x',
  'application/json;',
  'application/json; charset=utf-16',
  'application/json\t; a=b',
  'application/json trailing garbage',
  'APPLICATION/JSON',
  'text/plain; charset="',
  'multipart/form-data',
  ';;;',
  'application/vnd.\xe9+json',
].map((type) => one(`content-type ${type}`, post('/v1/x', [`Content-Type: ${type}`], '{"a": 1}')))

const invalidText = Buffer.alloc(1_500_000)
for (let i = 0; i < invalidText.length; i++) invalidText[i] = (i * 31 + (i >> 8)) & 0xff

const headerCases: DifferenceCase[] = [
  one('chat request', post('/v1/chat/completions', json, requestBody('chat', false))),
  one(
    'duplicate request headers',
    request('GET /v1/models', [
      'Authorization: Bearer one',
      'X-Tag: a',
      'Authorization: Bearer two',
      'Cookie: a=1',
      'x-tag: b, c',
      'Cookie: b=2',
      'User-Agent: one',
      'User-Agent: two',
    ]),
  ),
  one(
    'odd header case and order',
    request('GET /v1/models', ['zZ-Last: 1', 'aUTHORIZATION: k', 'X-API-KEY: K', 'accept: */*']),
  ),
  one(
    'header values of any byte',
    request('GET /', ['X-Latin: caf\xe9', `X-Utf8: ${utf8('привет')}`, 'X-Empty:', 'X-Tab: a\tb']),
  ),
  one('20 KB in one header', request('GET /', [`X-Big: ${'v'.repeat(20_000)}`])),
  one(
    '20 KB in 300 headers',
    request(
      'GET /',
      Array.from({ length: 300 }, (_, i) => `X-Many-${i}: ${'v'.repeat(55)}`),
    ),
  ),
  one('Keep-Alive without Connection', request('GET /', ['Keep-Alive: timeout=5']), ['D02']),
  one('Upgrade without Connection', request('GET /', ['Upgrade: foo/2']), ['D02']),
  one('header named by Connection', request('GET /', ['Connection: X-Gone', 'X-Gone: 1']), ['D02']),
  one(
    'Content-Length named by Connection is still sent',
    request('POST /', ['Connection: content-length', 'Content-Length: 2'], 'hi'),
    ['D02'],
  ),
  one(
    'proxy headers',
    request('GET /', ['Proxy-Authorization: Basic eDp5', 'Proxy-Connection: keep-alive']),
    ['D02', 'D03'],
  ),
  one('TE with trailers', request('GET /', ['TE: trailers, deflate;q=0.5', 'Connection: TE']), [
    'D03',
  ]),
  one('TE without trailers', request('GET /', ['TE: deflate', 'Connection: TE']), ['D03']),
  one('absolute-form target', request('GET http://169.254.169.254/latest?x=1'), ['D06']),
  one('no User-Agent, no Accept', request('GET /v1/models')),
  one('padded length', request('POST /', ['Content-Length: 0002'], 'hi')),
]

const bodyCases: DifferenceCase[] = [
  one('GET with a body', request('GET /v1/x', ['Content-Length: 7'], '{"a":1}')),
  one(
    'GET with a chunked body',
    request('GET /v1/x', ['Transfer-Encoding: chunked'], chunked(['{"a"', ':1}'])),
  ),
  one('DELETE with a body', request('DELETE /v1/x', ['Content-Length: 7'], '{"a":1}')),
  one('DELETE without a body', request('DELETE /v1/x')),
  one('HEAD', request('HEAD /v1/x')),
  one('POST of length 0', request('POST /v1/x', ['Content-Length: 0'])),
  one('POST without a length', request('POST /v1/x'), ['D05']),
  one('invalid JSON', post('/v1/x', json, '{"a":')),
  one(
    'text/plain of invalid UTF-8, 1.5 MB',
    post('/v1/x', ['Content-Type: text/plain'], invalidText),
  ),
  one('chunked body', request('POST /', ['Transfer-Encoding: chunked'], chunked(['a', 'bc', 'd']))),
  one('empty chunked body', request('POST /', ['Transfer-Encoding: chunked'], chunked([]))),
  one(
    'chunk extensions',
    request('POST /', ['Transfer-Encoding: chunked'], chunked(['abc'], [], ';sig=1')),
    ['D04'],
  ),
  one(
    'request trailers',
    request(
      'POST /',
      ['Transfer-Encoding: chunked', 'Trailer: X-Sum'],
      chunked(['abc'], ['X-Sum: 9', 'x-SUM: 8']),
    ),
  ),
  one(
    'Trailer header on a body that has no trailers',
    request('POST /', ['Trailer: X-Sum', 'Content-Length: 2'], 'hi'),
    ['D15'],
  ),
  ...methods.map((method) => one(`method ${method}`, request(`${method} /v1/x`, [...json]))),
]

const pipelined = Buffer.concat(
  Array.from({ length: 100 }, (_, i) => post(`/v1/${i}`, [`X-Number: ${i}`], `body ${i}`)),
)

const conversations: DifferenceCase[] = [
  {
    name: '100 pipelined requests',
    send: pipelined,
    methods: Array.from({ length: 100 }, () => 'POST'),
    shows: ['D10'],
    answer: async (exchange) => {
      const { startLine, body } = await exchange.request
      exchange.write(sized('200 OK', [], `${startLine} ${body.toString()}`))
    },
  },
  {
    name: 'Expect: 100-continue, continued by the upstream',
    async send(client) {
      client.write(request('POST /v1/x', ['Expect: 100-continue', 'Content-Length: 5']))
      await client.until((seen) => seen.includes('100 Continue\r\n\r\n'))
      client.write('hello')
    },
    methods: ['POST'],
    async answer(exchange) {
      exchange.write('HTTP/1.1 100 Continue\r\n\r\n')
      await exchange.request
      exchange.write(sized('200 OK', [], 'done'))
    },
  },
  {
    name: 'Expect: 100-continue, refused by the upstream',
    send: request('POST /v1/x', ['Expect: 100-continue', 'Content-Length: 5']),
    methods: ['POST'],
    answer: (exchange) => exchange.end(sized('401 Unauthorized', ['Connection: close'], 'no key')),
    shows: ['D02'],
  },
  {
    name: 'Expect: 100-continue, body sent without waiting',
    send: post('/v1/x', ['Expect: 100-continue'], 'hello'),
    methods: ['POST'],
    answer: ok,
  },
]

const old = (line: string, headers: readonly string[] = [], body = ''): Buffer =>
  message(`${line} HTTP/1.0`, ['Host: model.example', ...headers], body)

const oldClients: DifferenceCase[] = [
  one('HTTP/1.0 GET', old('GET /v1/models'), ['D20']),
  one('HTTP/1.0 POST', old('POST /v1/x', ['Content-Length: 5'], 'hello'), ['D20']),
  {
    ...one('HTTP/1.0 client, informational and chunked response', old('GET /v1/x'), ['D14']),
    answer: afterRequest(
      Buffer.concat([
        message('HTTP/1.1 103 Early Hints', ['Link: </a>'], ''),
        message('HTTP/1.1 200 OK', ['Transfer-Encoding: chunked'], ''),
        chunked(['data: 1\n\n', 'data: 2\n\n']),
      ]),
    ),
  },
]

export const requestCases: readonly DifferenceCase[] = [
  ...headerCases,
  ...targets,
  ...bodyCases,
  ...contentTypes,
  ...conversations,
  ...oldClients,
  ...refused,
  declined,
]
