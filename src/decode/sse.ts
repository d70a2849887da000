/**
 * The only framer of server-sent events. Bytes may arrive cut anywhere, inside a character or
 * between CR and LF: the events are the same as for the uncut stream.
 * Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */

export const sseLineMax = 1024 * 1024
export const sseBytesMax = 4 * 1024 * 1024

export interface SseEvent {
  /** undefined when the stream names no type. */
  event: string | undefined
  data: string
  id?: string
}

/** Events up to a limit are handed out even when it is reached; after that the framer is spent. */
export type SsePush =
  | { ok: true; events: SseEvent[] }
  | { ok: false; reason: 'output_cap'; limit: 'line' | 'total'; events: SseEvent[] }

export interface SseFramer {
  push(bytes: Uint8Array): SsePush
  /** No more bytes: an event without its blank line is dropped, as the specification says. */
  end(): SsePush
}

export interface SseLimits {
  /** In UTF-16 units. */
  lineMax: number
  bytesMax: number
}

const lf = 0x0a

class Framer implements SseFramer {
  readonly #limits: SseLimits
  readonly #decoder = new TextDecoder()
  #bytes = 0
  #over: 'line' | 'total' | undefined
  /** The unfinished line; never searched again, so many small pushes stay linear. */
  #line = ''
  /** A CR at the end of the text so far: it may be one half of CRLF. */
  #heldCr = false
  #data: string | undefined
  #event: string | undefined
  #id: string | undefined
  #events: SseEvent[] = []

  constructor(limits: SseLimits) {
    this.#limits = limits
  }

  push(bytes: Uint8Array): SsePush {
    if (this.#over !== undefined) return this.#handOut()
    const room = this.#limits.bytesMax - this.#bytes
    const taken = bytes.byteLength > room ? bytes.subarray(0, room) : bytes
    this.#bytes += taken.byteLength
    this.#read(this.#decoder.decode(taken, { stream: true }))
    if (taken.byteLength < bytes.byteLength) this.#over ??= 'total'
    return this.#handOut()
  }

  end(): SsePush {
    if (this.#over === undefined) this.#read(this.#decoder.decode())
    return this.#handOut()
  }

  #handOut(): SsePush {
    const events = this.#events
    this.#events = []
    return this.#over === undefined
      ? { ok: true, events }
      : { ok: false, reason: 'output_cap', limit: this.#over, events }
  }

  #read(text: string): void {
    if (text === '') return
    let from = 0
    if (this.#heldCr) {
      this.#heldCr = false
      this.#endLine('')
      if (text.charCodeAt(0) === lf) from = 1
    }
    let nextLf = text.indexOf('\n', from)
    let nextCr = text.indexOf('\r', from)
    while (this.#over === undefined && (nextLf !== -1 || nextCr !== -1)) {
      const atCr = nextCr !== -1 && (nextLf === -1 || nextCr < nextLf)
      const end = atCr ? nextCr : nextLf
      if (atCr && end === text.length - 1) {
        this.#heldCr = true
        this.#keep(text.slice(from, end))
        return
      }
      this.#endLine(text.slice(from, end))
      from = end + (atCr && text.charCodeAt(end + 1) === lf ? 2 : 1)
      if (nextLf !== -1 && nextLf < from) nextLf = text.indexOf('\n', from)
      if (nextCr !== -1 && nextCr < from) nextCr = text.indexOf('\r', from)
    }
    if (this.#over === undefined) this.#keep(text.slice(from))
  }

  #keep(rest: string): void {
    this.#line += rest
    if (this.#line.length > this.#limits.lineMax) this.#over = 'line'
  }

  #endLine(rest: string): void {
    const line = this.#line === '' ? rest : this.#line + rest
    this.#line = ''
    if (line.length > this.#limits.lineMax) this.#over = 'line'
    else if (line === '') this.#dispatch()
    else this.#field(line)
  }

  #field(line: string): void {
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const start = line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1
    const value = colon === -1 ? '' : line.slice(start)
    if (name === 'data') this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`
    else if (name === 'event') this.#event = value === '' ? undefined : value
    else if (name === 'id' && !value.includes('\0')) this.#id = value
  }

  #dispatch(): void {
    if (this.#data !== undefined) {
      const event: SseEvent = { event: this.#event, data: this.#data }
      if (this.#id !== undefined) event.id = this.#id
      this.#events.push(event)
    }
    this.#data = undefined
    this.#event = undefined
    this.#id = undefined
  }
}

export const createSseFramer = (
  limits: SseLimits = { lineMax: sseLineMax, bytesMax: sseBytesMax },
): SseFramer => new Framer(limits)

/** Small steps, so that a visitor that stops early also stops the framing. */
const stepBytes = 64 * 1024

/**
 * Reads a whole body event by event. The visitor stops the reading by returning a reason, which is
 * then the result; undefined means that all events were visited.
 */
export const readSse = <Reason extends string>(
  bytes: Uint8Array,
  visit: (event: SseEvent) => Reason | undefined,
): Reason | 'output_cap' | undefined => {
  const framer = createSseFramer()
  for (let at = 0; at <= bytes.byteLength; at += stepBytes) {
    const last = at + stepBytes > bytes.byteLength
    const pushed = framer.push(bytes.subarray(at, at + stepBytes))
    const ended = last && pushed.ok ? framer.end() : pushed
    const events = ended === pushed ? pushed.events : [...pushed.events, ...ended.events]
    for (const event of events) {
      const reason = visit(event)
      if (reason !== undefined) return reason
    }
    if (!ended.ok) return ended.reason
  }
  return undefined
}
