/**
 * Requests of doubtful length, made systematically: each part of a header line, a length, a chunk and a
 * request line has a list of oddities, and each oddity is tried alone and with each one of another part.
 * Sources of the shapes: RFC 9112 section 11.2; the lists are written for this project.
 */
import { bytes } from './bytes.ts'

export interface DoubtfulRequest {
  kind: string
  /** The odd part, for messages. */
  shape: string
  /** With a number in its paths, `/first-N`, and the request hidden in it, `/hidden-N`. */
  bytes(n: number): Buffer
  /** By every reading the hidden request is one of its own: the odd line is a header of no meaning. */
  honest: boolean
}

const hidden = (n: number): string =>
  `GET /hidden-${n} HTTP/1.1\r\nHost: model.example\r\nX-Hidden: 1\r\n\r\n`

/** Name of a part and its oddities. */
type Parts = Readonly<Record<string, readonly string[]>>

/** The part's ordinary text is the first one. */
const lineParts = (name: string, values: readonly string[]) => ({
  before: ['', ' ', '\t', '\x0b', '\x00', '\r', '\xa0', 'X: y\n', 'X: y\r', 'X: y\r\n ', 'X\r\n'],
  name: [
    name,
    name.toLowerCase(),
    name.toUpperCase(),
    name.replace('-', '_'),
    name.replace('-', ' '),
    name.replace('-', '--'),
    name.replace('-', '-\x00'),
    name.replace('-', '\x00'),
    name.replace('e', '\xe9'),
    `${name}-`,
    `"${name}"`,
  ],
  colon: [':', ' :', '\t:', '\x0b:', '\x00:', '\xa0:', '\r:', '\n:', '\r\n :', '::', ';:', '=', ''],
  space: [' ', '', '\t', '   ', '\x0b', '\x0c', '\x00', '\r\n ', '\n ', '\r ', '\xa0', '\x1f'],
  value: values,
  after: ['', ' ', '\t', '\x00', '\x0b', '\r', '\xff', ',', ';', '\r\n ', '\\', '\x7f'],
})

const encodingParts = lineParts('Transfer-Encoding', [
  'chunked',
  'CHUNKED',
  'Chunked',
  'xchunked',
  'chunkedx',
  'chunk',
  'identity',
  'chunked, identity',
  'identity, chunked',
  'chunked, chunked',
  'gzip, chunked',
  ',chunked',
  'chunked;q=1',
  '"chunked"',
  "'chunked'",
  'chun\x00ked',
  'chunked chunked',
  '',
])

const lengthParts = (length: number) =>
  lineParts('Content-Length', [
    `${length}`,
    `+${length}`,
    `-${length}`,
    `0${length}`,
    `${length},${length}`,
    `${length}, 0`,
    `0, ${length}`,
    `0x${length.toString(16)}`,
    `${length}.0`,
    `${length}e0`,
    `${length} 0`,
    `"${length}"`,
    `${length}_`,
    `${2n ** 64n + BigInt(length)}`,
    '9'.repeat(30),
    '',
  ])

/** Every oddity alone, then every two of different parts, each as the texts of all parts in order. */
function* combined(parts: Parts): Generator<string[]> {
  const lists = Object.values(parts)
  const ordinary = lists.map(([first = '']) => first)
  yield ordinary
  for (const [i, list] of lists.entries()) {
    for (const odd of list.slice(1)) yield ordinary.with(i, odd)
  }
  for (const [i, one] of lists.entries()) {
    for (const [j, other] of lists.entries()) {
      if (j <= i) continue
      for (const a of one.slice(1))
        for (const b of other.slice(1)) yield ordinary.with(i, a).with(j, b)
    }
  }
}

/** One valid line whose name means nothing to the length of a message (RFC 9110 section 5). */
const isHarmless = (line: string): boolean => {
  const [, name = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t -~\x80-\xff]*$/.exec(line) ?? []
  return !['', 'transfer-encoding', 'content-length'].includes(name.toLowerCase())
}

const head = (n: number, lines: readonly string[], method = 'POST', version = 'HTTP/1.1'): string =>
  [`${method} /first-${n} ${version}`, 'Host: model.example', ...lines, '', ''].join('\r\n')

/** A reader of the length takes the hidden request for body, a reader of chunks for a request. */
const lengthFirst = (n: number, lines: readonly string[], method?: string): string => {
  const body = `0\r\n\r\n${hidden(n)}`
  return head(n, [`Content-Length: ${body.length}`, ...lines], method) + body
}

/** The reverse: the length ends before the chunk that holds the hidden request. */
const chunksFirst = (n: number, lines: readonly string[], method?: string): string => {
  const size = hidden(n).length.toString(16)
  const length = `Content-Length: ${size.length + 2}`
  return `${head(n, [...lines, length], method)}${size}\r\n${hidden(n)}\r\n0\r\n\r\n`
}

const made = (
  kind: string,
  shape: string,
  text: (n: number) => string,
  honest = false,
): DoubtfulRequest => ({ kind, shape: JSON.stringify(shape), bytes: (n) => bytes(text(n)), honest })

