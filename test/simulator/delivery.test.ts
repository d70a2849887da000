/** Answers are compressed only for those who take it, streams are whole, and end with their client. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { sendEvents, sendJson } from '../../src/simulator/delivery.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

async function serve(t: Test, handler: Handler): Promise<number> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function ask(port: number, accepts?: string): Promise<{ encoding: string; body: Buffer }> {
  const headers = accepts === undefined ? {} : { 'accept-encoding': accepts }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const encoding = response.headers['content-encoding'] ?? 'none'
        resolve({ encoding, body: Buffer.concat(parts) })
      })
    })
    sent.on('error', reject).end()
  })
}

void t.test('JSON is packed for a client that takes gzip, and for no other', async (t) => {
  const port = await serve(t, (incoming, response) => {
    sendJson(incoming, response, 200, { text: 'ü'.repeat(500) }, { gzip: true })
  })
  const plain = JSON.stringify({ text: 'ü'.repeat(500) })
  const packs: Readonly<Record<string, boolean>> = {
    gzip: true,
    'br, gzip;q=0.5': true,
    '*': true,
    'gzip;q=0': false,
    'gzip;q=0.0, br': false,
    identity: false,
    xgzip: false,
  }
  for (const [accepts, packed] of Object.entries(packs)) {
    const { encoding, body } = await ask(port, accepts)
    t.equal(encoding, packed ? 'gzip' : 'none', accepts)
    t.equal((packed ? gunzipSync(body) : body).toString(), plain, accepts)
  }
  t.equal((await ask(port)).encoding, 'none', 'without the header')
})

void t.test('a stream is whole in both forms, and says so', async (t) => {
  const events = Array.from({ length: 50 }, (_, i) => `data: {"piece":"日本 ${i}"}\n\n`)
  const whole: boolean[] = []
  const port = await serve(t, (incoming, response) => {
    void sendEvents(incoming, response, events, { paceMs: 0, gzip: true }).then((sent) => {
      whole.push(sent)
      return sent
    })
  })
  t.equal((await ask(port)).body.toString(), events.join(''))
  const { encoding, body } = await ask(port, 'gzip')
  t.equal(encoding, 'gzip')
  t.equal(gunzipSync(body).toString(), events.join(''))
  t.same(whole, [true, true])
})

void t.test(
  'a client that leaves ends the stream at once, though it would take an hour',
  async (t) => {
    const events = Array.from({ length: 60 }, (_, i) => `data: ${i}\n\n`)
    let report = (_whole: boolean): void => {}
    const reported = new Promise<boolean>((resolve) => {
      report = resolve
    })
    const port = await serve(t, (incoming, response) => {
      void sendEvents(incoming, response, events, { paceMs: 60_000, gzip: false }).then(report)
    })
    const sent = request({ host: '127.0.0.1', port, agent: false }, (response) => {
      response.once('data', () => sent.destroy())
    })
    sent.on('error', () => {})
    sent.end()
    t.equal(await reported, false)
  },
)
