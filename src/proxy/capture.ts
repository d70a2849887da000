/**
 * Watches every exchange and keeps a byte-capped copy of both bodies of the sampled ones. It is
 * called in passing by the forwarder: it waits for nothing, and gives a capture up,
 * with a counted reason, before it holds more than its budget.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Clock } from '../clock.ts'
import type { CapturedBodies, EndedExchange } from '../exchange/captured.ts'
import type { CaptureDrop } from '../exchange/drop.ts'
import type { Outcome, UpstreamErrorKind } from '../exchange/outcome.ts'
import { probeMarkerHeader } from '../exchange/probe-marker.ts'
import type { Protocol } from '../exchange/protocol.ts'
import { BodyCopy } from './body-copy.ts'
import type { OpenTap, Tap } from './tap.ts'

export interface CaptureOptions {
  clock: Clock
  requestBytesMax: number
  responseBytesMax: number
  /** For all open captures together. */
  budgetBytes: number
  /** By the head of a request; headers by lower-case name. */
  protocolOf(method: string, path: string, headers: IncomingHttpHeaders): Protocol
  /** Whether an exchange of this protocol is captured at all. */
  wants(protocol: Protocol): boolean
  /** Lower-case names that go to the monitor; credentials are never among them. */
  requestHeaderNames: ReadonlySet<string>
  responseHeaderNames: ReadonlySet<string>
  /** Asked as each exchange begins, and as each chunk comes: under pressure samples give way. */
  admits(): boolean
  stopped(): boolean
  sink: CaptureSink
}

export interface CaptureSink {
  sampled(protocol: Protocol): void
  /** A probe of holdfast's own, of this instance or another one: it passes and is not sampled. */
  probe(protocol: Protocol): void
  /** The upstream agreed to an upgrade. */
  tunnelled(path: string): void
  dropped(reason: CaptureDrop): void
  captured(bodies: CapturedBodies): void
  ended(exchange: EndedExchange): void
}

export type CaptureLimits = Pick<
  CaptureOptions,
  'requestBytesMax' | 'responseBytesMax' | 'budgetBytes'
>

export interface Capture {
  openTap: OpenTap
  /** For every chunk from now on. */
  limit(limits: CaptureLimits): void
  /** Bytes held by open captures now. */
  heldBytes(): number
}

export function createCapture(given: CaptureOptions): Capture {
  const options = { ...given }
  let held = 0
  const budget = {
    take(bytes: number): boolean {
      if (held + bytes > options.budgetBytes) return false
      held += bytes
      return true
    },
    give(bytes: number): void {
      held -= bytes
    },
  }
  return {
    openTap: (req, path, route, upgrade) =>
      new ExchangeTap(options, budget, req, path, route, upgrade),
    limit({ requestBytesMax, responseBytesMax, budgetBytes }) {
      Object.assign(options, { requestBytesMax, responseBytesMax, budgetBytes })
    },
    heldBytes: () => held,
  }
}

interface Budget {
  take(bytes: number): boolean
  give(bytes: number): void
}

const traceparent = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

class ExchangeTap implements Tap {
  readonly #options: CaptureOptions
  readonly #budget: Budget
  readonly #req: IncomingMessage
  readonly #path: string
  readonly #route: string
  readonly #upgrade: boolean
  readonly #protocol: Protocol
  readonly #startedAt: number
  readonly #start: number
  readonly #request = new BodyCopy()
  readonly #response = new BodyCopy()
  #capturing: boolean
  #responseHeaders: Record<string, string> = {}
  #status: number | undefined
  #errorKind: UpstreamErrorKind | undefined
  #overhead = 0
  #firstByte: number | undefined
  #lastChunk = 0
  #largestGap = 0

