/** Requests that could be read in two ways are refused before an upstream is opened. */
import t from 'tap'
import { isWellFormed } from '../../src/proxy/well-formed.ts'

const head = (...lines: [string, string][]) => ({
  httpVersion: '1.1',
  rawHeaders: [['Host', 'a'], ...lines].flat(),
})

t.test('one Host, which HTTP/1.0 may leave out', (t) => {
  t.ok(isWellFormed(head()))
  t.notOk(isWellFormed(head(['host', 'b'])))
  t.notOk(isWellFormed({ httpVersion: '1.1', rawHeaders: [] }))
  t.ok(isWellFormed({ httpVersion: '1.0', rawHeaders: [] }))
  t.end()
})

t.test('chunked once and as the last encoding', (t) => {
  for (const value of ['chunked', 'Chunked', 'gzip, chunked', 'gzip , deflate,chunked']) {
    t.ok(isWellFormed(head(['Transfer-Encoding', value])), value)
  }
  for (const value of [
    'chunked;',
    'chunked;q=1',
    'chunked, identity',
    'chunked, chunked',
    'xchunked',
    '"chunked"',
    ', chunked',
    'identity',
    '',
  ]) {
    t.notOk(isWellFormed(head(['transfer-encoding', value])), value)
  }
  t.notOk(
    isWellFormed(head(['Transfer-Encoding', 'chunked'], ['Transfer-Encoding', 'identity'])),
    'every line counts',
  )
  t.end()
})
