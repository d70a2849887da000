/**
 * docs/errors.md, whole: every error that holdfast answers itself, on either port, and every event of its
 * log. Codes and statuses are those of the code; what is said of them besides stands here once.
 */
import { type OwnError, ownErrors } from '../proxy/own-answer.ts'

/** What to do about an answer of the data port. */
const remedies: Record<OwnError, string> = {
  no_route: 'Add a route with this prefix (`routes`), or send to a path that has one.',
  path_escapes_base:
    'Send the path without `.` and `..`; a client that builds such paths has a fault.',
  bad_request: 'The client, or a proxy before holdfast, speaks no valid HTTP/1.1.',
  request_timeout: 'The client opened a connection and sent no whole head for a minute.',
  headers_too_large: 'Raise `proxy.header_bytes_max`, or send fewer headers.',
  connect_refused: 'Use holdfast as the base URL of the client, not as its HTTP proxy.',
  connection_cap:
    'Raise `proxy.connections_max` or add replicas; HoldfastConnectionRefusals says since when.',
  upstream_unreachable: 'Whether the upstream runs and is reached from here: address, firewall.',
  upstream_dns: 'The host name in `upstream` or `routes`, and the DNS of this machine.',
  upstream_tls:
    'The certificate of the upstream; an authority of your own goes into `proxy.tls_ca_file`.',
  upstream_reset: 'It may have been acted on. Retrying is for the client to decide.',
  upstream_protocol: 'Something else than a web server listens there.',
  upstream_timeout: '`proxy.connect_timeout_ms`, and `proxy.headers_timeout_ms` where it is set.',
}

interface AdminError {
  status: number
  meaning: string
}

/** Of the admin port: `{"error": CODE, "reason": TEXT}`; a reason only where there is one. */
const adminErrors = {
  bad_request: {
    status: 400,
    meaning: 'The request is not what the endpoint takes; the reason names the field.',
  },
  unauthorised: {
    status: 401,
    meaning: 'Send `authorization: Bearer TOKEN` with the token of `operator.token_file`.',
  },
  operator_off: { status: 403, meaning: '`operator.token_file` is not set: the endpoint is off.' },
  not_found: { status: 404, meaning: 'There is no such path, or nothing of that name or id.' },
  conflict: { status: 409, meaning: 'It is so already, or cannot be now; the reason says why.' },
  internal_error: {
    status: 500,
    meaning: 'A fault of holdfast. The log has `scrape_failed` with kind and place.',
  },
  scrape_failed: {
    status: 503,
    meaning: 'The metrics were not rendered in time. The next scrape may succeed.',
  },
  unavailable: {
    status: 503,
    meaning: 'The monitor thread or the state store does not answer; ask again.',
  },
} as const satisfies Record<string, AdminError>

interface LogEvent {
  level: 'info' | 'warn' | 'error' | 'info, warn'
  meaning: string
}

/** `msg` of each line of the log. */
const logEvents = {
  started: { level: 'info', meaning: 'Both ports listen; `dataUrl`, `adminUrl`.' },
  exchange: {
    level: 'info',
    meaning: 'One exchange, with `log.requests`; never text, query or headers.',
  },
  config_warning: {
    level: 'warn',
    meaning: 'The configuration is right and has something to look at: `key`, `reason`.',
  },
  config_reloaded: {
    level: 'info, warn',
    meaning:
      'A changed configuration is in force; `needsRestart` names keys that wait (then a warning).',
  },
  config_refused: {
    level: 'error',
    meaning:
      'One fault of a changed configuration; the last good one stays: `key`, `reason`, `at`.',
  },
  monitor_lost: {
    level: 'error',
    meaning: 'The monitor thread ended and is started again: `reason`, kinds and places of errors.',
  },
  scrape_failed: { level: 'error', meaning: 'The admin port answered 503 or 500.' },
  internal_error: { level: 'error', meaning: 'A fault of holdfast: `where`, kinds and places.' },
  draining: { level: 'info', meaning: 'SIGTERM or SIGINT: not ready, open exchanges end.' },
  drain_forced: { level: 'warn', meaning: '`cut` exchanges were open at `drain.deadline_ms`.' },
  stopped: { level: 'info', meaning: 'The end; `linesLost` where lines of the log were lost.' },
} as const satisfies Record<string, LogEvent>

/** For the test that holds them against the code. */
export const adminErrorCodes = Object.keys(adminErrors)
export const logEventNames = Object.keys(logEvents)

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

export function errorsDoc(): string {
  const own = Object.entries(ownErrors).map(([code, [status, message]]) => [
    `\`${code}\``,
    String(status),
    message,
    new Map<string, string>(Object.entries(remedies)).get(code) ?? '',
  ])
  return `# Errors

Made by \`node dist/cli.js docs\`; a test holds every code against the code that answers or logs it.

## Answers of the data port

Everything comes from the upstream, unchanged, but for these. Each has the header \`x-holdfast-error: CODE\` and the
body \`{"error": {"message": "holdfast: ...", "type": "holdfast_error", "code": CODE}}\`. A response without that header
is the upstream's own.

${table(['code', 'status', 'message', 'what to do'], own)}

An upstream that breaks off after its response has begun gets no code: the status has been sent. The client's
connection is cut in the same way, and \`holdfast_exchanges_total{outcome="upstream_reset"}\` counts it.

## Answers of the admin port

\`{"error": CODE, "reason": TEXT}\`; \`/readyz\` answers 503 \`{"status": "not_ready"}\` while it starts and drains.

${table(
  ['code', 'status', 'meaning'],
  Object.entries(adminErrors).map(([code, { status, meaning }]) => [
    `\`${code}\``,
    String(status),
    meaning,
  ]),
)}

## The log

One JSON object a line on standard output; \`msg\` is one of these. Messages of errors are never written, because they
can quote what they met: \`errors\` has kinds and codes along the causes, \`frames\` the places.

${table(
  ['msg', 'level', 'meaning'],
  Object.entries(logEvents).map(([name, { level, meaning }]) => [`\`${name}\``, level, meaning]),
)}

## Exit codes

${table(
  ['code', 'meaning'],
  [
    ['0', 'Done, or drained and stopped.'],
    [
      '1',
      'A fault: an address that cannot be bound, or one of holdfast itself. Other commands: their own no.',
    ],
    ['2', 'The configuration or the arguments have faults; every one is listed on standard error.'],
    ['130', 'A second SIGINT.'],
  ],
)}
`
}
