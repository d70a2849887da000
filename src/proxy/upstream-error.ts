/** From what node:http throws to the kind that is counted, and to the answer that the client gets. */
import type { UpstreamErrorKind } from '../exchange/outcome.ts'
import type { OwnError } from './own-answer.ts'

export const ownErrorOf: Record<UpstreamErrorKind, OwnError> = {
  connect: 'upstream_unreachable',
  dns: 'upstream_dns',
  tls: 'upstream_tls',
  timeout: 'upstream_timeout',
  reset_before_headers: 'upstream_reset',
  reset_mid_stream: 'upstream_reset',
  protocol: 'upstream_protocol',
}

const connectCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
])
const resetCodes = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])
const certificateCodes =
  /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|HOSTNAME_MISMATCH)/

export function errorKind(error: NodeJS.ErrnoException): UpstreamErrorKind {
  const code = error.code ?? ''
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'dns'
  if (code === 'ETIMEDOUT') return 'timeout'
  if (connectCodes.has(code)) return 'connect'
  if (code.startsWith('HPE_')) return 'protocol'
  if (resetCodes.has(code)) return 'reset_before_headers'
  if (
    code === 'EPROTO' ||
    code.startsWith('ERR_TLS') ||
    code.startsWith('ERR_SSL') ||
    certificateCodes.test(code)
  )
    return 'tls'
  return 'reset_before_headers'
}
