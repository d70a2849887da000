/** The TCP proxy that breaks things in the fault runs does exactly what it was told; the checker can fail. */
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { type FaultProxy, startFaultProxy } from '../faults/support/fault-proxy.ts'
import {
  addedLatency,
  checkConservation,
  checkSecrets,
  checkTraffic,
} from '../faults/support/invariants.ts'
import type { Asked } from '../faults/support/load.ts'
import { plantedSecrets, seededAnswer, seededRequest } from '../faults/support/seeded.ts'

const body = 'x'.repeat(1000)

async function setUp(t: Test): Promise<FaultProxy> {
  const server = createServer((_req, res) => res.end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const wire = await startFaultProxy({ port: (server.address() as AddressInfo).port })
  t.teardown(async () => {
    await wire.close()
    server.close()
  })
  return wire
}

const ask = (port: number): Promise<{ bytes: number; complete: boolean } | string> =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port, agent: false }, (res) => {
      let bytes = 0
      res.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      res.on('error', () => {})
      res.on('close', () => resolve({ bytes, complete: res.complete }))
    }).on('error', (error) => resolve(error.message))
  })

t.test(
  'an answer passes, or is cut behind the byte that was named, and that is counted',
  async (t) => {
    const wire = await setUp(t)
    t.strictSame(await ask(wire.port), { bytes: 1000, complete: true })
    const cut = { kind: 'cut', share: 1, by: 'fin', random: () => 0 } as const
    let headBytes = 0
    for (const at of [500, 700, 900]) {
      wire.set({ ...cut, at: () => at })
      const answer = await ask(wire.port)
      if (typeof answer === 'string') return t.fail(answer)
      headBytes ||= at - answer.bytes
      t.strictSame(answer, { bytes: at - headBytes, complete: false }, `cut behind ${at}`)
      t.equal(wire.injected(), 1)
    }
    t.ok(headBytes > 50 && headBytes < 400, `${headBytes} bytes are the head`)
    wire.set({ ...cut, share: 0.5, at: () => 0, random: () => 0.5 })
    t.strictSame(await ask(wire.port), { bytes: 1000, complete: true }, 'not drawn, not cut')
    wire.set({ ...cut, at: () => 0, by: 'rst' })
    t.match(await ask(wire.port), /ECONNRESET|hang up/)
  },
)

t.test('it refuses, delays, and holds until it is told to pass', async (t) => {
  const wire = await setUp(t)
  wire.set({ kind: 'refuse' })
  t.match(await ask(wire.port), /ECONNRESET|hang up/)
  t.equal(wire.injected(), 1)
  wire.set({ kind: 'delay', ms: 150 })
  const from = performance.now()
  t.strictSame(await ask(wire.port), { bytes: 1000, complete: true })
  t.ok(performance.now() - from >= 149, 'late')
  wire.set({ kind: 'hold' })
  const held = ask(wire.port)
  const first = await Promise.race([
    held,
    new Promise((resolve) => setTimeout(resolve, 200, 'held')),
  ])
  t.equal(first, 'held')
  wire.set({ kind: 'pass' })
  t.strictSame(await held, { bytes: 1000, complete: true })
})

t.test('both sides compute the same bytes from a seed, and others from another', async (t) => {
  t.equal(seededAnswer(3, 17, 'sse').sha256, seededAnswer(3, 17, 'sse').sha256)
  t.not(seededAnswer(3, 17, 'sse').sha256, seededAnswer(4, 17, 'sse').sha256)
  t.not(seededAnswer(3, 17, 'sse').sha256, seededAnswer(3, 18, 'sse').sha256)
  t.ok(seededRequest(3, 17, 'json').equals(seededRequest(3, 17, 'json')))
  t.notOk(seededRequest(3, 17, 'json').equals(seededRequest(3, 18, 'json')))
})

const asked = (phase: Asked['phase'], outcome: Asked['outcome'], firstByteMs = 1): Asked => ({
  phase,
  outcome,
  firstByteMs,
})
const broken = { kind: 'broken', bytes: 3, body: Buffer.alloc(3) } as const

t.test('a failure is a violation unless the fault brings it, a change always is one', async (t) => {
  const all = [asked('before', { kind: 'ok' }), asked('during', broken)]
  t.strictSame(
    checkTraffic(all, [], () => true),
    [],
  )
  t.strictSame(
    checkTraffic(all, [], () => false),
    ['I1: 1 of 2, during: broken behind 3 bytes'],
  )
  t.strictSame(
    checkTraffic([asked('after', broken)], [], () => true),
    ['I1: 1 of 1, after: broken behind 3 bytes'],
  )
  const wrong = asked('during', { kind: 'wrong', what: 'changed' })
  t.strictSame(
    checkTraffic([wrong], [], () => true),
    ['I2: 1 of 1, during: changed'],
  )
})

t.test('latency is compared four ways, so that a slow machine is no finding', async (t) => {
  const ok = { kind: 'ok' } as const
  const through = [asked('before', ok, 3), asked('during', ok, 13)]
  const direct = [asked('before', ok, 1), asked('during', ok, 10)]
  t.strictSame(addedLatency(through, direct), { p50: 1, p99: 1 })
  t.strictSame(addedLatency(through, []), { p50: undefined, p99: undefined })
})

t.test('a sample that is nowhere, and a secret that is somewhere, are found', async (t) => {
  const metrics = [
    'holdfast_sampled_total{protocol="a"} 5',
    'holdfast_judged_total{source="live"} 3',
    'holdfast_dropped_total{stage="capture",reason="shed"} 1',
    'holdfast_in_flight 1',
  ].join('\n')
  t.strictSame(checkConservation(metrics), [])
  t.strictSame(checkConservation(metrics.replace('in_flight 1', 'in_flight 0')), [
    'I6: 5 sampled, 4 accounted for',
  ])
  const folder = t.testdir({
    log: `a ${plantedSecrets.cookie} b`,
    identity: plantedSecrets.identity,
  })
  t.strictSame(checkSecrets(folder, ['clean']), ['I8: the secret cookie is in log'])
  t.strictSame(checkSecrets(t.testdir({}), [`x ${plantedSecrets.query}`]), [
    'I8: the secret query is in the log or the metrics',
  ])
  t.strictSame(checkSecrets(t.testdir({}), ['uncaughtException']), [
    'I8: an error that nobody caught is in the log',
  ])
})
