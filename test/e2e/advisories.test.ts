/**
 * One attempt per advisory of docs/advisories.yaml that the data or admin port could repeat, as bytes on
 * the wire against a running holdfast. Titles begin with the ids, which the list names.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { decodeBody } from '../../src/decode/encoding.ts'
import { bytes, message, post, request, response, sized } from './support/bytes.ts'
import { startHoldfast } from './support/holdfast-process.ts'
import { openRawClient, roundTrip } from './support/raw-client.ts'
import { type RawOrigin, startRawOrigin } from './support/raw-origin.ts'
import { headerValues } from './support/wire-message.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-'))
const origin = await startRawOrigin()
const other = await startRawOrigin()
const file = join(folder, 'holdfast.yaml')
const route = (prefix: string, upstream: string, strip: boolean): string =>
  `  - prefix: ${prefix}\n    upstream: ${upstream}\n    strip_prefix: ${strip}\n`
writeFileSync(
  file,
  `routes:\n${route('/', origin.url, false)}${route('/fenced', `${origin.url}/base`, true)}${route('/other', other.url, false)}`,
)
const holdfast = await startHoldfast({ config: file })
t.teardown(async () => {
  await holdfast.stop()
  await Promise.all([origin.close(), other.close()])
  rmSync(folder, { recursive: true })
})

const says =
  (name: string) =>
  async (exchange: { request: Promise<unknown>; write(bytes: Buffer): void }): Promise<void> => {
    await exchange.request
    exchange.write(sized('200 OK', ['Content-Type: text/plain'], name))
  }
const reset = (): void => {
  origin.script(says('first'))
  other.script(says('second'))
}
const slow = 20_000
const send = async (sent: Buffer, method = 'GET') => {
  const [answered] = await roundTrip(holdfast.port, sent, [method], slow)
  if (answered === undefined) throw new Error('no answer')
  const { response: got } = answered
  return { status: Number(got.startLine.split(' ')[1]), body: got.body.toString() }
}
const pathsAt = (at: RawOrigin): (string | undefined)[] =>
  at.requests().map(({ startLine }) => startLine.split(' ')[1])

await t.test(
  'GHSA-qmw8-3v4g-gwj4, GHSA-c4qr-gmr9-v23w: no path leaves the base path',
  async (t) => {
    reset()
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket']
    for (const path of ['/fenced/../secret', '/fenced/a/../../x', '/fenced/..', '/fenced/..\\x']) {
      t.equal((await send(request(`GET ${path}`))).status, 400, path)
      t.equal((await send(request(`GET ${path}`, upgrade))).status, 400, `${path}, upgrade`)
    }
    t.equal((await send(request('GET /fenced//evil.example/x'))).body, 'first')
    t.same(pathsAt(origin), ['/base//evil.example/x'])
  },
)

await t.test('GHSA-2q7r-29rg-6m5h: no encoded dots leave the base path', async (t) => {
  reset()
  const paths = [
    '/fenced/%2e%2e/secret',
    '/fenced/%2E%2E/secret',
    '/fenced/.%2e/secret',
    '/fenced/%2e%2e%2fsecret',
    '/fenced/a%2F..%2F..%2Fsecret',
    '/fenced/%2e%2e%5Csecret',
  ]
  for (const path of paths) t.equal((await send(request(`GET ${path}`))).status, 400, path)
  t.same(pathsAt(origin), [])
})

await t.test(
  'GHSA-v2v2-hph8-q5xp, CVE-2022-39288, CVE-2026-25223, CVE-2026-3419, CVE-2026-33806, GHSA-573f-x89g-hqp9, GHSA-247c-9743-5963: odd content types and their bodies arrive as they are',
  async (t) => {
    reset()
    const types = [
      '',
      'a',
      '/',
      'application/json\tx',
      'application/json; charset=utf-8garbage;;',
      'application/jsonx',
      'APPLICATION/JSON ;charset=',
      'text/plain, application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/json;__proto__=1',
      `x/${'y'.repeat(2000)}`,
    ]
    const body = Buffer.from('{"a":1,\xff', 'latin1')
    for (const type of types) {
      const { status } = await send(post('/v1/x', [`Content-Type: ${type}`], body), 'POST')
      t.equal(status, 200, type.slice(0, 40))
    }
    t.same(
      origin.requests().map((got) => headerValues(got, 'content-type')),
      types.map((type) => [type]),
    )
    t.ok(origin.requests().every((got) => got.body.equals(body)))
  },
)

await t.test('CVE-2025-32442: no content type opens an operator endpoint', async (t) => {
  const types = ['application/json', 'application/json ', 'APPLICATION/JSON;', 'text/plain', 'a/b']
  for (const type of types) {
    const sent = post('/api/v1/baselines', [`Content-Type: ${type}`], '{"name":"x"}')
    const [answered] = await roundTrip(holdfast.adminPort, sent, ['POST'], slow)
    const status = Number(answered?.response.startLine.split(' ')[1])
    t.ok(status >= 400 && status < 500, `${type}: ${status}`)
  }
})

await t.test(
  'CVE-2026-33805, GHSA-gwhp-pf74-vj37: Connection takes nothing away that holdfast sends',
  async (t) => {
    reset()
    const named = 'Connection: host, content-length, transfer-encoding, authorization-x'
    await send(post('/v1/x', [named, 'Authorization: Bearer k'], 'abc'), 'POST')
    const [got] = origin.requests()
    if (got === undefined) throw new Error('nothing arrived')
    t.same(headerValues(got, 'host'), [new URL(origin.url).host])
    t.same(headerValues(got, 'content-length'), ['3'])
    t.same(headerValues(got, 'authorization'), ['Bearer k'])
    t.equal(got.body.toString(), 'abc')
  },
)

await t.test('GHSA-v574-6498-x57v: every target goes to the upstream of its route', async (t) => {
  reset()
  const cases: [string, string][] = [
    ['/other', 'second'],
    ['/other/x', 'second'],
    ['/other?a=/x', 'second'],
    ['/otherx', 'first'],
    ['/x?/other/x', 'first'],
    ['//other/x', 'first'],
    ['/Other/x', 'first'],
    ['/x/other', 'first'],
    ['/fenced/other', 'first'],
    [`http://${new URL(other.url).host}/x`, 'first'],
  ]
  for (let round = 0; round < 3; round++) {
    for (const [path, expected] of cases) {
      t.equal((await send(request(`GET ${path}`))).body, expected, path)
    }
  }
})

await t.test('CVE-2026-3635: forwarded headers choose nothing and pass as they are', async (t) => {
  reset()
  const forged = [
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: https',
    'X-Forwarded-For: 127.0.0.1',
    'Forwarded: for=127.0.0.1;host=evil.example',
  ]
  t.equal((await send(request('GET /x', forged))).body, 'first')
  const [got] = origin.requests()
  if (got === undefined) throw new Error('nothing arrived')
  t.same(headerValues(got, 'host'), [new URL(origin.url).host])
  t.same(headerValues(got, 'x-forwarded-for'), ['127.0.0.1'])
  t.same(headerValues(got, 'forwarded'), ['for=127.0.0.1;host=evil.example'])
})

await t.test('CVE-2026-22036: a chain of encodings passes, and is not unpacked', async (t) => {
  const encodings = Array.from({ length: 5000 }, () => 'gzip').join(', ')
  origin.script(async (exchange) => {
    await exchange.request
    exchange.write(sized('200 OK', [`Content-Encoding: ${encodings}`], 'x'))
  })
  t.equal((await send(post('/v1/chat/completions', [], '{}'), 'POST')).body, 'x')
  t.same(decodeBody(bytes('x'), encodings), { ok: false, reason: 'undecodable_encoding' })
})

await t.test('CVE-2026-1525: two lengths in different case are refused', async (t) => {
  reset()
  for (const second of ['content-length: 4', 'CONTENT-LENGTH: 3', 'Content-Length: 3, 4']) {
    const sent = message('POST /v1/x HTTP/1.1', ['Host: h', 'Content-Length: 3', second], 'abcd')
    t.equal((await send(sent, 'POST')).status, 400, second)
  }
  t.same(pathsAt(origin), [])
})

await t.test('CVE-2023-40225: an empty length is refused', async (t) => {
  reset()
  const sent = message('POST /v1/x HTTP/1.1', ['Host: h', 'Content-Length:'], 'abcd')
  t.equal((await send(sent, 'POST')).status, 400)
  t.same(pathsAt(origin), [])
})

await t.test('CVE-2026-2229: an agreement on impossible window bits passes as it is', async (t) => {
  const extensions = 'permessage-deflate; server_max_window_bits=4096; client_max_window_bits=-1'
  origin.script((exchange) => {
    exchange.write(
      response('101 Switching Protocols', [
        'Connection: Upgrade',
        'Upgrade: websocket',
        `Sec-WebSocket-Extensions: ${extensions}`,
      ]),
    )
    exchange.write(bytes('\xc1\x7f\xff\xff'))
  })
  const client = await openRawClient(holdfast.port)
  client.write(request('GET /v1/realtime', ['Connection: Upgrade', 'Upgrade: websocket']))
  const got = await client.until(
    (seen) => seen.includes(Buffer.from('\xc1\x7f\xff\xff', 'latin1')),
    slow,
  )
  t.match(got.toString('latin1'), extensions)
  client.destroy()
  reset()
  t.equal((await send(request('GET /x'))).status, 200, 'and holdfast goes on')
})

await t.test('CVE-2022-21698: methods and paths that clients invent make no series', async (t) => {
  reset()
  const scrape = async (): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${holdfast.adminPort}/metrics`)).text()
    return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length
  }
  // Its gauges come when it is up, whatever clients do.
  await holdfast.watches()
  await send(request('GET /x'))
  const before = await scrape()
  const methods = ['PROPFIND', 'MKCOL', 'PURGE', 'REPORT', 'SEARCH', 'UNLINK', 'M-SEARCH']
  for (const method of methods) {
    for (let n = 0; n < 20; n++) {
      t.equal((await send(request(`${method} /invented/${method}/${n}`), method)).status, 200)
    }
  }
  t.equal(await scrape(), before)
})
