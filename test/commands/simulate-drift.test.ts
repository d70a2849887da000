import { PassThrough } from 'node:stream'
import t from 'tap'
import { simulateDrift } from '../../src/commands/simulate-drift.ts'

const run = async (args: string[], signal = new AbortController().signal) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const code = await simulateDrift.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const small = ['--runs', '3', '--days', '3', '--jump', '30', '--english-rate', '300']

void t.test('figures as JSON, with what they were made with', async (t) => {
  const { code, out, err } = await run([...small, '--json'])
  t.equal(code, 0)
  t.equal(err, '')
  const figures: Record<string, unknown> = JSON.parse(out)
  t.same(Object.keys(figures), [
    'settings',
    'false_alarm_share',
    'false_alarm_share_hi',
    'bound',
    'delay_days',
    'delay_days_true_drop',
    'level',
    'common_mode',
    'mix_shift',
    'episodes',
    'learned_nulls',
    'naive',
  ])
  t.match(figures, {
    settings: { rate: 200, threshold: 14_400, seed: 7, jump: 0.3 },
    false_alarm_share: 0,
    delay_days: { median: Number },
    common_mode: { gap: 0, level: 1 },
  })
  t.equal((await run([...small, '--json'])).out, out, 'the same again')
})

void t.test('the same as tables', async (t) => {
  const { code, out } = await run(small)
  t.equal(code, 0)
  t.match(out, /^3 runs of 3 days, 200 samples a day, A = 14400, seed 7$/m)
  t.match(out, /^gap, judged drop of 30\.0 +0\.0 % +0\.5 % +\d\.\d\d +\d\.\d\d$/m)
  t.match(out, /^gap over 1 h > 10 points +100\.0 %/m)
})

void t.test('options that make no sense are refused by name', async (t) => {
  const { code, err } = await run(['--rate', '0', '--days', '1.5'])
  t.equal(code, 2)
  t.match(err, /--rate: must be a number from 1/)
  t.match(err, /--days: must be a whole number/)
  t.match((await run(['--jump', '60', '--refusal', '50'])).err, /--jump is more than/)
})

void t.test('an interrupt ends it without figures', async (t) => {
  const { code, out } = await run(small, AbortSignal.abort())
  t.equal(code, 130)
  t.equal(out, '')
})
