/** The page over real sockets: what is sent when, to whom, and how large it gets. */
import http from 'node:http'
import t, { type Test } from 'tap'
import { createAdmin } from '../../../src/admin/server.ts'
import type { ExchangeRow } from '../../../src/admin/status/exchanges.ts'
import type { StatusOptions } from '../../../src/admin/status/routes.ts'
import { systemClock } from '../../../src/clock.ts'
import { profileJson } from '../../../src/profile/profile-file.ts'
import type { OperatorAnswer } from '../../../src/watch/operator.ts'
import { probeRow } from '../../profile/example-row.ts'
import { exampleFacts, judged, recorderOf } from './example.ts'

const hostile = '<img src=x onerror=alert(1)>'

/** So many detectors, each with a week of hours. */
function manyDetectors(count: number): Readonly<Record<string, OperatorAnswer>> {
  const ids = Array.from({ length: count }, (_, i) => `detector-${i}`)
  const points = Array.from({ length: 168 }, (_, tick) => ({ tick, ratio: (tick % 10) / 10 }))
  return {
    detectors: {
      ok: true,
      body: {
        threshold: 360_000,
        partial: false,
        folded_tick: 168,
        tick_ms: 3_600_000,
        judge_version: hostile,
        detectors: ids.map((id, i) => ({
          id,
          metric: 'refusal_gap',
          null: 'drift',
          language: i === 0 ? hostile : 'bn',
          set: 'should_refuse',
          g0: 0.02,
          source: 'configured',
          evidence_ratio: i % 3 === 0 ? 1 : 0.5,
          differences: 400,
          active_ticks: 160,
          episodes: 1,
          open_since_tick: i % 3 === 0 ? 100 : null,
        })),
      },
    },
    detector_histories: { ok: true, body: { histories: new Map(ids.map((id) => [id, points])) } },
  }
}

const none: OperatorAnswer = { ok: false, failure: 'not_found', reason: 'none' }

async function open(t: Test, options: Partial<StatusOptions> = {}) {
  const recorder = recorderOf()
  judged(recorder, 'en', 90, 10)
  judged(recorder, 'bn', 30, 70)
  const answers = manyDetectors(2)
  const admin = createAdmin({
    recorder,
    ready: () => true,
    log: { scrapeFailed: (error) => t.fail(String(error)) },
    status: {
      facts: () => exampleFacts,
      figures: recorder,
      ask: async ({ kind }) => answers[kind] ?? none,
      monitorUp: () => true,
      inFlight: () => 0,
      exchanges: undefined,
      beyondLoopback: false,
      token: undefined,
      clock: systemClock,
      ...options,
    },
  })
  const { port } = await admin.listen('127.0.0.1', 0)
  t.teardown(() => admin.close())
  const send = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })
  return { send, port }
}

