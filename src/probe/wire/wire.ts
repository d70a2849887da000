/** What differs between the APIs that a probe can be sent to: where it goes and how it is written. */
import type { RequestPlan } from '../request-plan.ts'

export interface Wire {
  /** Without the version, as appended to a base URL that holds it. */
  readonly path: string
  headers(key: string | undefined): Record<string, string>
  body(plan: RequestPlan, model: string): Readonly<Record<string, unknown>>
}

/**
 * The URL of the API under a base as its SDK takes it. A base without any path gets the version: a
 * server that is given by host and port alone serves it there.
 */
export function endpointUrl(base: URL, { path }: Wire): URL {
  const url = new URL(base)
  const prefix = url.pathname.replace(/\/+$/, '')
  const versioned = prefix === '' || (path === '/messages' && !prefix.endsWith('/v1'))
  url.pathname = `${prefix}${versioned ? '/v1' : ''}${path}`
  url.hash = ''
  return url
}
