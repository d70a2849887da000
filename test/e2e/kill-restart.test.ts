/**
 * The process is killed at moments that are drawn and started again on the same folder: it is up again soon,
 * fails nothing but what it had in flight, reads the state it finds, and records no exchange twice.
 */
import { writeFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { createRandom } from '../../src/drift/simulation/random.ts'
import { readEvidence } from '../../src/evidence/read.ts'
import { verifyEvidence } from '../../src/evidence/verify.ts'
import { startHoldfast } from './support/holdfast-process.ts'
import { requestBody } from './support/sse-stream.ts'

const kills = process.env['HOLDFAST_TEST_SLOW'] === '1' ? 100 : 2
const clients = 6
const startMsMax = 2000
const livesMsMax = 1500

/** What is recorded of every exchange; of others evidence keeps a share. */
const refusal = 'I am sorry, but I cannot help with that.'
const answer = JSON.stringify({
  object: 'chat.completion',
  model: 'model-a-2026',
  choices: [{ index: 0, message: { role: 'assistant', content: refusal }, finish_reason: 'stop' }],
})

async function startModel(t: Test): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => setTimeout(() => response.end(answer), 5))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

/** @returns whether the whole answer came */
function ask(port: number, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const path = '/v1/chat/completions'
    const headers = { 'content-type': 'application/json' }
    const req = request({ host: '127.0.0.1', port, method: 'POST', path, agent, headers })
    req.on('error', () => resolve(false))
    req.on('response', (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (part: string) => {
        text += part
      })
      res.on('error', () => resolve(false))
      res.on('end', () => resolve(res.statusCode === 200 && text === answer))
    })
    req.end(requestBody('chat', false))
  })
}

/** Waits until a life has left something on the disk. */
async function recordsGrow(folder: string): Promise<void> {
  const count = async (): Promise<number> => {
    const { segments } = await verifyEvidence(folder).catch(() => ({ segments: [] }))
    return segments.reduce((sum, { records }) => sum + records, 0)
  }
  const before = await count()
  const until = performance.now() + 60_000
  while ((await count()) <= before) {
    if (performance.now() > until) throw new Error('nothing is recorded')
    await pause(100)
  }
}

t.test(
  `killed ${kills} times and started again`,
  { timeout: 60_000 + kills * 15_000 },
  async (t) => {
    const upstream = await startModel(t)
    const root = t.testdir({})
    const folder = join(root, 'evidence')
    writeFileSync(join(root, 'secret'), 's'.repeat(40), { mode: 0o600 })
    const random = createRandom(25, 1)
    const startsMs: number[] = []
    const signals: unknown[] = []
    const figures = { asked: 0, failedAlive: 0, inFlight: 0, badState: 0 }

    const startNext = async () => {
      const from = performance.now()
      const holdfast = await startHoldfast({
        upstream,
        readyWithinMs: 60_000,
        env: {
          HOLDFAST_STATE_FILE: join(root, 'state'),
          HOLDFAST_STATE_SNAPSHOT_MS: '1000',
          HOLDFAST_EVIDENCE_FOLDER: folder,
          HOLDFAST_IDENTITY_SECRET_FILE: join(root, 'secret'),
        },
      })
      startsMs.push(performance.now() - from)
      t.teardown(() => holdfast.kill())
      return holdfast
    }
    for (let kill = 0; kill < kills; kill++) {
      const holdfast = await startNext()
      const victim = { alive: true }
      const agent = new Agent({ keepAlive: true, maxSockets: clients })
      const asking = Array.from({ length: clients }, async () => {
        while (victim.alive) {
          figures.asked++
          if (await ask(holdfast.port, agent)) continue
          if (victim.alive) figures.failedAlive++
          else figures.inFlight++
        }
      })
      // Every second one is killed while its monitor loads, the others after it has written.
      if (kill % 2 === 1) await recordsGrow(folder)
      await pause(50 + random.below(livesMsMax))
      figures.badState += (await holdfast.metric('holdfast_state_snapshot_faults_total')) ?? 0
      victim.alive = false
      holdfast.kill()
      await Promise.all(asking)
      agent.destroy()
      signals.push((await holdfast.stop()).signal)
    }
    const last = await startNext()
    await last.watches()
    figures.badState += (await last.metric('holdfast_state_snapshot_faults_total')) ?? 0
    t.equal(await last.metric('holdfast_exchanges_total'), 0, 'a new process counts from 0')
    t.same(await last.stop(), { code: 0, signal: null })

    t.same([...new Set(signals)], ['SIGKILL'], 'each was killed')
    t.equal(figures.failedAlive, 0, 'nothing failed before a kill')
    t.ok(figures.inFlight <= kills * clients, `${figures.inFlight} in flight failed`)
    t.equal(figures.badState, 0, 'every snapshot that was found could be read')
    const { segments } = await verifyEvidence(folder)
    t.same(
      segments.flatMap(({ faults }) => faults),
      [],
      'no byte of the evidence is garbage',
    )
    let recorded = 0
    const whole = segments.reduce((sum, { records }) => sum + records, 0)
    let read = 0
    for await (const { kind } of readEvidence({ folder })) {
      read++
      if (kind === 'exchange') recorded++
    }
    t.equal(read, whole, 'no record stands twice')
    t.ok(recorded > 0 && recorded <= figures.asked, `${recorded} of ${figures.asked} recorded`)
    startsMs.sort((a, b) => a - b)
    const median = startsMs[Math.floor(startsMs.length / 2)] ?? Number.NaN
    const said = `start p50 ${median.toFixed(0)} ms, max ${startsMs.at(-1)?.toFixed(0)} ms`
    // Where more wants to run than there are cores, a start says something of the machine only.
    const busy = (loadavg()[0] ?? 0) > cpus().length
    t.ok(busy || median <= startMsMax, said)
    t.comment(
      `${said}${busy ? ' on a busy machine' : ''}; ${figures.asked} asked, ${figures.inFlight} in flight failed`,
    )
  },
)
