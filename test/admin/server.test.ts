import { once } from 'node:events'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import { createAdmin } from '../../src/admin/server.ts'
import { createRecorder } from '../../src/metrics/record.ts'

const recorderOf = () =>
  createRecorder({ languages: ['en'], models: [], modelsAutoMax: 1, seriesMax: 5000 })

interface Told {
  status: number
  headers: Headers
  body: string
}

async function open(t: Test, options: Partial<Parameters<typeof createAdmin>[0]> = {}) {
  const failures: unknown[] = []
  const admin = createAdmin({
    recorder: recorderOf(),
    ready: () => true,
    log: { scrapeFailed: (error) => void failures.push(error) },
    ...options,
  })
  const { port } = await admin.listen('127.0.0.1', 0)
  t.teardown(() => admin.close())
  const get = async (path: string, init: RequestInit = {}): Promise<Told> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    return { status: response.status, headers: response.headers, body: await response.text() }
  }
  return { admin, failures, get, port }
}

t.test(
  '/metrics gives the exposition in its own content type, gauges of this instant',
  async (t) => {
    const recorder = recorderOf()
    let inFlight = 3
    const beforeScrape = (): void => recorder.set('holdfast_in_flight', {}, inFlight)
    const { get } = await open(t, { recorder, beforeScrape })
    const first = await get('/metrics')
    t.equal(first.status, 200)
    t.equal(
      first.headers.get('content-type'),
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    )
    t.match(first.body, /^holdfast_in_flight 3$/m)
    t.ok(first.body.endsWith('# EOF\n'))
    inFlight = 4
    t.match((await get('/metrics')).body, /^holdfast_in_flight 4$/m)
  },
)

t.test('/healthz is 200 while the process lives, /readyz follows readiness', async (t) => {
  let ready = false
  const { get } = await open(t, { ready: () => ready })
  t.equal((await get('/readyz')).status, 503)
  t.equal((await get('/healthz')).status, 200)
  ready = true
  t.equal((await get('/readyz')).status, 200)
  t.equal((await get('/readyz')).body, '{"status":"ready"}')
})

t.test('everything else is 404 JSON, and every answer is nosniff without CORS', async (t) => {
  const { get } = await open(t)
  for (const [path, status] of [
    ['/', 404],
    ['/metrics/', 404],
    ['/v1/chat/completions?key=hunter2', 404],
    ['/%', 400],
    ['/healthz', 200],
    ['/metrics', 200],
  ] as const) {
    const told = await get(path, { headers: { origin: 'http://evil.example' } })
    t.equal(told.status, status, path)
    t.equal(told.headers.get('x-content-type-options'), 'nosniff', path)
    t.equal(told.headers.get('access-control-allow-origin'), null)
    t.notMatch(told.body, /hunter2/)
  }
  t.equal((await get('/nope')).body, '{"error":"not_found"}')
  t.equal((await get('/metrics', { method: 'POST', body: 'x' })).status, 404)
})

t.test(
  'a scrape that fails or takes too long is 503, and the port goes on answering',
  async (t) => {
    const recorder = recorderOf()
    let text = (): Promise<string> => Promise.reject(new Error('hunter2'))
    const { get, failures } = await open(t, {
      recorder: { ...recorder, text: () => text() },
      scrapeDeadlineMs: 20,
    })
    t.match(await get('/metrics'), { status: 503, body: '{"error":"scrape_failed"}' })
    text = () => new Promise(() => {})
    t.equal((await get('/metrics')).status, 503)
    t.equal((await get('/healthz')).status, 200)
    t.match(failures, [{ message: 'hunter2' }, { code: 'SCRAPE_DEADLINE' }])
  },
)

t.test('closing does not wait for a client that keeps its connection', async (t) => {
  const { admin, port } = await open(t)
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n')
  const [answer] = await once(socket, 'data')
  t.match(String(answer), /^HTTP\/1\.1 200/)
  const closed = once(socket, 'close')
  await admin.close()
  await closed
})