  constructor(
    options: CaptureOptions,
    budget: Budget,
    req: IncomingMessage,
    path: string,
    route: string,
    upgrade: boolean,
  ) {
    this.#options = options
    this.#budget = budget
    this.#req = req
    this.#path = path
    this.#route = route
    this.#upgrade = upgrade
    this.#startedAt = options.clock.now()
    this.#start = options.clock.monotonic()
    this.#protocol = options.protocolOf(req.method ?? '', path, req.headers)
    const probe = req.headers[probeMarkerHeader] !== undefined
    if (probe) options.sink.probe(this.#protocol)
    this.#capturing = !upgrade && !probe && options.wants(this.#protocol)
    if (!this.#capturing) return
    options.sink.sampled(this.#protocol)
    if (!options.admits()) this.#giveUp('shed')
  }

  requestChunk(chunk: Buffer): void {
    if (this.#capturing) {
      this.#keep(this.#request, chunk, this.#options.requestBytesMax, 'request_truncated')
    }
  }

  requestSent(): void {
    this.#overhead += this.#elapsed()
  }

  responseHead(status: number, rawHeaders: readonly string[]): void {
    this.#status = status
    if (this.#upgrade && status === 101) this.#options.sink.tunnelled(this.#path)
    this.#firstByte = this.#elapsed()
    this.#lastChunk = this.#firstByte
    if (this.#capturing) {
      this.#responseHeaders = pick(rawHeaders, this.#options.responseHeaderNames)
    }
  }

  responseSent(): void {
    this.#overhead += this.#elapsed() - (this.#firstByte ?? 0)
  }

  responseChunk(chunk: Buffer): void {
    const now = this.#elapsed()
    this.#largestGap = Math.max(this.#largestGap, now - this.#lastChunk)
    this.#lastChunk = now
    if (this.#capturing) {
      this.#keep(this.#response, chunk, this.#options.responseBytesMax, 'response_truncated')
    }
  }

  upstreamError(kind: UpstreamErrorKind): void {
    this.#errorKind = kind
  }

  end(outcome: Outcome): void {
    const exchange = this.#summary(outcome)
    this.#options.sink.ended(exchange)
    if (!this.#capturing) return
    this.#capturing = false
    const bytes = this.#request.bytes + this.#response.bytes
    this.#budget.give(bytes)
    if (outcome !== 'complete') return this.#options.sink.dropped(dropOf[outcome])
    if (this.#options.stopped()) return this.#options.sink.dropped('shed')
    this.#options.sink.captured({
      exchange,
      requestHeaders: pick(this.#req.rawHeaders, this.#options.requestHeaderNames),
      responseHeaders: this.#responseHeaders,
      request: this.#request.parts(),
      response: this.#response.parts(),
      bytes,
    })
  }

  #keep(body: BodyCopy, chunk: Buffer, bytesMax: number, truncated: CaptureDrop): void {
    if (this.#options.stopped()) this.#giveUp('shed')
    else if (body.bytes + chunk.length > bytesMax) this.#giveUp(truncated)
    else if (!this.#budget.take(chunk.length)) this.#giveUp('capture_budget')
    else body.add(chunk)
  }

  #giveUp(reason: CaptureDrop): void {
    this.#capturing = false
    this.#budget.give(this.#request.bytes + this.#response.bytes)
    this.#request.clear()
    this.#response.clear()
    this.#options.sink.dropped(reason)
  }

  #elapsed(): number {
    return this.#options.clock.monotonic() - this.#start
  }

  #summary(outcome: Outcome): EndedExchange {
    const trace = this.#req.headers['traceparent']
    return {
      protocol: this.#protocol,
      route: this.#route,
      method: this.#req.method ?? '',
      path: this.#path,
      outcome,
      status: this.#status,
      errorKind: this.#errorKind,
      startedAt: this.#startedAt,
      overheadMs: this.#overhead,
      firstByteMs: this.#firstByte,
      durationMs: this.#elapsed(),
      largestGapMs: this.#largestGap,
      traceId: typeof trace === 'string' ? traceparent.exec(trace)?.[1] : undefined,
    }
  }
}

const dropOf: Record<Exclude<Outcome, 'complete'>, CaptureDrop> = {
  client_aborted: 'client_aborted',
  upstream_reset: 'upstream_reset',
  upstream_error: 'upstream_error',
  refused: 'refused',
}

/** The named headers, first value of each. */
function pick(raw: readonly string[], names: ReadonlySet<string>): Record<string, string> {
  const picked: Record<string, string> = {}
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase()
    if (names.has(name)) picked[name] ??= raw[i + 1] ?? ''
  }
  return picked
}
