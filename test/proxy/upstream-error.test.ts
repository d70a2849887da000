import t from 'tap'
import { errorKind } from '../../src/proxy/upstream-error.ts'

t.test('the kinds of upstream errors', async (t) => {
  const kinds = Object.fromEntries(
    [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ETIMEDOUT',
      'ECONNRESET',
      'EPIPE',
      'HPE_INVALID_CONSTANT',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'EPROTO',
      'EWHATEVER',
    ].map((code) => [code, errorKind(Object.assign(new Error(), { code }))]),
  )
  t.same(kinds, {
    ECONNREFUSED: 'connect',
    ENOTFOUND: 'dns',
    EAI_AGAIN: 'dns',
    ETIMEDOUT: 'timeout',
    ECONNRESET: 'reset_before_headers',
    EPIPE: 'reset_before_headers',
    HPE_INVALID_CONSTANT: 'protocol',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
    CERT_HAS_EXPIRED: 'tls',
    ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
    ERR_SSL_WRONG_VERSION_NUMBER: 'tls',
    EPROTO: 'tls',
    EWHATEVER: 'reset_before_headers',
  })
})
