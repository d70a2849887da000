/**
 * Sends the same raw bytes to an origin twice, directly and through the proxy, and lists everything
 * that came out different, at the origin and at the client. It knows of no allowed difference: what is
 * allowed is the business of allowed-differences.ts.
 */
import { createHash } from 'node:crypto'
import { type Answered, openRawClient, type RawClient } from './raw-client.ts'
import type { Answer, RawOrigin } from './raw-origin.ts'
import { headerValues, type WireMessage } from './wire-message.ts'

export interface Probe {
  name: string
  /** Bytes written in one go, or a conversation. */
  send: string | Buffer | ((client: RawClient) => Promise<void>)
  /** One method for each final response that is expected. */
  methods: readonly string[]
  answer: Answer
}

export interface Difference {
  side: 'request' | 'response'
  what:
    | 'start-line'
    | 'header-missing'
    | 'header-added'
    | 'header-value'
    | 'header-case'
    | 'header-order'
    | 'framing'
    | 'body'
    | 'chunk-extension'
    | 'trailers'
    | 'complete'
    | 'interim'
    | 'count'
    | 'ending'
    | 'connections'
    | 'own-answer'
  /** Lower-case header name; of an ending `framed` when the body says itself that it is not whole. */
  name: string
  direct: string
  proxied: string
}

interface Observation {
  answered: Answered[]
  requests: WireMessage[]
  connections: number
  ending: string
}

export async function findDifferences(
  origin: RawOrigin,
  proxyPort: number,
  probe: Probe,
): Promise<Difference[]> {
  const direct = await observe(origin, origin.port, probe)
  const proxied = await observe(origin, proxyPort, probe)
  const found: Difference[] = []
  const note = (side: Difference['side'], what: Difference['what'], a: string, b: string): void => {
    if (a !== b) found.push({ side, what, name: '', direct: a, proxied: b })
  }
  const ownAnswers = proxied.answered.flatMap(({ response }) =>
    headerValues(response, 'x-holdfast-error'),
  )
  // An answer that holdfast gave itself differs in everything; its code says it all.
  if (ownAnswers.length > 0) {
    note('response', 'own-answer', '', ownAnswers.join())
    return found
  }
  note('request', 'connections', String(direct.connections), String(proxied.connections))
  note('request', 'count', String(direct.requests.length), String(proxied.requests.length))
  note('response', 'count', String(direct.answered.length), String(proxied.answered.length))
  if (direct.ending !== proxied.ending) {
    const framing = direct.answered.at(-1)?.response.framing
    const name = framing === undefined || framing === 'close' ? '' : 'framed'
    const { ending } = proxied
    found.push({ side: 'response', what: 'ending', name, direct: direct.ending, proxied: ending })
  }
  for (const [i, request] of direct.requests.entries()) {
    const other = proxied.requests[i]
    if (other !== undefined) found.push(...compareMessages('request', request, other))
  }
  for (const [i, { interim, response }] of direct.answered.entries()) {
    const other = proxied.answered[i]
    if (other === undefined) continue
    note('response', 'interim', show(interim), show(other.interim))
    found.push(...compareMessages('response', response, other.response))
  }
  return found
}

async function observe(origin: RawOrigin, port: number, probe: Probe): Promise<Observation> {
  origin.script(probe.answer)
  const client = await openRawClient(port)
  try {
    if (typeof probe.send === 'function') await probe.send(client)
    else client.write(probe.send)
    const answered = await client.responses(probe.methods)
    const last = answered.at(-1)?.response
    // Only where the end of the connection carries meaning for the body.
    const matters = last === undefined || last.framing === 'close' || !last.complete
    const requests = origin.requests()
    const connections = origin.answering()
    return { answered, requests, connections, ending: matters ? await client.closed : 'any' }
  } catch (error) {
    throw new Error(`${probe.name}: ${String(error)}`, { cause: error })
  } finally {
    client.destroy()
  }
}

export function compareMessages(
  side: Difference['side'],
  direct: WireMessage,
  proxied: WireMessage,
): Difference[] {
  const found: Difference[] = []
  const note = (what: Difference['what'], a: string, b: string, name = ''): void => {
    if (a !== b) found.push({ side, what, name, direct: a, proxied: b })
  }
  note('start-line', direct.startLine, proxied.startLine)
  found.push(...compareHeaders(side, direct, proxied))
  note('framing', direct.framing, proxied.framing)
  note('body', digest(direct.body), digest(proxied.body))
  note('chunk-extension', extensions(direct), extensions(proxied))
  note('trailers', JSON.stringify(direct.trailers), JSON.stringify(proxied.trailers))
  note('complete', String(direct.complete), String(proxied.complete))
  return found
}

function compareHeaders(
  side: Difference['side'],
  direct: WireMessage,
  proxied: WireMessage,
): Difference[] {
  const found: Difference[] = []
  const a = group(direct)
  const b = group(proxied)
  const note = (what: Difference['what'], name: string): void => {
    const text = (g: typeof a) => JSON.stringify(g.get(name) ?? [])
    found.push({ side, what, name, direct: text(a), proxied: text(b) })
  }
  for (const [name, lines] of a) {
    const others = b.get(name)
    if (others === undefined) note('header-missing', name)
    else if (String(lines.map(([, v]) => v)) !== String(others.map(([, v]) => v)))
      note('header-value', name)
    else if (lines.length !== others.length) note('header-value', name)
    else if (String(lines) !== String(others)) note('header-case', name)
  }
  for (const name of b.keys()) if (!a.has(name)) note('header-added', name)
  const order = (message: WireMessage) =>
    message.headers.map(([n]) => n.toLowerCase()).filter((n) => a.has(n) && b.has(n))
  const orders = [order(direct).join(' '), order(proxied).join(' ')] as const
  if (orders[0].length === orders[1].length && orders[0] !== orders[1])
    found.push({ side, what: 'header-order', name: '', direct: orders[0], proxied: orders[1] })
  return found
}

function group(message: WireMessage): Map<string, [string, string][]> {
  const groups = new Map<string, [string, string][]>()
  for (const [name, value] of message.headers) {
    const key = name.toLowerCase()
    const lines = groups.get(key) ?? []
    lines.push([name, value])
    groups.set(key, lines)
  }
  return groups
}

const digest = (body: Buffer): string =>
  `${body.length} bytes ${createHash('sha256').update(body).digest('hex')}`

const extensions = (message: WireMessage): string =>
  message.chunks
    .map((chunk) => chunk.extension)
    .filter((extension) => extension !== '')
    .join(' ')

const show = (messages: readonly WireMessage[]): string =>
  JSON.stringify(messages.map(({ startLine, headers }) => [startLine, headers]))
