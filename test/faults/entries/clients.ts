/** Faults of the clients' side: F06 to F10, F33, F38, F39. */
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { fetchText } from '../../e2e/support/holdfast-process.ts'
import type { Fault, Scenario } from '../fault.ts'
import { pause } from '../support/load.ts'
import { sizedSha } from '../support/model.ts'
import { times } from '../support/outcomes.ts'
import { openFiles, residentMb, type Scene, withinMs } from '../support/scene.ts'

function open(scene: Scene, count: number): Promise<Socket[]> {
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(scene.holdfast.port, '127.0.0.1')
          socket.once('connect', () => resolve(socket))
          socket.on('error', reject)
        }),
    ),
  )
}

/** The answers that are not going to be read, read by as many clients. */
async function read(scene: Scene, count: number): Promise<void> {
  const order = { kind: 'sized', bytes: unread } as const
  for (let left = count; left > 0; left -= 20) {
    const asks = Array.from({ length: Math.min(20, left) }, () =>
      scene.ask({ order, agent: false }),
    )
    await Promise.all(asks)
  }
}

/** Answers wait for clients that do not read them, beside those of the load. */
async function heldUp(scene: Scene, count: number): Promise<void> {
  const least = scene.scale.clients + count / 4
  let waiting = 0
  await scene.until(
    `${least} answers wait`,
    async () => {
      waiting = await scene.metric('holdfast_upstream_connections')
      return waiting >= least
    },
    15_000,
  )
  scene.injected(waiting, 'answers that wait for clients')
}

/** More than the kernel takes for a client that does not read. */
const unread = 8 << 20

const sizedRequest = (bytes: number): string =>
  `POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nx-fault: ${JSON.stringify({ kind: 'sized', bytes })}\r\n\r\n{}`

const aborts = (variant: string, leave: (scene: Scene) => Promise<string>): Scenario => ({
  variant,
  sets: variant === 'before the head' ? ['smoke', 'commit'] : ['smoke'],
  async run(scene) {
    const total = times(scene, 300)
    const late: number[] = []
    const one = async (): Promise<void> => {
      const id = await leave(scene)
      const leftAt = performance.now()
      while (scene.model.abortedAt(id) === undefined && performance.now() - leftAt < 10_000)
        await pause(5)
      // Left before it was passed on: nobody has to know.
      if (!scene.model.began(id)) return
      late.push((scene.model.abortedAt(id) ?? Number.POSITIVE_INFINITY) - leftAt)
    }
    for (let left = total; left > 0; left -= 15) {
      await Promise.all(Array.from({ length: Math.min(15, left) }, one))
    }
    scene.injected(late.length, 'clients that left while their request was at the model')
    const slowest = Math.max(...late)
    const bound = withinMs(scene, 100, 10_000)
    scene.expect(
      slowest < bound,
      `of ${late.length} upstreams one was free ${slowest.toFixed(0)} ms after its client`,
    )
    late.sort((a, b) => a - b)
    scene.note(
      `${late.length} left; p50 ${(late[Math.floor(late.length / 2)] ?? 0).toFixed(0)} ms, p99 ${(late[Math.floor(late.length * 0.99)] ?? 0).toFixed(0)} ms until the model knew`,
    )
  },
})

/** Leaves after a time that is drawn, with the answer of an order in some state of progress. */
const leaveAnswer = (kind: 'stall_head' | 'endless') => async (scene: Scene) => {
  const leaveMs = 60 + scene.random.below(120)
  const { id } = await scene.ask({ order: { kind, ms: 60_000 }, leaveMs, agent: false })
  // An endless answer ends for `ask` as the request is destroyed; both know at the same time.
  return id
}

