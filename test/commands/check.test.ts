import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { check } from '../../src/commands/check.ts'
import { loadText } from '../../src/config/load.ts'

async function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const code = await check.run(args, { stdout, stderr, env, signal: new AbortController().signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

t.test('a good configuration is printed as it loads again', async (t) => {
  const told = await run(['--upstream', 'http://h'], { HOLDFAST_LOG_LEVEL: 'warn' })
  t.match(told, { code: 0, err: '' })
  const again = loadText(told.out)
  t.match(again, {
    ok: true,
    config: { log: { level: 'warn' }, routes: [{ upstream: 'http://h' }] },
  })
})

t.test('all faults are listed, one on each line, and nothing is printed to stdout', async (t) => {
  const told = await run(['--sample-rate', '2'], { HOLDFAST_LISTN: 'x' })
  t.strictSame(told, {
    code: 2,
    out: '',
    err: `The configuration has 3 faults:
  HOLDFAST_LISTN: unknown environment variable; did you mean HOLDFAST_LISTEN?
  sample.rate (--sample-rate): must be a number from 0 to 1, not 2
  upstream: is missing: name the model API to stand in front of
`,
  })
})

t.test('--json tells the same to a program', async (t) => {
  const good = JSON.parse((await run(['--json', '--upstream', 'http://h'])).out)
  t.match(good, { ok: true, config: { listen: '127.0.0.1:8787' }, warnings: [] })
  const bad = await run(['--json'])
  t.equal(bad.code, 2)
  t.match(JSON.parse(bad.out), { ok: false, faults: [{ key: 'upstream' }] })
})

t.test('a world-readable secret is a warning on stderr', async (t) => {
  const secret = join(t.testdir({ secret: 'x'.repeat(32) }), 'secret')
  const told = await run(['--upstream', 'http://h', '--identity-secret-file', secret])
  t.equal(told.code, 0)
  t.match(
    told.err,
    /^warning: identity\.secret_file \(--identity-secret-file\): may be read by every user/,
  )
})
