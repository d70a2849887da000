import t from 'tap'
import { requestHeaders, responseHeaders, trailerPairs } from '../../src/proxy/headers.ts'

const request = (raw: string[], chunked = false): string[] =>
  requestHeaders(raw, 'up.example', { chunked })

t.test('order, case and duplicates are kept, Host is the upstream in its old place', async (t) => {
  t.same(request(['X-b', '1', 'hOST', 'me', 'x-B', '2', 'X-b', '1']), [
    'X-b',
    '1',
    'hOST',
    'up.example',
    'x-B',
    '2',
    'X-b',
    '1',
  ])
})

t.test(
  'what belongs to the connection is left behind, with all that Connection names',
  async (t) => {
    const raw = [
      'Connection',
      'close, X-Drop , ,keep-alive',
      'Keep-Alive',
      'a',
      'X-Drop',
      '1',
      'Proxy-Authorization',
      'Basic x',
      'Proxy-Connection',
      'x',
      'Upgrade',
      'h2c',
      'X-Keep',
      '2',
    ]
    t.same(request(raw), ['X-Keep', '2'])
    t.same(responseHeaders(raw, { chunked: false }), ['X-Keep', '2'])
  },
)

t.test('Connection cannot name the framing or the host away', async (t) => {
  const raw = [
    'Connection',
    'content-length, Host, transfer-encoding',
    'Host',
    'me',
    'Content-Length',
    '3',
  ]
  t.same(request(raw), ['Host', 'up.example', 'Content-Length', '3'])
})

t.test('TE offers trailers or nothing', async (t) => {
  t.same(request(['TE', 'gzip, trailers;q=1']), ['TE', 'trailers'])
  t.same(request(['te', 'gzip']), [])
})

t.test('Trailer and Transfer-Encoding need chunks', async (t) => {
  t.same(request(['Trailer', 'X']), [])
  t.same(request(['Trailer', 'X'], true), ['Trailer', 'X'])
  const raw = ['Transfer-Encoding', 'chunked', 'Trailer', 'X', 'Server', 's']
  t.same(responseHeaders(raw, { chunked: true }), raw)
  t.same(responseHeaders(raw, { chunked: false }), ['Server', 's'])
})

t.test('trailers become pairs, duplicates kept', async (t) => {
  t.same(trailerPairs(['A', '1', 'a', '2']), [
    ['A', '1'],
    ['a', '2'],
  ])
})
