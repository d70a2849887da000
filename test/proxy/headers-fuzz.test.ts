/** Any list of headers: only what is of one connection goes, nothing is changed, added or moved. */
import * as fc from 'fast-check'
import t from 'tap'
import { requestHeaders, responseHeaders, trailerPairs } from '../../src/proxy/headers.ts'
import { fuzz } from '../fuzz-runs.ts'

/** RFC 9110 section 7.6.1, written down a second time. */
const oneHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'upgrade',
  'http2-settings',
]
const framing = ['content-length', 'transfer-encoding', 'host']

const names = [...oneHop, ...framing, 'te', 'trailer', 'x-one', 'x-two', 'accept', 'cookie']
const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...names) },
  fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/),
  fc.constantFrom('__proto__', 'constructor', 'toString'),
)
const cased = fc
  .tuple(name, fc.array(fc.boolean(), { maxLength: 8 }))
  .map(([text, upper]) =>
    Array.from(text, (c, i) => (upper[i % 8] === true ? c.toUpperCase() : c)).join(''),
  )
const listed = fc
  .array(fc.oneof(cased, fc.constantFrom('close', '', ' ', 'keep-alive')), { maxLength: 4 })
  .map((tokens) => tokens.join(' , '))
const value = fc.oneof(
  listed,
  fc.constantFrom('chunked', 'trailers', 'gzip, trailers;q=0.5', 'Trailers', '5', '5, 5', 'h2c'),
  fc.string({ unit: fc.constantFrom(' ', '\t', ',', ';', 'a', '\xff', '=', '"'), maxLength: 12 }),
)
const headers = fc
  .array(fc.tuple(cased, value), { maxLength: 14 })
  .map((pairs) => pairs.flatMap(([n, v]) => [n, v]))

const pairsOf = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((n, i): [string, string][] => (i % 2 === 0 ? [[n, raw[i + 1] ?? '']] : []))

const namedByConnection = (raw: readonly string[]): Set<string> =>
  new Set(
    pairsOf(raw)
      .filter(([n]) => n.toLowerCase() === 'connection')
      .flatMap(([, v]) => v.split(',').map((token) => token.trim().toLowerCase())),
  )

/** What a reader of RFC 9110 would expect, one header at a time. */
function expected(raw: readonly string[], chunked: boolean, host: string | undefined): string[] {
  const named = namedByConnection(raw)
  return pairsOf(raw).flatMap(([n, v]) => {
    const lower = n.toLowerCase()
    if (oneHop.includes(lower)) return []
    if (host !== undefined && lower === 'host') return [n, host]
    if (host !== undefined && lower === 'te') {
      const offers = v.split(/[,]/).map((token) => token.split(';')[0]?.trim().toLowerCase())
      return offers.includes('trailers') ? [n, 'trailers'] : []
    }
    if (lower === 'te') return []
    if (lower === 'trailer' && !chunked) return []
    if (host === undefined && lower === 'transfer-encoding' && !chunked) return []
    const kept = framing.includes(lower) || ['close', 'keep-alive', ''].includes(lower)
    return named.has(lower) && !kept ? [] : [n, v]
  })
}

t.test('requests and responses keep exactly what is not of one connection', async (t) => {
  let dropped = 0
  fc.assert(
    fc.property(headers, fc.boolean(), (raw, chunked) => {
      const before = [...raw]
      const sent = requestHeaders(raw, 'up.example:1', { chunked })
      const given = responseHeaders(raw, { chunked })
      if (raw.join('\0') !== before.join('\0'))
        throw new Error('the list that was given is changed')
      dropped += raw.length - sent.length
      const wanted = expected(raw, chunked, 'up.example:1')
      if (sent.join('\0') !== wanted.join('\0'))
        throw new Error(`${JSON.stringify(sent)} instead of ${JSON.stringify(wanted)}`)
      const wantedBack = expected(raw, chunked, undefined)
      if (given.join('\0') !== wantedBack.join('\0'))
        throw new Error(`${JSON.stringify(given)} instead of ${JSON.stringify(wantedBack)}`)
      // What has passed once passes again as it is.
      const again = requestHeaders(sent, 'up.example:1', { chunked })
      if (again.join('\0') !== sent.join('\0')) throw new Error('the second hop drops more')
      return trailerPairs(raw).flat().join('\0') === raw.join('\0')
    }),
    fuzz('headers', 20261128),
  )
  t.ok(dropped > 1000, `${dropped / 2} headers were left behind`)
})