void t.test('the page is whole, escaped, and under a policy that loads nothing', async (t) => {
  const { send } = await open(t)
  const response = await send('/')
  const page = await response.text()
  t.equal(response.status, 200)
  t.match(page, /^<!doctype html>\n<html lang="en">[^]*<\/body><\/html>\n$/)
  t.notMatch(page, hostile)
  t.match(page, '&lt;img src=x onerror=alert(1)&gt;')
  const policy = response.headers.get('content-security-policy') ?? ''
  t.match(policy, /^default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; /)
  t.match(policy, "frame-ancestors 'none'")
  t.notMatch(policy, 'unsafe')
  t.equal(response.headers.get('referrer-policy'), 'no-referrer')
  t.equal(response.headers.get('x-content-type-options'), 'nosniff')
  t.equal(response.headers.get('cache-control'), 'no-store')
  const part = await (await send('/?fragment=1')).text()
  t.match(part, /^<h1 class="drifting" data-headline="Drifting: /)
  t.notMatch(part, '<html')
})

void t.test('with a thousand detectors and every page of them, none is over 150 KB', async (t) => {
  const long = 'a'.repeat(120)
  const rows = Array.from({ length: 1000 }, (_, n) =>
    probeRow({ condition: `${long},depth=${n}`, model: long, scaffold: 'ab'.repeat(32) }),
  )
  const answers = {
    ...manyDetectors(1000),
    profile: { ok: true, body: profileJson(rows) } satisfies OperatorAnswer,
  }
  const { send } = await open(t, {
    ask: async ({ kind }) => new Map(Object.entries(answers)).get(kind) ?? none,
  })
  for (const path of [
    '/',
    '/status/detectors',
    '/status/detectors?page=20',
    '/status/detectors/detector-3',
    '/status/strata',
    '/status/profile',
    '/status/profile?page=20',
  ]) {
    const page = await (await send(path)).text()
    t.match(page, '</html>')
    t.ok(page.length > 10_000 && Buffer.byteLength(page) <= 150_000, `${path}: ${page.length}`)
  }
  t.match(await (await send('/status/detectors?page=20')).text(), 'Detectors 951 to 1,000 of 1,000')
  t.match(await (await send('/status/profile?page=20')).text(), 'Rows 951 to 1,000 of 1,000')
})

void t.test(
  'while the monitor hangs the frame is there before it gives up, and then the rest',
  async (t) => {
    const { port } = await open(t, { ask: () => new Promise(() => undefined) })
    const started = performance.now()
    const { first, all } = await new Promise<{ first: number; all: string }>((resolve, reject) => {
      http
        .get({ host: '127.0.0.1', port, path: '/' }, (response) => {
          let first: number | undefined
          let all = ''
          response.setEncoding('utf8')
          response.on('data', (text: string) => {
            first ??= performance.now() - started
            all += text
          })
          response.on('end', () => resolve({ first: first ?? 0, all }))
        })
        .on('error', reject)
    })
    // The monitor is given 1.5 s.
    t.ok(first < 1200, `first byte after ${first} ms`)
    t.match(all, 'The monitor does not answer.')
    t.match(all, '</html>')
  },
)

void t.test('another host on loopback is refused, and metrics stay as they are', async (t) => {
  const { port } = await open(t)
  const get = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host: 'evil.example' }
      http
        .get({ host: '127.0.0.1', port, path, headers }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
        .on('error', reject)
    })
  t.equal(await get('/'), 403)
  t.equal(await get('/status/detectors?fragment=1'), 403)
  for (const path of ['/metrics', '/healthz', '/readyz']) t.equal(await get(path), 200, path)
})

void t.test(
  'beyond loopback: 403 names the key; with a token a form makes a session',
  async (t) => {
    const closed = await open(t, { beyondLoopback: true })
    const refused = await closed.send('/')
    t.equal(refused.status, 403)
    t.match(await refused.text(), 'operator.token_file')

    const token = 'a-token-of-the-tests'
    const { send } = await open(t, { beyondLoopback: true, token })
    const asked = await send('/')
    t.equal(asked.status, 401)
    t.notMatch(await asked.text(), 'Bengali')
    t.equal((await send('/', { headers: { authorization: `Bearer ${token}` } })).status, 200)
    const body = (value: string): RequestInit => ({
      method: 'POST',
      body: new URLSearchParams({ token: value }),
    })
    t.equal((await send('/status/login', body('wrong'))).status, 401)
    const elsewhere = { ...body(token), headers: { 'sec-fetch-site': 'cross-site' } }
    t.equal((await send('/status/login', elsewhere)).headers.get('set-cookie'), null)
    const signed = await send('/status/login', body(token))
    t.equal(signed.status, 303)
    const cookie = (signed.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    t.match(await (await send('/', { headers: { cookie } })).text(), 'Sign out')
    t.equal((await send('/status/logout', { method: 'POST', headers: { cookie } })).status, 303)
    t.equal((await send('/', { headers: { cookie } })).status, 401)
  },
)

void t.test('a detector leads to its exchanges; one that does not run is said', async (t) => {
  const row: ExchangeRow = {
    id: 'r1',
    at: Date.UTC(2026, 2, 2, 14),
    source: 'live',
    language: 'bn',
    set: 'should_refuse',
    verdict: 'complied',
    confidence: 0.75,
    judge: 'lexical',
    model: hostile,
    probe: undefined,
    shape: 'chat, depth 1',
    conversation: 'c1',
    traceId: undefined,
    text: { prompt: hostile, answer: 'yes' },
  }
  const asked: object[] = []
  const { send } = await open(t, {
    async *exchanges(query) {
      asked.push(query)
      yield row
    },
  })
  const page = await (await send('/status/detectors/detector-1')).text()
  t.strictSame(asked, [{ metric: 'refusal_gap', language: 'bn', set: 'should_refuse', limit: 40 }])
  t.match(page, '<th scope="row">2026-03-02 14:00:00 UTC</th>')
  t.match(page, '<bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>')
  t.notMatch(page, hostile)
  t.match(await (await send('/status/detectors/none')).text(), 'No detector of this identity runs.')
  const off = await open(t)
  t.match(await (await off.send('/status/detectors/detector-1')).text(), 'evidence.folder')
  t.match(await (await off.send('/status/exchanges')).text(), 'evidence.folder')
})
