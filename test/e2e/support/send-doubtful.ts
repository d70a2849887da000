/** Sends requests of doubtful length through a proxy and says what became of each at the recording upstream. */
import { request, sized } from './bytes.ts'
import { openRawClient } from './raw-client.ts'
import { type RawOrigin, startRawOrigin } from './raw-origin.ts'
import type { DoubtfulRequest } from './smuggling-matrix.ts'
import { headerValues, readMessage, type WireMessage } from './wire-message.ts'

export type Verdict = 'rejected' | 'forwarded' | 'desync'

export interface Outcome {
  sent: DoubtfulRequest
  verdict: Verdict
  /** Why it is a desync. */
  reasons: string[]
  /** Statuses that the client was given, in order. */
  statuses: number[]
}

export interface SendOptions {
  /** Of the proxy. */
  port: number
  /** Where its requests end up, straight or through another server. */
  recorder: RawOrigin
  /** The recorder is the proxy's own upstream: what it is sent must read the same to every parser. */
  straight: boolean
  clients?: number
  /** A request without an end keeps its connection open: the client then leaves. */
  patienceMs?: number
}

export const startRecorder = (): Promise<RawOrigin> =>
  startRawOrigin(async (exchange) => {
    await exchange.request
    exchange.write(sized('200 OK', [], 'ok'))
  })

export async function sendDoubtful(
  requests: readonly DoubtfulRequest[],
  options: SendOptions,
): Promise<Outcome[]> {
  const { port, clients = 100, patienceMs = 1500 } = options
  const answers: string[] = requests.map(() => '')
  let next = 0
  const client = async (): Promise<void> => {
    for (let n = next++; n < requests.length; n = next++) {
      answers[n] = await sendOne(port, requests[n]?.bytes(n) ?? Buffer.alloc(0), n, patienceMs)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const seen = readRecorded(options)
  return requests.map((sent, n) => {
    const messages = seen.messages.get(n) ?? []
    const paths = messages.map(({ path }) => path)
    const reasons = [...(seen.faults.get(n) ?? [])]
    if (paths.includes('hidden') && !sent.honest) reasons.push('the hidden request was seen')
    if (new Set(paths).size < paths.length) reasons.push(`seen twice: ${paths.join()}`)
    const answer = answers[n] ?? ''
    const statuses = [...answer.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map(([, status]) =>
      Number(status),
    )
    // A server in between may refuse an encoding itself (501); it is holdfast that must not fail.
    const isOwn = options.straight || /^x-holdfast-error:/im.test(answer)
    if (isOwn && statuses.some((status) => status >= 500)) reasons.push('an answer 5xx')
    const reached = paths.includes('first')
    const verdict = reasons.length > 0 ? 'desync' : reached ? 'forwarded' : 'rejected'
    return { sent, verdict, reasons, statuses }
  })
}

async function sendOne(
  port: number,
  first: Buffer,
  n: number,
  patienceMs: number,
): Promise<string> {
  const client = await openRawClient(port)
  client.write(Buffer.concat([first, request(`GET /second-${n}`, ['Connection: close'])]))
  const patience = setTimeout(() => client.destroy(), patienceMs)
  await client.closed
  clearTimeout(patience)
  client.destroy()
  return client.received().toString('latin1')
}

interface Recorded {
  messages: Map<number, { path: string }[]>
  faults: Map<number, string[]>
}

function readRecorded({ recorder, straight }: SendOptions): Recorded {
  const recorded: Recorded = { messages: new Map(), faults: new Map() }
  const add = <Item>(to: Map<number, Item[]>, n: number, item: Item): void => {
    to.set(n, [...(to.get(n) ?? []), item])
  }
  for (const connection of recorder.connections) {
    let rest = connection.received()
    while (rest.length > 0) {
      const read = readMessage(rest, { kind: 'request' })
      if (read === undefined) break
      const [, path = 'strange', number = '-1'] =
        /\/(first|hidden|second)-(\d+)/.exec(read.message.startLine) ?? []
      add(recorded.messages, Number(number), { path })
      if (straight) {
        for (const fault of faultsOf(read.message, rest))
          add(recorded.faults, Number(number), fault)
      }
      if (read.length < 0) break
      rest = rest.subarray(read.length)
    }
  }
  return recorded
}

/** Why this head could be cut in more than one way. */
function faultsOf(message: WireMessage, from: Buffer): string[] {
  const faults: string[] = []
  const lengths = headerValues(message, 'content-length')
  const encodings = headerValues(message, 'transfer-encoding')
  if (lengths.length + encodings.length > 1) faults.push('more than one length')
  if (lengths.some((length) => !/^\d{1,15}$/.test(length))) faults.push(`length ${lengths.join()}`)
  // Chunked once and as the last one is a length that every parser reads the same (RFC 9112 section 6.3).
  if (encodings.some((encoding) => !/^(?:(?:gzip|deflate|compress), )?chunked$/i.test(encoding))) {
    faults.push(`encoding ${encodings.join()}`)
  }
  const head = from.subarray(0, from.indexOf('\r\n\r\n')).toString('latin1')
  if (/(?:^|[^\r])\n|\r(?!\n)|\0/.test(head)) faults.push('a bare line end or NUL in the head')
  if (message.headers.some(([name]) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))) {
    faults.push('a header name that is none')
  }
  if (!/^[A-Z]+ \S+ HTTP\/1\.1$/.test(message.startLine)) faults.push('a start line that is none')
  return faults
}
