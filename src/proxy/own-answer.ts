/**
 * The few answers that holdfast gives itself, each with `x-holdfast-error` and a JSON body in the
 * shape that model clients already print. Any response without that header came from the upstream.
 */
import type { ServerResponse } from 'node:http'

export const ownErrors = {
  no_route: [404, 'No configured route matches this path.'],
  path_escapes_base: [400, 'The path holds dot segments that could leave the route.'],
  bad_request: [400, 'The request is not valid HTTP/1.1.'],
  request_timeout: [408, 'The request head did not arrive in time.'],
  headers_too_large: [431, 'The request headers are larger than proxy.header_bytes_max.'],
  connect_refused: [501, 'CONNECT is not supported: holdfast is not a forward proxy.'],
  connection_cap: [503, 'proxy.connections_max is reached.'],
  upstream_unreachable: [502, 'The upstream refused the connection or could not be reached.'],
  upstream_dns: [502, 'The name of the upstream does not resolve.'],
  upstream_tls: [
    502,
    'The TLS connection to the upstream failed; nothing of the request was sent.',
  ],
  upstream_reset: [502, 'The upstream closed the connection before its response began.'],
  upstream_protocol: [502, 'The upstream sent something that is not valid HTTP/1.1.'],
  upstream_timeout: [504, 'The upstream did not answer in the configured time.'],
} as const satisfies Record<string, readonly [number, string]>

export type OwnError = keyof typeof ownErrors

export function answerOwn(res: ServerResponse, error: OwnError, close: boolean): void {
  const [status, message] = ownErrors[error]
  const body = ownBody(error, message)
  res.writeHead(status, [
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(body)),
    'x-holdfast-error',
    error,
    ...(close ? ['connection', 'close'] : []),
  ])
  res.end(body)
}

/** The same answer as bytes, for a connection that has no response object yet. */
export function ownAnswerBytes(error: OwnError): string {
  const [status, message] = ownErrors[error]
  const body = ownBody(error, message)
  return `HTTP/1.1 ${status} ${reasonPhrase(status)}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nx-holdfast-error: ${error}\r\nconnection: close\r\n\r\n${body}`
}

const ownBody = (error: OwnError, message: string): string =>
  JSON.stringify({
    error: { message: `holdfast: ${message}`, type: 'holdfast_error', code: error },
  })

function reasonPhrase(status: (typeof ownErrors)[OwnError][0]): string {
  switch (status) {
    case 400:
      return 'Bad Request'
    case 404:
      return 'Not Found'
    case 408:
      return 'Request Timeout'
    case 431:
      return 'Request Header Fields Too Large'
    case 501:
      return 'Not Implemented'
    case 502:
      return 'Bad Gateway'
    case 503:
      return 'Service Unavailable'
    case 504:
      return 'Gateway Timeout'
  }
}
