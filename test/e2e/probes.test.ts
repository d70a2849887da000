/**
 * Probes inside the running program: canaries on a schedule of minutes, forks of live sessions on and
 * off. What users send and get is the same bytes either way.
 */
import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { startHoldfast } from '../../src/app.ts'
import { loadText } from '../../src/config/load.ts'
import { createLog } from '../../src/log.ts'
import { freePort } from '../state/redis-server.ts'
import { builtThread } from '../support/threads.ts'

interface Seen {
  marker: boolean
  body: string
}

/** Streams a few pieces, or answers whole, as it is asked to; remembers what it was asked. */
async function startUpstream(t: Test): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      seen.push({ marker: request.headers['x-holdfast-probe'] !== undefined, body })
      const text = 'Sure: take the first step, then the second one.'
      if (!body.includes('"stream":true')) {
        const message = { role: 'assistant', content: text }
        const usage = { prompt_tokens: 9, completion_tokens: 9 }
        response.setHeader('content-type', 'application/json')
        response.end(
          JSON.stringify({
            model: 'm',
            choices: [{ index: 0, finish_reason: 'stop', message }],
            usage,
          }),
        )
        return
      }
      response.setHeader('content-type', 'text/event-stream')
      const chunk = (delta: object, reason: string | null) =>
        `data: ${JSON.stringify({ model: 'm', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`
      response.write(chunk({ role: 'assistant', content: text }, null))
      response.write(chunk({}, 'stop'))
      response.end('data: [DONE]\n\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, seen }
}

const exchange = (url: string, body: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = http.request(
      `${url}/v1/chat/completions`,
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        const hash = createHash('sha256')
        response.on('data', (chunk: Buffer) => hash.update(chunk))
        response.on('end', () => resolve(`${response.statusCode} ${hash.digest('hex')}`))
      },
    )
    request.on('error', reject)
    request.end(body)
  })

const fetchText = async (url: string): Promise<string> => (await fetch(url)).text()

const users = Array.from({ length: 24 }, (_, n) =>
  JSON.stringify({
    model: 'm',
    stream: n % 2 === 0,
    user: `user-${n % 6}`,
    messages: [
      { role: 'user', content: `Question ${n} of anna-${n}@mail.example about the weather today` },
      { role: 'assistant', content: 'It is mild and dry.' },
      { role: 'user', content: 'And what will it be like tomorrow in the afternoon?' },
    ],
  }),
)

async function run(
  t: Test,
  forks: boolean,
): Promise<{
  answers: string[]
  seen: Seen[]
  metrics: string
  profile: string
  asked: number
}> {
  const { url, seen } = await startUpstream(t)
  const port = await freePort()
  const loaded = loadText(`
upstream: ${url}
listen: 127.0.0.1:${port}
admin: 127.0.0.1:0
drain: {delay_ms: 0, deadline_ms: 1000}
languages: {served: [en, de]}
drift: {tick_ms: 1000, grace_ms: 500}
probes:
  url: ${url}/v1
  model: m
  without_key: true
  schedule: every 1m
  jitter_ms: 0
  lease_ms: 2000
  run_deadline_ms: 50000
  suites: [refusal-core]
  probes_per_suite_max: 8
  conditions: []
  inline:
    url: http://127.0.0.1:${port}/v1
    turns_max: 3
    sessions_per_language_max: 1
  fork:
    enabled: ${forks}
    same_organisation: true
    purpose: a test of what copies of sessions do
    routes: [default]
    per_run_max: 4
  shadow:
    ${forks ? 'condition: format=structured' : 'per_run_max: 5'}
`)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  const log = createLog({ level: 'silent', stream: { write: () => undefined } })
  const running = await startHoldfast(loaded.config, { log, thread: builtThread })
  t.teardown(() => running.close())
  const complete = /holdfast_probe_runs_total\{outcome="complete"\} [1-9]/
  let metrics = ''
  const answers: string[] = []
  let asked = 0
  const end = performance.now() + 150_000
  // Users go on while the run of a full minute comes and goes.
  while (!complete.test(metrics) && performance.now() < end) {
    const fresh: string[] = []
    for (const body of users) fresh.push(await exchange(running.dataUrl, body))
    asked += fresh.length
    if (answers.length === 0) answers.push(...fresh)
    metrics = await fetchText(`${running.adminUrl}/metrics`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  t.match(metrics, complete, 'a run came to its end')
  const profile = await fetchText(`${running.adminUrl}/status/profile?fragment=1`)
  return { answers, seen, metrics, profile, asked }
}

t.test(
  'users get and send the same bytes with forks on and off',
  { timeout: 400_000 },
  async (t) => {
    const [off, on] = await Promise.all([run(t, false), run(t, true)])
    t.equal(new Set(off.answers).size, 2, 'one streamed, one whole')
    t.strictSame(on.answers, off.answers)
    const sent = ({ seen }: { seen: Seen[] }): Set<string> =>
      new Set(seen.filter(({ marker }) => !marker).map(({ body }) => body))
    t.strictSame(sent(off), new Set(users))
    t.strictSame(sent(on), new Set(users))
    const forked = (run: { seen: Seen[] }): Seen[] =>
      run.seen.filter(({ marker, body }) => marker && body.includes('It is mild and dry.'))
    t.equal(forked(off).length, 0)
    t.ok(forked(on).length > 0, `${forked(on).length} forks`)
    for (const { body } of forked(on)) {
      t.match(body, /Question \d+ of \[email\] about the weather/)
      t.notMatch(body, /user-\d|mail\.example|"stream":true/)
    }
    t.match(
      on.metrics,
      /holdfast_shadow_trials_total\{condition="format_structured",outcome="neither"\} [1-9]/,
    )
    t.match(on.metrics, /holdfast_shadow_excess\{condition="format_structured",bound="est"\} 0\n/)
    t.match(on.metrics, /holdfast_probe_spend_total\{kind="shadow",unit="calls"\} [1-9]/)
    t.match(on.metrics, /holdfast_fork_sessions_total\{outcome="copied"\} [1-9]/)
    t.match(on.metrics, /holdfast_drift_evidence_ratio\{metric="probe_gap"[^}]*\}/)
    t.match(on.metrics, /holdfast_drift_evidence_ratio\{metric="fork_gap"[^}]*\}/)
    t.match(on.metrics, /holdfast_drift_threshold\{tick="run"\}/)
    const sum = ({ metrics }: { metrics: string }, series: RegExp): number =>
      [...metrics.matchAll(series)].reduce((all, found) => all + Number(found[1]), 0)
    t.match(on.profile, '<td>fork</td><td>interaction</td>')
    t.notMatch(off.profile, '<td>fork</td>')
    for (const one of [off, on]) {
      t.match(one.profile, '<td>language=de</td><td>model</td>')
      t.match(one.profile, /<bdi>refusal-core \d+\.\d+\.\d+<\/bdi>/, 'anchors')
      t.match(one.profile, /<bdi>refusal-core \d+\.\d+\.\d+, epoch \d+<\/bdi>/, 'fresh items')
      const through = sum(one, /^holdfast_probe_exchanges_total\{protocol="openai_chat"\} (\d+)$/gm)
      t.equal(through, 2 * 3, 'two sessions of three turns through the data port')
      t.ok(sum(one, /^holdfast_probe_pairs_total\{condition="inline"[^}]*\} (\d+)$/gm) <= 2)
      const sampled = sum(one, /^holdfast_sampled_total\{protocol="openai_chat"\} (\d+)$/gm)
      t.equal(sampled, one.asked, 'and none of them is live traffic')
    }
  },
)
