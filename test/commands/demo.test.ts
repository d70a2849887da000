/** The demo as a user sees it, with the real proxy and monitor: what it prints, and that it ends. */
import { createServer } from 'node:net'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { startHoldfast } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { createDemo, type DemoDeps } from '../../src/commands/demo.ts'
import { simulator } from '../../src/commands/simulator.ts'
import { builtThread } from '../support/threads.ts'

const anywhere = ['--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0']

const startProxy: DemoDeps['startProxy'] = (config, deps) =>
  startHoldfast(config, { ...deps, thread: builtThread })

const demoWith = (deps: Partial<DemoDeps> = {}) =>
  createDemo({
    startProxy,
    clock: systemClock,
    tableEveryMs: 700,
    conversationsPerMinute: 900,
    ...deps,
  })

const ioWith = (stop = new AbortController()) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  let out = ''
  let err = ''
  stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString()
  })
  stderr.on('data', (bytes: Buffer) => {
    err += bytes.toString()
  })
  const io = { stdout, stderr, env: {}, signal: stop.signal }
  return { io, stop, out: () => out, err: () => err }
}

void t.test('told to stop, it sums up what the metrics say, and closes everything', async (t) => {
  const { io, stop, out } = ioWith()
  let urls: { dataUrl: string; adminUrl: string } | undefined
  const demo = demoWith({
    async startProxy(config, deps) {
      const proxy = await startProxy(config, deps)
      urls = proxy
      return proxy
    },
  })
  io.stdout.on('data', () => {
    if (/^en +\d\d+ /m.test(out())) stop.abort()
  })
  t.equal(await demo.run(['--seed', '4', ...anywhere], io), 0)
  t.match(out(), /clients {2}-> {2}holdfast http:\/\/127\.0\.0\.1:\d+ /)
  t.match(
    out(),
    /\d+ s: \d+ exchanges, \d+ not judged, \d+ in flight; the model is simulated-1-2026/,
  )
  const done = /Done after \d+ s: \d+ conversations, (\d+) exchanges, (\d+) failed\./.exec(out())
  t.equal(done?.[2], '0', 'none failed')
  const exchanges = Number(done?.[1])
  const summary = out().slice(out().indexOf('Share of answers'))
  const rows = [...summary.matchAll(/^(\w\w) +(\d+) +[\d.]+ % +(\d+) +/gm)]
  t.equal(total(rows, 2), exchanges, 'every exchange reached the model')
  const judged = total(rows, 3)
  t.ok(judged > 0.9 * exchanges && judged <= exchanges, `${judged} of ${exchanges} judged`)
  t.equal(await answers(urls?.dataUrl), false)
  t.equal(await answers(urls?.adminUrl), false)
})

const total = (rows: readonly RegExpExecArray[], column: number): number =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0)

const answers = (url: string | undefined): Promise<boolean> =>
  fetch(url ?? '').then(
    () => true,
    () => false,
  )

void t.test('after its seconds it ends with 0', async (t) => {
  const { io, out } = ioWith()
  t.equal(await demoWith().run(['--seconds', '1', ...anywhere], io), 0)
  t.match(out(), 'Done after')
})

void t.test('a taken default port gives way to a free one, and that is said', async (t) => {
  const { io, stop, out } = ioWith()
  const tried: string[] = []
  const demo = demoWith({
    async startProxy(config, deps) {
      const { port } = config.listen
      tried.push(`${port} ${config.admin.port}`)
      if (port === 8787) throw Object.assign(new Error('in use'), { code: 'EADDRINUSE', port })
      stop.abort()
      return startProxy({ ...config, admin: { host: '127.0.0.1', port: 0 } }, deps)
    },
  })
  t.equal(await demo.run([], io), 0)
  t.same(tried, ['8787 9464', '0 9464'])
  t.match(out(), '127.0.0.1:8787 is taken: a free port is used for listen.')
})

void t.test('an address that was asked for and is taken is a fault', async (t) => {
  const taken = createServer()
  await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve))
  t.teardown(() => taken.close())
  const address = taken.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { io, err } = ioWith()
  const args = ['--listen', `127.0.0.1:${port}`, '--admin', '127.0.0.1:0']
  t.equal(await demoWith().run(args, io), 2)
  t.match(err(), 'listen: cannot be listened on (EADDRINUSE)')
})

void t.test('arguments that are wrong are named, and nothing is started', async (t) => {
  const { io, err } = ioWith()
  t.equal(await demoWith().run(['--seconds', '0', '--seed', 'x'], io), 2)
  t.match(err(), '--seconds: must be a whole number from 1 to 86400')
  t.match(err(), '--seed: must be a whole number')
  const other = ioWith()
  t.equal(await demoWith().run(['--nothing'], other.io), 2)
  t.match(other.err(), '--nothing')
})

void t.test('the simulator alone says where it is and ends when told to', async (t) => {
  const { io, stop, out } = ioWith()
  const run = simulator.run(['--listen', '127.0.0.1:0', '--scenario', 'language-gap'], io)
  await new Promise((resolve) => io.stdout.once('data', resolve))
  const url = /on (http:\S+)/.exec(out())?.[1]
  t.equal((await fetch(`${url}/v1/models`)).status, 200)
  stop.abort()
  t.equal(await run, 0)
  t.equal(await answers(url), false)
  const wrong = ioWith()
  const args = ['--scenario', 'x', '--replay', 'no/such.jsonl']
  t.equal(await simulator.run(args, wrong.io), 2)
  t.match(wrong.err(), '--scenario: must be one of steady, language-gap')
  t.match(wrong.err(), '--replay: cannot be read (ENOENT)')
})
