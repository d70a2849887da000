/**
 * Requests whose length can be read in two ways, each with a second request hidden where one of the
 * readings ends. Sources of the shapes: RFC 9112 section 11.2 and the published lists of obfuscated
 * Transfer-Encoding headers; the list itself is written for this project.
 */
import { bytes } from './bytes.ts'

export interface SmugglingVariant {
  name: string
  bytes: Buffer
  /** The odd line is a header of no meaning, so that the marked request is one of its own by any reading. */
  honest: boolean
}

/** Marks the hidden request: unless the variant is honest it must never be seen at the upstream. */
export const hiddenPath = '/hidden'

const hidden = `GET ${hiddenPath} HTTP/1.1\r\nHost: model.example\r\nX-Hidden: 1\r\n\r\n`

/** Header lines that some parsers take for chunked and others do not. */
const encodings = [
  'Transfer-Encoding: chunked',
  'transfer-encoding: chunked',
  'Transfer-Encoding: CHUNKED',
  'Transfer-Encoding:chunked',
  'Transfer-Encoding : chunked',
  ' Transfer-Encoding: chunked',
  '\tTransfer-Encoding: chunked',
  'Transfer-Encoding:\tchunked',
  'Transfer-Encoding: \tchunked',
  'Transfer-Encoding: chunked ',
  'Transfer-Encoding: chunked\t',
  'Transfer-Encoding:\x0bchunked',
  'Transfer-Encoding: \x0cchunked',
  'Transfer-Encoding: chunked\x00',
  'Transfer-Encoding: \x00chunked',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding: chunkedx',
  'Transfer-Encoding: chunk',
  'Transfer-Encoding: "chunked"',
  "Transfer-Encoding: 'chunked'",
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: identity, chunked',
  'Transfer-Encoding: identity',
  'Transfer-Encoding: chunked, chunked',
  'Transfer-Encoding: chunked;q=1',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: ,chunked',
  'Transfer-Encoding: chunked,',
  'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked',
  'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
  'Transfer-Encoding: chunked\r\nTransfer-Encoding: x',
  'Transfer-Encoding:\r\n chunked',
  'Transfer-Encoding:\n chunked',
  'Transfer-Encoding: x\r\n\tchunked',
  'X: y\nTransfer-Encoding: chunked',
  'X: y\rTransfer-Encoding: chunked',
  'X: y\r\n\rTransfer-Encoding: chunked',
  'Transfer_Encoding: chunked',
  'Transfer-Encoding\x00: chunked',
  'Transfer\x00-Encoding: chunked',
  'Transfer-\xa0Encoding: chunked',
  'Transfer-Encoding: \xa0chunked',
  'Transfer-Encoding: chunked\xff',
  'TrAnSfEr-EnCoDiNg: ChUnKeD',
  'Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked',
] as const

const head = (lines: readonly string[]): string =>
  ['POST /first HTTP/1.1', 'Host: model.example', ...lines, '', ''].join('\r\n')

/** A reader of Content-Length takes the hidden request for body, a reader of chunks for a request. */
const lengthFirst = (line: string): string => {
  const body = `0\r\n\r\n${hidden}`
  return head([`Content-Length: ${body.length}`, line]) + body
}

/** The reverse: Content-Length ends before the chunk that holds the hidden request. */
const chunksFirst = (line: string): string => {
  const size = hidden.length.toString(16)
  const body = `${size}\r\n${hidden}\r\n0\r\n\r\n`
  return head([line, `Content-Length: ${size.length + 2}`]) + body
}

/** Two lengths, or one that reads in two ways. */
const lengths = [
  ['Content-Length: 0', `Content-Length: ${hidden.length}`],
  [`Content-Length: ${hidden.length}`, 'Content-Length: 0'],
  [`Content-Length: 0, ${hidden.length}`],
  [`Content-Length: ${hidden.length}, 0`],
  [`Content-Length: +${hidden.length}`],
  ['Content-Length: -1'],
  ['Content-Length:'],
  ['Content-Length: ', `Content-Length: ${hidden.length}`],
  [`Content-Length: 0x${hidden.length.toString(16)}`],
  [`Content-Length: ${hidden.length}.0`],
  [`Content-Length : ${hidden.length}`],
  [`Content-Length: ${hidden.length} 0`],
  [`Content-Length:\r\n ${hidden.length}`],
  [`Content_Length: ${hidden.length}`],
  [`content-length: ${hidden.length}`, 'CONTENT-LENGTH: 0'],
  ['Connection: Content-Length', `Content-Length: ${hidden.length}`],
  [`Content-Length: ${'9'.repeat(30)}`],
  [`Content-Length: 0\r\nX: y\nContent-Length: ${hidden.length}`],
] as const

