/** How an exchange that passed through the proxy ended. Label values of holdfast_exchanges_total. */

/**
 * complete        the whole response was handed to the client's connection
 * client_aborted  the client went away first
 * upstream_reset  the upstream broke off after its response had begun
 * upstream_error  no response came: holdfast answered 502 or 504
 * refused         holdfast answered 503: its connection cap was reached
 */
export const outcomes = [
  'complete',
  'client_aborted',
  'upstream_reset',
  'upstream_error',
  'refused',
] as const
export type Outcome = (typeof outcomes)[number]

/** What went wrong on the upstream's side. Label values of holdfast_upstream_errors_total. */
export const upstreamErrorKinds = [
  'connect',
  'dns',
  'tls',
  'timeout',
  'reset_before_headers',
  'reset_mid_stream',
  'protocol',
] as const
export type UpstreamErrorKind = (typeof upstreamErrorKinds)[number]