let uploads = 0
/** Leaves in the middle of its own body. */
function leaveUpload(scene: Scene): Promise<string> {
  const id = `upload-${scene.seed}-${uploads++}`
  return new Promise((resolve) => {
    const req = request({
      host: '127.0.0.1',
      port: scene.holdfast.port,
      method: 'POST',
      path: '/v1/chat/completions',
      agent: false,
      headers: { 'content-length': 1_000_000, 'x-id': id },
    })
    req.on('error', () => {})
    req.write(Buffer.alloc(1 + scene.random.below(100_000), 'a'))
    setTimeout(() => {
      req.destroy()
      resolve(id)
    }, 100 + scene.random.below(50))
  })
}

/** Uploads and downloads at the same time; bodies are made and checked piece by piece. */
async function bigBodies(scene: Scene, megabytes: number, parallel: number): Promise<void> {
  const bytes = megabytes << 20
  const before = residentMb(scene.holdfast.pid)
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, residentMb(scene.holdfast.pid))
  }, 50)
  const whole = sizedSha(bytes)
  const down = async (): Promise<void> => {
    const { outcome } = await scene.ask({
      order: { kind: 'sized', bytes },
      sha256: whole,
      agent: false,
    })
    scene.expect(outcome.kind === 'ok', `I2: ${megabytes} MB down: ${outcome.kind}`)
  }
  await Promise.all(Array.from({ length: parallel }, down))
  await Promise.all(Array.from({ length: parallel }, (_, i) => upload(scene, i, bytes)))
  clearInterval(watch)
  scene.injected(parallel, 'large bodies each way')
  scene.expect(most - before <= 64, `I4: ${(most - before).toFixed(0)} MB more resident`)
  scene.note(`${parallel} x ${megabytes} MB each way: RSS +${(most - before).toFixed(0)} MB`)
}

const block = Buffer.alloc(1 << 20, 'an upload of one block over and over. ')

function upload(scene: Scene, index: number, bytes: number): Promise<void> {
  const id = `big-${scene.seed}-${index}-${Date.now()}`
  const hash = createHash('sha256')
  return new Promise((resolve) => {
    const req = request({
      host: '127.0.0.1',
      port: scene.holdfast.port,
      method: 'POST',
      path: '/v1/chat/completions',
      agent: false,
      headers: { 'content-length': bytes, 'x-id': id, 'x-fault': '{"kind":"sized","bytes":2}' },
    })
    req.on('error', (error) => {
      scene.expect(false, `I1: an upload of ${bytes} bytes: ${error.message}`)
      resolve()
    })
    req.on('response', (res) => {
      res.resume()
      res.on('end', () => {
        const same = scene.model.takeRequestSha(id) === hash.digest('hex')
        scene.expect(same, `I2: an upload of ${bytes} bytes arrived changed`)
        resolve()
      })
    })
    let left = bytes
    const more = (): void => {
      while (left > 0) {
        const part = block.subarray(0, Math.min(left, block.length))
        left -= part.length
        hash.update(part)
        if (!req.write(part)) return void req.once('drain', more)
      }
      req.end()
    }
    more()
  })
}

async function idle(scene: Scene, count: number): Promise<void> {
  const { pid } = scene.holdfast
  const before = residentMb(pid)
  const files = openFiles(pid)
  const sockets: Socket[] = []
  for (let left = count; left > 0; left -= 200) {
    sockets.push(...(await open(scene, Math.min(200, left))))
  }
  await pause(1500)
  const held = openFiles(pid) - files
  const gauge = await scene.metric('holdfast_client_connections')
  const grown = residentMb(pid) - before
  scene.injected(held, 'descriptors of idle connections')
  // A connection of the load, or its upstream's, may have been closed meanwhile.
  const own = 2 * scene.scale.clients
  scene.expect(held >= count - own, `${held} descriptors for ${count} connections`)
  const left = sockets.filter(({ readyState }) => readyState !== 'open').length
  scene.expect(left === 0, `${left} of ${count} idle connections are no longer open`)
  scene.expect(gauge >= count, `holdfast_client_connections is ${gauge}`)
  scene.expect(grown <= 120, `I4: ${grown.toFixed(0)} MB more resident`)
  scene.note(`${count} idle connections: RSS +${grown.toFixed(0)} MB`)
  await pause(2000 * scene.scale.factor)
  for (const socket of sockets) socket.destroy()
}

