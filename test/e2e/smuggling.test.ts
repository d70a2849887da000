/**
 * Requests that two parsers could cut differently, each followed by an ordinary one. What the upstream
 * is sent must read the same to every parser, and no request may appear that the proxy has not seen.
 */
import t from 'tap'
import { request, sized } from './support/bytes.ts'
import { startHoldfast } from './support/holdfast-process.ts'
import { openRawClient } from './support/raw-client.ts'
import { startRawOrigin } from './support/raw-origin.ts'
import { hiddenPath, smugglingVariants } from './support/smuggling-variants.ts'
import { headerValues, readMessage, type WireMessage } from './support/wire-message.ts'

const origin = await startRawOrigin()
const holdfast = await startHoldfast({ upstream: origin.url })
t.teardown(async () => {
  await holdfast.stop()
  await origin.close()
})

const second = request('GET /second', ['Connection: close'])

const withoutEnd = 'bytes without an end'
const hiddenSeen = 'the hidden request'

/** Why these bytes could be cut in more than one way; empty when they cannot. */
function ambiguities(received: Buffer): string[] {
  const faults: string[] = []
  let rest = received
  while (rest.length > 0) {
    const read = readMessage(rest, { kind: 'request' })
    if (read === undefined || read.length < 0) {
      faults.push(withoutEnd)
      break
    }
    faults.push(...faultsOf(read.message, rest))
    rest = rest.subarray(read.length)
  }
  return faults
}

function faultsOf(message: WireMessage, bytes: Buffer): string[] {
  const faults: string[] = []
  const lengths = headerValues(message, 'content-length')
  const encodings = headerValues(message, 'transfer-encoding')
  if (lengths.length + encodings.length > 1) faults.push('more than one length')
  if (lengths.some((length) => !/^\d{1,15}$/.test(length))) faults.push(`length ${lengths.join()}`)
  if (encodings.some((encoding) => encoding.toLowerCase() !== 'chunked'))
    faults.push(`encoding ${encodings.join()}`)
  const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n')).toString('latin1')
  if (/(?:^|[^\r])\n|\r(?!\n)|\0/.test(head)) faults.push('a bare line end or NUL in the head')
  if (message.headers.some(([name]) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)))
    faults.push('a header name that is none')
  if (message.startLine.includes(hiddenPath)) faults.push(hiddenSeen)
  return faults
}

await t.test(
  `${smugglingVariants.length} ambiguous requests: none reaches the upstream as two`,
  {
    timeout: 60_000,
  },
  async (t) => {
    const counts = { forwarded: 0, rejected: 0 }
    for (const variant of smugglingVariants) {
      origin.script(async (exchange) => {
        await exchange.request
        exchange.write(sized('200 OK', [], 'ok'))
      })
      const before = new Map(origin.connections.map((c) => [c, c.received().length]))
      const client = await openRawClient(holdfast.port)
      client.write(Buffer.concat([variant.bytes, second]))
      // A request without an end keeps the connection open: the client then leaves.
      const patience = setTimeout(() => client.destroy(), 500)
      await client.closed
      clearTimeout(patience)
      const answers =
        client
          .received()
          .toString('latin1')
          .match(/HTTP\/1\.[01] \d{3}/g) ?? []
      client.destroy()
      await holdfast.settles('holdfast_upstream_connections', 0)
      for (const connection of origin.connections) {
        const received = connection.received().subarray(before.get(connection) ?? 0)
        const faults = ambiguities(received).filter((fault) => fault !== withoutEnd)
        const allowed = variant.honest ? [hiddenSeen] : []
        t.strictSame(
          faults.filter((fault) => !allowed.includes(fault)),
          [],
          variant.name,
        )
      }
      if (origin.requests().length === 0) counts.rejected++
      else counts.forwarded++
      const most = variant.honest ? 3 : 2
      t.ok(origin.requests().length <= most, `${variant.name}: no more than were sent`)
      t.notOk(
        answers.some((answer) => / 5\d\d$/.test(answer)),
        `${variant.name}: no answer 5xx`,
      )
    }
    t.ok(smugglingVariants.length >= 100)
    t.comment(`${counts.rejected} rejected, ${counts.forwarded} forwarded`)
  },
)
