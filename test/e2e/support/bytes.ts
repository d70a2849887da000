/** Requests and responses as text, each header line exactly as given. */

const CRLF = '\r\n'

/** latin1 text to bytes: one character is one byte, as on the wire. */
export const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')

export function request(line: string, headers: readonly string[] = [], body: string | Buffer = '') {
  const hasHost = headers.some((header) => /^host:/i.test(header))
  return message(`${line} HTTP/1.1`, hasHost ? headers : ['Host: model.example', ...headers], body)
}

/** A POST with its Content-Length. */
export function post(path: string, headers: readonly string[], body: string | Buffer): Buffer {
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  return request(`POST ${path}`, [...headers, length], body)
}

export function response(
  status: string,
  headers: readonly string[] = [],
  body: string | Buffer = '',
) {
  return message(`HTTP/1.1 ${status}`, headers, body)
}

/** A response with its Content-Length. */
export function sized(status: string, headers: readonly string[], body: string | Buffer): Buffer {
  return response(status, [...headers, `Content-Length: ${Buffer.byteLength(body)}`], body)
}

export function message(
  startLine: string,
  headers: readonly string[],
  body: string | Buffer,
): Buffer {
  const head = bytes([startLine, ...headers, '', ''].join(CRLF))
  return Buffer.concat([head, typeof body === 'string' ? Buffer.from(body) : body])
}

export function chunked(
  chunks: readonly (string | Buffer)[],
  trailers: readonly string[] = [],
  extension = '',
): Buffer {
  const parts: Buffer[] = []
  for (const chunk of chunks) {
    const data = Buffer.from(chunk)
    parts.push(bytes(data.length.toString(16) + extension + CRLF), data, bytes(CRLF))
  }
  parts.push(bytes(`0${CRLF}${trailers.map((line) => line + CRLF).join('')}${CRLF}`))
  return Buffer.concat(parts)
}