export const clientFaults: readonly Fault[] = [
  {
    id: 'F06',
    name: 'slow clients',
    injects: '200 clients that read nothing of 8 MB, or a byte a second',
    promise: 'others unaffected; 64 KB each and what the kernel holds',
    observe: 'process memory, I3',
    scenarios: [
      {
        variant: 'not reading',
        async run(scene) {
          const total = times(scene, 200)
          // A process grows with the first gigabyte that it moves, whether its clients read or not.
          await read(scene, total)
          const before = residentMb(scene.holdfast.pid)
          const sockets = await open(scene, total)
          for (const socket of sockets) {
            socket.pause()
            socket.write(sizedRequest(unread))
          }
          await pause(3000 * scene.scale.factor + 500)
          await heldUp(scene, total)
          const grown = residentMb(scene.holdfast.pid) - before
          for (const socket of sockets) socket.destroy()
          // Captures that are open keep up to capture.budget_bytes besides.
          const most = 64 + (total * 64) / 1024
          scene.expect(
            grown <= most,
            `I4: ${grown.toFixed(0)} MB for ${total} clients that do not read`,
          )
          scene.note(`${total} clients: RSS ${grown < 0 ? '' : '+'}${grown.toFixed(0)} MB`)
        },
      },
      {
        variant: 'a byte a second',
        async run(scene) {
          const total = times(scene, 200)
          const sockets = await open(scene, total)
          for (const socket of sockets) {
            socket.pause()
            socket.write(sizedRequest(unread))
          }
          await pause(500)
          await heldUp(scene, total)
          for (let second = 0; second < 3; second++) {
            await pause(1000)
            for (const socket of sockets) socket.read(1)
          }
          for (const socket of sockets) socket.destroy()
          scene.note(`${total} clients`)
        },
      },
    ],
  },
  {
    id: 'F07',
    name: 'clients leave',
    injects:
      'the connection is destroyed before the head, in a stream, in an upload, at a moment that is drawn',
    promise: 'the upstream knows within 100 ms; no descriptor stays',
    observe: 'the moment at which the model saw the end; open files',
    tests: [
      { file: 'test/e2e/support/abort-suite.ts', title: 'after all aborts nothing is left open' },
    ],
    scenarios: [
      aborts('before the head', leaveAnswer('stall_head')),
      aborts('in a stream', leaveAnswer('endless')),
      aborts('in an upload', leaveUpload),
    ],
  },
  {
    id: 'F08',
    name: '10,000 idle connections and live load',
    injects: 'connections that say nothing',
    promise: 'I1 to I3; RSS +120 MB at the most; closed by the limit for heads (F09)',
    observe: 'client_connections; process memory',
    scenarios: [{ variant: 'beside the load', run: (scene) => idle(scene, times(scene, 10_000)) }],
  },
  {
    id: 'F09',
    name: 'slowloris',
    injects: '500 clients that send a byte of their head every second',
    promise: 'others unaffected; closed within 75 s',
    observe: 'client_connections',
    scenarios: [
      {
        variant: 'heads',
        once: true,
        async run(scene) {
          const total = times(scene, 500)
          const sockets = await open(scene, total)
          const from = performance.now()
          const closed = { count: 0, lastMs: 0 }
          for (const socket of sockets) {
            socket.write('POST / HTTP/1.1\r\nhost: a\r\nx-slow: ')
            socket.resume()
            socket.once('close', () => {
              closed.count++
              closed.lastMs = performance.now() - from
            })
          }
          const drip = setInterval(() => {
            for (const socket of sockets) if (!socket.destroyed) socket.write('a')
          }, 1000)
          const lastMs = scene.scale.factor < 1 ? 3000 : 80_000
          while (closed.count < sockets.length && performance.now() - from < lastMs)
            await pause(200)
          clearInterval(drip)
          scene.injected(
            sockets.filter(({ bytesWritten }) => bytesWritten > 33).length,
            'heads that drip',
          )
          for (const socket of sockets) socket.destroy()
          if (scene.scale.factor < 1) return
          scene.expect(
            closed.count === total,
            `${closed.count} of ${total} were closed within 80 s`,
          )
          scene.note(`${total} closed after ${(closed.lastMs / 1000).toFixed(0)} s`)
        },
      },
    ],
  },
  {
    id: 'F10',
    name: 'very large bodies',
    injects: '100 MB down and then up, 10 at a time',
    promise: 'identical; RSS +64 MB at the most; the capture is given up and counted',
    observe: 'dropped_total{reason="response_truncated"}; process memory',
    tests: [{ file: 'test/e2e/byte-identity.test.ts', title: 'MB' }],
    scenarios: [
      {
        variant: '100 MB x 10',
        settings: async () => ({ HOLDFAST_CAPTURE_BUDGET_BYTES: '8388608' }),
        async run(scene) {
          const whole = scene.scale.factor >= 1
          await bigBodies(scene, whole ? 100 : 20, whole ? 10 : 4)
          const truncated = await scene.metric('holdfast_dropped_total', {
            reason: 'response_truncated',
          })
          scene.expect(truncated > 0, 'I5: no capture was counted as truncated')
        },
      },
    ],
  },
  {
    id: 'F33',
    name: 'scrape storm, and labels of attackers',
    injects: '100 scrapes a second while requests name 2,000 models and languages of their own',
    promise: 'series stay below the cap; the thread stands still for 20 ms at the most',
    observe: 'series; label_overflow_total; event_loop_lag',
    tests: [
      {
        file: 'test/app.test.ts',
        title: '10,000 invented models, users and languages make no series beyond the closed sets',
      },
    ],
    scenarios: [
      {
        variant: '100 a second',
        async run(scene) {
          const until = performance.now() + 3000 * scene.scale.factor + 500
          const series = await scene.metric('holdfast_series')
          let scrapes = 0
          const scraping = (async () => {
            while (performance.now() < until) {
              void fetchText(scene.holdfast.adminPort, '/metrics').catch(() => '')
              scrapes++
              await pause(10)
            }
          })()
          let named = 0
          while (performance.now() < until) {
            const model = `attacker-${scene.seed}-${named++}`
            const content = `${scene.random.below(1e9)}`
            const body = Buffer.from(
              JSON.stringify({ model, messages: [{ role: 'user', content }] }),
            )
            await scene.ask({ body, headers: { 'x-session-id': model } })
          }
          await scraping
          await pause(500)
          const after = await scene.metric('holdfast_series')
          scene.expect(after <= series + 20 * 5 + 50, `${series} series became ${after}`)
          scene.injected(Math.min(scrapes, named), 'scrapes beside names of attackers')
          scene.note(`${scrapes} scrapes, ${named} names: ${after - series} series more`)
        },
      },
    ],
  },
  {
    id: 'F38',
    name: 'edges of HTTP/1.1',
    injects:
      '100-continue, HEAD, 204, 304, 1xx, trailers, pipelining, chunk extensions, empty chunks',
    promise: 'the differences of docs/allowed-differences.md and no others',
    observe: 'raw bytes on both sides',
    tests: [
      {
        file: 'test/e2e/differences.test.ts',
        title: 'docs/allowed-differences.md lists exactly the differences that exist',
      },
      {
        file: 'test/e2e/smuggling.test.ts',
        title: 'ambiguous requests: none reaches the upstream as two',
      },
    ],
  },
  {
    id: 'F39',
    name: 'upgrades',
    injects: 'WebSocket and h2c offers',
    promise: 'tunnelled one to one; h2c is declined and served',
    observe: 'raw bytes on both sides',
    tests: [
      { file: 'test/e2e/upgrade.test.ts', title: 'bytes pass both ways unchanged, 5 MB each' },
      { file: 'test/e2e/upgrade.test.ts', title: 'after all tunnels nothing is left open' },
    ],
  },
]
