/** The rules over `otlp.*`: what could only fail when the first verdict is exported. */
import type { Fault } from '../error.ts'
import { type Credential, readCredential } from '../upstream/credential.ts'
import { parseUpstream } from './address.ts'
import type { OtlpConfig } from './otlp-schema.ts'

export const readOtlpToken = ({ bearerTokenFile }: OtlpConfig): Credential =>
  readCredential(bearerTokenFile === undefined ? {} : { file: bearerTokenFile }, {})

export function otlpFaults(otlp: OtlpConfig): Fault[] {
  const faults: Fault[] = []
  const token = readOtlpToken(otlp)
  if (!token.ok) faults.push({ key: 'otlp.bearer_token_file', reason: token.reason })
  if (otlp.endpoint === undefined) {
    if (otlp.bearerTokenFile !== undefined) {
      faults.push({ key: 'otlp.endpoint', reason: 'is missing: the token has nowhere to go' })
    }
    return faults
  }
  const endpoint = parseUpstream(otlp.endpoint)
  if (!endpoint.ok) faults.push({ key: 'otlp.endpoint', reason: endpoint.reason })
  return faults
}
