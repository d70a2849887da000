/**
 * A real Prometheus scrapes a running holdfast under traffic: names, types and exemplars arrive, the
 * text passes its linter, and the questions that people ask in PromQL have answers.
 */
import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { arrayAt, stringAt, valueAt } from '../../src/decode/untrusted-json.ts'
import { runDemoTraffic } from '../../src/simulator/traffic/run-traffic.ts'
import { startModel } from '../simulator/start.ts'
import { fetchText, startHoldfast } from './support/holdfast-process.ts'

const languages = ['en', 'de', 'bn', 'sw', 'zh'] as const
const conversations = 120
const waitMs = 20_000

const installed = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

const present = installed('prometheus') && installed('promtool')
const skip = present || process.env['CI'] === 'true' ? false : 'prometheus is not installed'

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })

interface Prometheus {
  api(path: string, parameters?: Readonly<Record<string, string>>): Promise<unknown>
  /** The vector that an expression gives now. */
  query(expression: string): Promise<{ labels: unknown; value: number }[]>
}

async function startPrometheus(t: Test, target: number): Promise<Prometheus> {
  const folder = t.testdir({})
  const config = join(folder, 'prometheus.yml')
  writeFileSync(
    config,
    `global: { scrape_interval: 500ms, scrape_timeout: 500ms }
scrape_configs: [{ job_name: holdfast, static_configs: [{ targets: ['127.0.0.1:${target}'] }] }]
`,
  )
  const port = await freePort()
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
    ],
    { stdio: 'ignore' },
  )
  const ended = new Promise((resolve) => child.once('close', resolve))
  t.teardown(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const api: Prometheus['api'] = async (path, parameters = {}) => {
    const url = `http://127.0.0.1:${port}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`
    const answer: unknown = await (await fetch(url)).json()
    if (stringAt(answer, 'status') !== 'success') throw new Error(JSON.stringify(answer))
    return valueAt(answer, 'data')
  }
  return {
    api,
    async query(expression) {
      const rows = arrayAt(await api('query', { query: expression }), 'result') ?? []
      return rows.map((row) => ({
        labels: valueAt(row, 'metric'),
        value: Number(arrayAt(row, 'value')?.[1]),
      }))
    },
  }
}

/** Asks until the answer is as wanted; the last one when the time is up. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const end = performance.now() + waitMs
  for (;;) {
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined && wanted(answer)) return answer
    if (performance.now() > end) throw new Error(`not within ${waitMs} ms: ${String(answer)}`)
    await pause(50)
  }
}

const traceId = (at: number): string => (at + 1).toString(16).padStart(32, 'c')

async function sendTraced(baseUrl: string, at: number): Promise<void> {
  const response = await fetch(`${baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      traceparent: `00-${traceId(at)}-00000000000000aa-01`,
    },
    body: JSON.stringify({
      model: 'simulated-1',
      messages: [{ role: 'user', content: 'How do I bake a simple loaf of bread at home?' }],
    }),
  })
  await response.arrayBuffer()
}

/** Of the questions that people ask: how many series answer, and what a value may be. */
const questions: readonly { ask: string; series: number; between: readonly [number, number] }[] = [
  { ask: 'up{job="holdfast"}', series: 1, between: [1, 1] },
  { ask: 'holdfast_monitor_up', series: 1, between: [1, 1] },
  { ask: 'holdfast_in_flight', series: 1, between: [0, 0] },
  {
    // Refusal rate by language, only where at least ten answers stand behind it.
    ask: `sum by (language) (holdfast_judged_total{source="live",verdict=~"refused|partial"})
      / (sum by (language) (holdfast_judged_total{source="live"}) >= 10)`,
    series: languages.length,
    between: [0.01, 0.6],
  },
  {
    ask: 'sum by (language) (holdfast_judged_total{source="live"}) >= 10',
    series: languages.length,
    between: [10, 1000],
  },
  {
    // The same as people graph it: over a window, from counters that began at 0.
    ask: `sum(increase(holdfast_judged_total{source="live",verdict=~"refused|partial"}[5m]))
      / sum(increase(holdfast_judged_total{source="live"}[5m]))`,
    series: 1,
    between: [0.01, 0.6],
  },
  { ask: 'sum by (stage, reason) (holdfast_dropped_total) > 0', series: 0, between: [0, 0] },
  {
    ask: 'sum(holdfast_dropped_total) / sum(holdfast_sampled_total)',
    series: 1,
    between: [0, 0],
  },
  {
    ask: `sum(holdfast_sampled_total) - sum(holdfast_judged_total{source="live"})
      - sum(holdfast_dropped_total) - sum(holdfast_in_flight)`,
    series: 1,
    between: [0, 0],
  },
  {
    ask: `histogram_quantile(0.99,
      sum by (le) (rate(holdfast_time_to_first_byte_seconds_bucket[1m])))`,
    series: 1,
    between: [0.0001, 10],
  },
  {
    ask: `sum by (protocol) (rate(holdfast_exchange_duration_seconds_sum[1m]))
      / (sum by (protocol) (rate(holdfast_exchange_duration_seconds_count[1m])) > 0)`,
    series: 3,
    between: [0.0001, 10],
  },
  {
    ask: 'sum by (model) (holdfast_judged_model_total) > 0',
    series: 1,
    between: [100, 10_000],
  },
  {
    ask: 'count(sum by (depth, format) (holdfast_judged_shape_total) > 0) > 4',
    series: 1,
    between: [5, 15],
  },
]

