/** One exchange with the system under test: a plan sent, the answer decoded, or why there is none. */
import type { Clock } from '../clock.ts'
import { decodeCaptured } from '../decode/decoders.ts'
import { objectAt, parseJsonBytes, stringAt } from '../decode/untrusted-json.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { TransportError } from '../exchange/graded-outcome.ts'
import { probeMarkerHeader } from '../exchange/probe-marker.ts'
import type { ProbeProtocol } from '../exchange/protocol.ts'
import type { RequestPlan } from './request-plan.ts'
import { endpointUrl } from './wire/wire.ts'
import { wires } from './wire/wires.ts'

/** The outgoing client, as far as probes need it. It never rejects. */
export interface Sender {
  post(request: {
    url: URL
    headers: Readonly<Record<string, string>>
    body: Uint8Array
    deadlineMs: number
    responseBytesMax: number
    retriesMax: number
  }): Promise<
    { attempts: number } & (
      | { kind: 'response'; status: number; body: Uint8Array }
      | { kind: 'failed'; reason: TransportError }
    )
  >
}

export interface TargetOptions {
  protocol: ProbeProtocol
  /** As the SDK of the API takes it. */
  baseUrl: URL
  model: string
  /** Asked for each call; undefined: the endpoint takes no key. */
  key: (() => string) | undefined
  deadlineMs: number
  /** Repetitions where the API asks for them (429 and 503 with Retry-After). */
  retriesMax: number
  /** Value of the marker. */
  run: string
}

/** Nothing more may be asked of this account: the run ends. */
export const stopReasons = ['unauthorised', 'forbidden', 'policy', 'account'] as const
export type StopReason = (typeof stopReasons)[number]

type Answered =
  | { kind: 'answered'; exchange: Exchange }
  /** `reason`: a transport error, a decode failure or `status_NNN`. */
  | { kind: 'failed'; reason: string; stop: StopReason | undefined }

export type Asked = { requestBody: Uint8Array; ms: number } & Answered

export interface Target {
  ask(plan: RequestPlan): Promise<Asked>
}

const responseBytesMax = 4_194_304

/** Codes by which providers say that the account itself is the matter. */
const accountCodes: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'account_deactivated',
  'organization_restricted',
  'billing_error',
])

export function createTarget(
  options: TargetOptions,
  { sender, clock }: { sender: Sender; clock: Clock },
): Target {
  const wire = wires[options.protocol]
  const url = endpointUrl(options.baseUrl, wire)
  return {
    async ask(plan) {
      const requestBody = Buffer.from(JSON.stringify(wire.body(plan, options.model)))
      const begun = clock.monotonic()
      const reply = await sender.post({
        url,
        headers: {
          'content-type': 'application/json',
          ...wire.headers(options.key?.()),
          [probeMarkerHeader]: options.run,
        },
        body: requestBody,
        deadlineMs: options.deadlineMs,
        responseBytesMax,
        retriesMax: options.retriesMax,
      })
      const common = { requestBody, ms: clock.monotonic() - begun }
      if (reply.kind === 'failed') {
        return { ...common, kind: 'failed', reason: reply.reason, stop: undefined }
      }
      return { ...common, ...read(options.protocol, url, requestBody, reply) }
    },
  }
}

function read(
  protocol: ProbeProtocol,
  url: URL,
  requestBody: Uint8Array,
  { status, body }: { status: number; body: Uint8Array },
): Answered {
  const stop = stopOf(status, body)
  if (stop !== undefined) return { kind: 'failed', reason: `status_${status}`, stop }
  const decoded = decodeCaptured({
    protocol,
    method: 'POST',
    path: url.pathname,
    route: '',
    status,
    startedAt: 0,
    firstByteMs: 0,
    durationMs: 0,
    largestGapMs: 0,
    requestHeaders: {},
    responseHeaders: {},
    traceId: undefined,
    requestBody,
    responseBody: body,
  })
  if (!decoded.ok) {
    const reason = decoded.reason === 'error_status' ? `status_${status}` : decoded.reason
    return { kind: 'failed', reason, stop: undefined }
  }
  if (decoded.exchange.providerRefusals.includes('policy_error')) {
    return { kind: 'failed', reason: 'policy_error', stop: 'policy' }
  }
  return { kind: 'answered', exchange: decoded.exchange }
}

function stopOf(status: number, body: Uint8Array): StopReason | undefined {
  if (status === 401) return 'unauthorised'
  if (status === 403) return 'forbidden'
  if (status < 400) return undefined
  const parsed = parseJsonBytes(body)
  const error = parsed.ok ? objectAt(parsed.value, 'error') : undefined
  const codes = [stringAt(error, 'code'), stringAt(error, 'type')]
  return codes.some((code) => code !== undefined && accountCodes.has(code)) ? 'account' : undefined
}