function* encodings(): Generator<DoubtfulRequest> {
  for (const parts of combined(encodingParts)) {
    const line = parts.join('')
    yield made('CL.TE', line, (n) => lengthFirst(n, [line]))
    yield made('TE.CL', line, (n) => chunksFirst(n, [line]), isHarmless(line))
  }
  const plain = 'Transfer-Encoding: chunked'
  for (const parts of [...combined(encodingParts)].slice(0, 100)) {
    const line = parts.join('')
    yield made('TE.TE', `${plain} | ${line}`, (n) => chunksFirst(n, [plain, line]))
    yield made('TE.TE', `${line} | ${plain}`, (n) => chunksFirst(n, [line, plain]))
    if (line !== plain && !isHarmless(line)) {
      const alone = (n: number): string =>
        `${head(n, [line])}${hidden(n).length.toString(16)}\r\n${hidden(n)}\r\n0\r\n\r\n`
      yield made('TE', line, alone)
    }
  }
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    for (const parts of [...combined(encodingParts)].slice(0, 14)) {
      const line = parts.join('')
      yield made(`${method} CL.TE`, line, (n) => lengthFirst(n, [line], method))
      yield made(`${method} TE.CL`, line, (n) => chunksFirst(n, [line], method), isHarmless(line))
    }
  }
}

function* lengths(): Generator<DoubtfulRequest> {
  const count = [...combined(lengthParts(1))].length
  for (let i = 0; i < count; i++) {
    // The length is that of the hidden request, which has the number in it.
    const lineOf = (n: number): string =>
      ([...combined(lengthParts(hidden(n).length))][i] ?? []).join('')
    const shape = lineOf(0)
    const harmless = isHarmless(shape)
    const single = i < 80
    if (single) {
      yield made('CL', shape, (n) => head(n, [lineOf(n)]) + hidden(n), harmless)
      yield made(
        'CL.CL',
        `0 | ${shape}`,
        (n) => head(n, ['Content-Length: 0', lineOf(n)]) + hidden(n),
        harmless,
      )
      yield made(
        'CL.CL',
        `${shape} | 0`,
        (n) => head(n, [lineOf(n), 'X: y', 'content-length: 0']) + hidden(n),
        harmless,
      )
    } else if (i % 4 === 0) {
      yield made(
        'CL.CL',
        `0 | ${shape}`,
        (n) => head(n, ['Content-Length: 0', lineOf(n)]) + hidden(n),
        harmless,
      )
    }
  }
}

/** A body whose one chunk is the hidden request. */
const chunkParts = {
  size: [
    'S',
    '0S',
    '00000000000000000S',
    '0xS',
    '+S',
    '-S',
    ' S',
    '\tS',
    'S ',
    'S\t',
    'S\x00',
    'S\xa0',
    'S_0',
    'Sg',
    'S,1',
    'S:',
    'S.0',
    'fffffffffffffffS',
    '\r\nS',
    '',
  ],
  extension: [
    '',
    ';',
    ';a',
    ';a=b',
    ';a="b"',
    ';a="\r\n"',
    ';\n',
    ';a\r',
    ';\x00',
    ' ;a',
    ';a;;b',
    `;${'a'.repeat(200)}`,
  ],
  sizeEnd: ['\r\n', '\n', '\r', '\r\r\n', '\n\r', '\r\n\n', ''],
  dataEnd: ['\r\n', '\n', '', 'XX', '\r', '\r\n\r\n', ' \r\n'],
  last: ['0', '00', '0;x', '-0', '0x0', '+0', ' 0', '0 ', '0\x00', ''],
  lastEnd: ['\r\n', '\n', '\r', '\r\r\n'],
  trailer: [
    '',
    'X: y\r\n',
    'Content-Length: 5\r\n',
    'Transfer-Encoding: identity\r\n',
    'X : y\r\n',
    ' X: y\r\n',
    'X: y\n',
    'X\r\n',
    'Host: b\r\n',
    'X: \x00\r\n',
  ],
  end: ['\r\n', '\n', '\r'],
}

function* chunks(): Generator<DoubtfulRequest> {
  for (const parts of combined(chunkParts)) {
    const [size = '', extension, sizeEnd, ...rest] = parts
    const text = (n: number): string =>
      [
        head(n, ['Transfer-Encoding: chunked']),
        size.replace('S', hidden(n).length.toString(16)),
        extension,
        sizeEnd,
        hidden(n),
        ...rest,
      ].join('')
    yield made('chunk', parts.join('|'), text)
  }
}

const startParts = {
  method: [
    'POST',
    'post',
    'P\x00ST',
    'POST\t',
    'POST:',
    ' POST',
    '\r\nPOST',
    '\nPOST',
    '\rPOST',
    'PO ST',
    '',
  ],
  gap: [' ', '  ', '\t', '\x0b', '\x00', '\xa0', '\r', ''],
  path: [
    'P',
    'P P',
    'P\x00',
    'P\r',
    'P\t',
    'P\xff',
    'P#a',
    '*',
    'http://other.example@model.example/x',
    '\\P',
  ],
  versionGap: [' ', '  ', '\t', '\x0b', '\r', ''],
  version: [
    'HTTP/1.1',
    'HTTP/1.0',
    'HTTP/1.2',
    'HTTP/2.0',
    'HTTP/0.9',
    'http/1.1',
    'HTTP/1.1 ',
    'HTTP/01.1',
    'HTTP/1.10',
    'HTTP/1.1 HTTP/1.1',
    'ICY',
    '',
  ],
  end: ['\r\n', '\n', '\r', '\r\r\n', '\r\n ', '\r\n\t', '\r\n\r', '\n\r\n'],
}

/** Both readings of a length, under request lines that end where a reader thinks they do. */
function* starts(): Generator<DoubtfulRequest> {
  for (const parts of combined(startParts)) {
    const text = (n: number): string => {
      const body = `0\r\n\r\n${hidden(n)}`
      const [method = '', gap = '', path = '', ...rest] = parts
      const line = [method, gap, path.replaceAll('P', `/first-${n}`), ...rest].join('')
      return `${line}Host: model.example\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    }
    yield made('start line', parts.join('|'), text)
  }
}

export const doubtfulRequests: readonly DoubtfulRequest[] = [
  ...encodings(),
  ...lengths(),
  ...chunks(),
  ...starts(),
]