/**
 * `promtool check metrics` reads the older text format, in which a counter is declared with `_total`
 * and exemplars do not exist; the values are the same.
 */
const olderFormat = (text: string): string =>
  text
    .replace(/^# (HELP|TYPE) (\S+) (.*)$/gm, (line, word: string, name: string, rest: string) =>
      text.includes(`# TYPE ${name} counter\n`) ? `# ${word} ${name}_total ${rest}` : line,
    )
    .replace(/^([^#\n].*?) # \{.*$/gm, '$1')
    .replace(/# EOF\n$/, '')

void t.test('Prometheus scrapes holdfast under traffic', { skip }, async (t) => {
  const model = await startModel(t, { gzip: true })
  const holdfast = await startHoldfast({ upstream: model.url })
  t.teardown(() => holdfast.stop())
  const baseUrl = `http://127.0.0.1:${holdfast.port}`
  const prometheus = await startPrometheus(t, holdfast.adminPort)
  await until(
    () => prometheus.query('up'),
    (rows) => rows[0]?.value === 1,
  )
  const summary = await runDemoTraffic({
    baseUrl,
    seed: 2,
    conversationsPerMinute: 3000,
    languages,
    signal: new AbortController().signal,
    conversationsMax: conversations,
  })
  t.equal(summary.failed, 0)
  const traced = 20
  for (let at = 0; at < traced; at++) await sendTraced(baseUrl, at)
  const sent = summary.exchanges + traced
  await holdfast.settles('holdfast_in_flight', 0, waitMs)
  await until(
    () => prometheus.query('sum(holdfast_judged_total)'),
    (rows) => rows[0]?.value === sent,
  )

  await t.test('the target is up and every metric has its type and help', async (t) => {
    const targets = await prometheus.api('targets')
    t.match(targets, { activeTargets: [{ health: 'up', lastError: '' }] })
    const metadata = await prometheus.api('metadata')
    const kinds: Readonly<Record<string, string>> = {
      holdfast_judged: 'counter',
      holdfast_dropped: 'counter',
      holdfast_in_flight: 'gauge',
      holdfast_time_to_first_byte_seconds: 'histogram',
    }
    for (const [name, type] of Object.entries(kinds)) {
      t.match(valueAt(metadata, name), [{ type, help: /\w+/ }], name)
    }
    const names = await prometheus.api('label/__name__/values')
    const ours = (Array.isArray(names) ? names : []).map(String)
    for (const name of ['exchanges', 'sampled', 'judged', 'judged_model', 'dropped']) {
      t.ok(ours.includes(`holdfast_${name}_total`), `holdfast_${name}_total`)
      t.notOk(ours.includes(`holdfast_${name}`), `${name} without _total is no series`)
    }
  })

  await t.test('exemplars lead to traces that were sent', async (t) => {
    const range = { start: String(Date.now() / 1000 - 600), end: String(Date.now() / 1000 + 60) }
    for (const query of [
      'holdfast_judged_total',
      'holdfast_time_to_first_byte_seconds_bucket{protocol="openai_chat"}',
    ]) {
      const series = await prometheus.api('query_exemplars', { query, ...range })
      const found = (Array.isArray(series) ? series : [])
        .flatMap((one) => arrayAt(one, 'exemplars') ?? [])
        .map((exemplar) => stringAt(valueAt(exemplar, 'labels'), 'trace_id'))
      t.ok(found.length > 0, `${query}: ${found.length} exemplars`)
      const known = new Set(Array.from({ length: traced }, (_, at) => traceId(at)))
      t.same(
        found.filter((id) => id === undefined || !known.has(id)),
        [],
      )
    }
  })

  await t.test('what people ask is answered', async (t) => {
    for (const { ask, series, between } of questions) {
      const rows = await prometheus.query(ask)
      t.equal(rows.length, series, ask)
      const [from, to] = between
      t.same(
        rows.filter(({ value }) => !(value >= from && value <= to)),
        [],
        `values from ${from} to ${to}`,
      )
    }
  })

  await t.test('the linter of Prometheus has nothing to say', async (t) => {
    const text = await fetchText(holdfast.adminPort, '/metrics')
    const input = olderFormat(text)
    const lint = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' })
    // It takes bits for a size that wants bytes; ours are bits of information.
    const said = `${lint.stdout}${lint.stderr}`
      .split('\n')
      .filter((line) => line !== '' && !/^holdfast_\w+_bits use base unit "bytes"/.test(line))
    t.same(said, [])
    t.ok(lint.status === 0 || lint.status === 3, `exit code ${lint.status}`)
  })
})