/** Chunk syntax that parsers read differently. */
const chunkSyntax = [
  `0x5\r\nhello\r\n0\r\n\r\n`,
  `5;\nx\r\nhello\r\n0\r\n\r\n`,
  `5\nhello\n0\n\n`,
  `5 \r\nhello\r\n0\r\n\r\n`,
  ` 5\r\nhello\r\n0\r\n\r\n`,
  `+5\r\nhello\r\n0\r\n\r\n`,
  `-5\r\nhello\r\n0\r\n\r\n`,
  `\r\nhello\r\n0\r\n\r\n`,
  `5\r\nhello0\r\n\r\n`,
  `5\r\nhelloXX0\r\n\r\n`,
  `10000000000000005\r\nhello\r\n0\r\n\r\n`,
  `5\r\nhello\r\n0;x\r\n\r\n`,
  `5;x="\r\n"\r\nhello\r\n0\r\n\r\n`,
  `5\r\nhello\r\n0\r\nX: y\r\nContent-Length: 5\r\n\r\n`,
  `5\r\nhello\r\n0\r\nTransfer-Encoding: identity\r\n\r\n`,
  `5\r\nhello\r\n00000\r\n\r\n`,
  `5\rhello\r\n0\r\n\r\n`,
] as const

/** Heads that end, or do not end, where a reader thinks they do. */
const heads = [
  `GET /first HTTP/1.1\nHost: model.example\n\n`,
  `GET /first HTTP/1.1\r\nHost: model.example\r\n\n`,
  `GET /first HTTP/1.1\r\nHost: model.example\n\r\n`,
  `GET /first HTTP/1.1\r\n Host: model.example\r\n\r\n`,
  `GET /first\r\n\r\n`,
  `GET /first HTTP/1.2\r\nHost: model.example\r\nContent-Length: 0\r\n\r\n`,
  `GET /first HTTP/2.0\r\nHost: model.example\r\n\r\n`,
  `GET /first HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`,
  `GET /first HTTP/1.0\r\nHost: model.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  `GET /first HTTP/1.1 HTTP/1.1\r\nHost: model.example\r\n\r\n`,
  `GET /first\x00 HTTP/1.1\r\nHost: model.example\r\n\r\n`,
  `GET /first\r\x0b HTTP/1.1\r\nHost: model.example\r\n\r\n`,
  `\r\n\r\nGET /first HTTP/1.1\r\nHost: model.example\r\n\r\n`,
  `GET /first HTTP/1.1\r\nHost: model.example\r\n: empty\r\n\r\n`,
  `GET /first HTTP/1.1\r\nHost: model.example\r\nno colon\r\n\r\n`,
  `GET /first HTTP/1.1\r\nHost: model.example\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n`,
] as const

function variant(kind: string, shape: string, text: string, honest = false): SmugglingVariant {
  return { name: `${kind} ${JSON.stringify(shape)}`, bytes: bytes(text), honest }
}

/** Everything that follows the first request is what a second client of the same connection sends. */
export const smugglingVariants: readonly SmugglingVariant[] = [
  ...encodings.map((line) => variant('CL.TE', line, lengthFirst(line))),
  ...encodings.map((line) =>
    variant('TE.CL', line, chunksFirst(line), line.startsWith('Transfer_')),
  ),
  ...lengths.map((lines) => {
    const [line] = lines
    return variant('CL.CL', lines.join(' | '), head(lines) + hidden, line.startsWith('Content_'))
  }),
  ...chunkSyntax.map((body) => variant('chunk', body, head(['Transfer-Encoding: chunked']) + body)),
  ...heads.map((text) => variant('head', text, text)),
]
