/** `holdfast signals` on a scrape of the recorder itself. */
import { PassThrough } from 'node:stream'
import t from 'tap'
import { createSignals } from '../../src/commands/signals.ts'
import { createDelta } from '../../src/metrics/delta.ts'
import { createRecorder } from '../../src/metrics/record.ts'
import { readProfile } from '../../src/profile/profile-file.ts'

const command = createSignals({ now: () => Date.UTC(2026, 2, 2), monotonic: () => 0 })

async function run(...args: string[]) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await command.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const recorder = () =>
  createRecorder({
    languages: ['en', 'de'],
    models: [],
    modelsAutoMax: 0,
    seriesMax: 20_000,
    version: '0.1.0',
    node: process.version,
  })

void t.test(
  'counters of a scrape become rates, and those of an earlier one are taken off',
  async (t) => {
    const metrics = recorder()
    const add = (act: 'user_repair' | 'user_other', n: number): void => {
      const delta = createDelta()
      delta.inc('holdfast_interaction_turns_total', { act, language: 'en', depth: '2-4' }, n)
      delta.inc(
        'holdfast_interaction_corrections_total',
        { outcome: 'followed', language: 'en' },
        n,
      )
      metrics.apply(delta.take())
    }
    add('user_repair', 4)
    add('user_other', 6)
    const before = await metrics.text()
    add('user_repair', 1)
    add('user_other', 9)
    const folder = t.testdir({ before, after: await metrics.text() })
    const all = await run('--metrics', `${folder}/after`)
    t.equal(all.err, '')
    t.match(all.out, /^language=en +repair_rate +20 +25\.0 +11\.2 to 46\.9$/m)
    const since = await run('--metrics', `${folder}/after`, '--since', `${folder}/before`, '--json')
    const profile = readProfile(since.out)
    t.ok(profile.ok)
    const repair =
      profile.ok &&
      profile.rows.find(
        ({ measure, condition }) => measure === 'repair_rate' && condition === 'language=en',
      )
    t.match(repair, { n: 10, estimate: 0.1, window: { to: '2026-03-02T00:00:00Z' } })
    const swapped = await run('--metrics', `${folder}/before`, '--since', `${folder}/after`)
    t.equal(swapped.code, 2)
    t.match(swapped.err, /--since: is not an earlier scrape/)
  },
)

void t.test('what is no scrape is said by the option to change', async (t) => {
  const folder = t.testdir({ empty: 'up 1\n' })
  t.match((await run('--metrics', `${folder}/empty`)).err, /has no interaction signals/)
  t.match((await run('--metrics', `${folder}/none`)).err, /--metrics: .*cannot be read \(ENOENT\)/)
})
