/** Which keys of a changed configuration a running process takes over, which wait, which are refused. */
import { readFileSync } from 'node:fs'
import t from 'tap'
import { keys } from '../../src/config/keys.ts'
import { loadText } from '../../src/config/load.ts'
import { planReload, reloadWord } from '../../src/config/reload.ts'
import type { Config } from '../../src/config/schema.ts'

function config(text: string): Config {
  const loaded = loadText(text)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  return loaded.config
}

const before = config('upstream: https://a.example.com\n')

t.test('nothing that changed is nothing to do', async (t) => {
  const plan = planReload(before, config('upstream: https://a.example.com/\n# a comment\n'))
  t.match(plan, { ok: true, changed: [], needsRestart: [], newMonitor: false })
  t.same(plan.ok && plan.config, before)
})

t.test('what can be taken over is, and what cannot keeps its value and is named', async (t) => {
  const next = config(`
routes: [{ prefix: /b, upstream: https://b.example.com }]
listen: 127.0.0.1:1
sample: { rate: 0.25 }
languages: { served: [en, de] }
drift: { gap_null: 0.1, episode_quiet_ticks: 9 }
log: { level: debug, requests: true }
`)
  const plan = planReload(before, next)
  if (!plan.ok) return t.fail(JSON.stringify(plan.faults))
  t.same(plan.changed, [
    'routes',
    'sample.rate',
    'drift.episode_quiet_ticks',
    'log.level',
    'log.requests',
  ])
  t.same(plan.needsRestart, ['listen', 'languages.served', 'drift.gap_null'])
  t.equal(plan.newMonitor, true)
  t.same(plan.config, {
    ...before,
    routes: next.routes,
    sample: { rate: 0.25 },
    drift: { ...before.drift, episodeQuietTicks: 9 },
    log: { level: 'debug', requests: true },
  })
})

t.test('a key that is taken out again has its default, or is absent again', async (t) => {
  const graded = config(`
upstream: https://a.example.com
judge: { graded: { url: 'https://j.example.com/v1', model: m, price_input_per_million: 1, price_output_per_million: 2 } }
sample: { rate: 0.5 }
`)
  const plan = planReload(graded, before)
  if (!plan.ok) return t.fail(JSON.stringify(plan.faults))
  t.same(plan.config, before)
  t.equal('url' in plan.config.judge.graded, false)
})

t.test('only a change of its own keys starts the monitor thread anew', async (t) => {
  const plan = planReload(
    before,
    config('upstream: https://b.example.com\nsample: { rate: 0.1 }\n'),
  )
  t.match(plan, { ok: true, changed: ['routes', 'sample.rate'], newMonitor: false })
})

t.test('a mixture of old and new that can only fail is refused, with both keys', async (t) => {
  const next = config(`
upstream: https://a.example.com
capture: { request_bytes_max: 60000000, response_bytes_max: 60000000, budget_bytes: 200000000 }
monitor: { window_bytes: 200000000 }
`)
  t.same(planReload(before, next), {
    ok: false,
    faults: [
      {
        key: 'monitor.window_bytes',
        reason:
          'is smaller than one largest exchange (capture.request_bytes_max + capture.response_bytes_max = 120000000), while monitor.window_bytes waits for a restart',
      },
    ],
  })
})

t.test('nothing that a detector or a label set is made of changes while it runs', async (t) => {
  const fixed = keys.filter(
    ({ name }) =>
      /^(?:drift|languages|identity|probes|operator|state)\./.test(name) ||
      /^judge\.(?:live|request_sets|calibration_file|onnx)/.test(name),
  )
  t.same(
    fixed.filter(({ name }) => reloadWord(name) !== 'restart').map(({ name }) => name),
    ['drift.episode_quiet_ticks', 'state.snapshot_ms'],
  )
})

t.test('the page of the configuration says how each key is changed', async (t) => {
  const page = readFileSync('docs/configuration.md', 'utf8')
  for (const { name } of keys) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? ''
    t.ok(row.includes(` | ${reloadWord(name)} | `), name)
  }
  const words = keys.map(({ name }) => reloadWord(name))
  t.equal(words.filter((word) => word === 'at once').length, 15)
})
