/**
 * Many slow streams at once with everything captured: none waits for another, none loses an event,
 * every one is judged, and the memory of the process stays within its bound.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import { apiShapeFor } from '../../src/simulator/apis/api-shapes.ts'
import { piecesOf } from '../../src/simulator/pieces.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'

const streams = 512
const piecesMax = 38
const paceMs = 50
/**
 * The aim is 250 MiB and is not met. Measured on Node 20, before there were detectors and probes: 249 to 264
 * in eight runs, 180 of it before the first stream; since: 331 to 368 in five, 221 to 268 before the first.
 */
const residentMax = 450
/** The upstream waits for the last one: a stream that waits for the end of another would never be served. */
const firstByteMaxMs = 10_000

const paths = ['/v1/chat/completions', '/v1/responses', '/v1/messages'] as const

interface Stream {
  path: string
  body: string
  events: readonly string[]
  sha: string
}

const sha = (texts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text)
  return hash.digest('hex')
}

/** A request and the stream that answers it, in the shape of its API, different for each. */
function streamOf(at: number): Stream {
  const path = paths[at % paths.length] ?? paths[0]
  const language = coreLanguages[at % coreLanguages.length] ?? 'en'
  const { refusals, complied, benign } = simulatorTexts[language]
  const answers = [...refusals, ...complied]
  const text = `${piecesOf(`${at} ${answers[at % answers.length]}`)
    .slice(0, piecesMax)
    .join('')}.`
  const asked = `${at}: ${benign[at % benign.length]}`
  const turns = [{ role: 'user', content: asked }]
  const body = {
    model: 'slow-model',
    stream: true,
    ...(path === '/v1/responses' ? { input: turns } : { messages: turns }),
    ...(path === '/v1/messages' ? { max_tokens: 500 } : {}),
  }
  const shape = apiShapeFor(path)
  const read = shape?.read(body)
  if (shape === undefined || read?.ok !== true) throw new Error(`no request for ${path}`)
  const events = shape.events({
    request: read.request,
    content: { kind: 'text', text, cut: false },
    model: 'slow-model',
    created: 1_700_000_000,
    idSeed: at.toString(16).padStart(48, '0'),
  })
  return { path, body: JSON.stringify(body), events, sha: sha(events) }
}

/** Sends the first event at once and the others, at their pace, when it is told to. */
async function startSlowModel(t: Test, all: readonly Stream[]) {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let answering = 0
  let mostAnswering = 0
  const stream = async (response: ServerResponse, events: readonly string[]): Promise<void> => {
    answering++
    mostAnswering = Math.max(mostAnswering, answering)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const [index, event] of events.entries()) {
      if (index === 1) await opened
      if (index > 0) await pause(paceMs)
      response.write(event)
    }
    answering--
    response.end()
  }
  const server = createServer((request, response) => {
    request.resume()
    const at = Number(request.headers['x-stream'])
    const events = all[at]?.events
    if (events === undefined) response.writeHead(404).end()
    else void stream(response, events)
  })
  await new Promise<void>((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: streams }, resolve)
  })
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, open, mostAnswering: () => mostAnswering }
}

interface Received {
  sha: string
  firstByteMs: number
}

/** One connection for each stream, as that many clients would have. */
function receive(
  port: number,
  { path, body }: Stream,
  at: number,
  onFirstByte: () => void,
): Promise<Received> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        agent: false,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-session-id': `stream-${at}`,
          'x-stream': String(at),
        },
      },
      (response) => {
        const hash = createHash('sha256')
        let firstByteMs: number | undefined
        response.on('data', (bytes: Buffer) => {
          if (firstByteMs === undefined) {
            firstByteMs = performance.now() - started
            onFirstByte()
          }
          hash.update(bytes)
        })
        response.once('end', () => {
          resolve({ sha: hash.digest('hex'), firstByteMs: firstByteMs ?? Number.NaN })
        })
        response.once('error', reject)
      },
    )
    request.once('error', reject)
    request.end(body)
  })
}

/** tap loads a module of its own into every Node process it starts, and that module takes memory. */
function plainNode(t: Test): string {
  const path = join(t.testdir({}), 'node')
  const node = process.env['HOLDFAST_TEST_NODE'] ?? process.execPath
  writeFileSync(path, `#!/bin/sh\nexec env -u NODE_OPTIONS '${node}' "$@"\n`, { mode: 0o755 })
  return path
}

/** Asked seldom: thousands of scrapes would be measured with the streams. */
async function becomes(holdfast: HoldfastProcess, name: string, value: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if ((await holdfast.metric(name)) === value) return
    await pause(50)
  }
  throw new Error(`${name} does not become ${value}`)
}

void t.test(`${streams} slow streams at once arrive whole and are all judged`, async (t) => {
  const all = Array.from({ length: streams }, (_, at) => streamOf(at))
  const events = all.map((stream) => stream.events.length)
  t.ok(Math.max(...events) >= 40, `up to ${Math.max(...events)} events a stream`)
  const model = await startSlowModel(t, all)
  const holdfast = await startHoldfast({ upstream: model.url, node: plainNode(t) })
  t.teardown(() => holdfast.stop())
  await becomes(holdfast, 'holdfast_monitor_up', 1)

  let begun = 0
  let openStreams: number | undefined
  let resident = 0
  const watch = new AbortController()
  const watched = (async () => {
    while (!watch.signal.aborted) {
      resident = Math.max(resident, holdfast.residentMiB())
      await pause(20)
    }
  })()
  // The upstream goes on only when every client has its first byte: one that waits for another's
  // end would wait for ever.
  const goOn = async (): Promise<void> => {
    openStreams = await holdfast.metric('holdfast_upstream_connections')
    model.open()
  }
  const onFirstByte = (): void => {
    begun++
    if (begun === streams) void goOn()
  }
  const received = await Promise.all(
    all.map((stream, at) => receive(holdfast.port, stream, at, onFirstByte)),
  )
  await becomes(holdfast, 'holdfast_in_flight', 0)
  watch.abort()
  await watched

  t.equal(model.mostAnswering(), streams, 'all were answered at the same time')
  t.equal(openStreams, streams, 'and holdfast says so')
  const broken = received.filter((one, at) => one.sha !== all[at]?.sha)
  t.equal(broken.length, 0, 'every stream has the SHA-256 of the upstream’s')
  const last = Math.max(...received.map(({ firstByteMs }) => firstByteMs))
  t.ok(last <= firstByteMaxMs, `the last first byte after ${last.toFixed(0)} ms`)
  t.equal(await holdfast.metric('holdfast_sampled_total'), streams)
  t.equal(await holdfast.metric('holdfast_judged_total', { source: 'live' }), streams)
  t.equal(await holdfast.metric('holdfast_dropped_total'), 0)
  t.equal(await holdfast.metric('holdfast_captured_bytes'), 0, 'no capture is left open')
  t.ok(resident <= residentMax, `at most ${resident.toFixed(0)} MiB resident`)
})
