/**
 * The parts put together, in this process: real sockets, the real monitor thread, the real exposition.
 */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { type Deps, type Running, startHoldfast } from '../src/app.ts'
import { loadConfig } from '../src/config/load.ts'
import { createLog } from '../src/log.ts'
import { builtThread, faultyThread } from './support/threads.ts'

interface SetUp {
  running: Running
  lines: string[]
  /** One exchange; its body's SHA is not looked at here, only that it came whole. */
  ask(options?: Ask): Promise<number>
  scrape(): Promise<Metrics>
  /** Scrapes until the condition holds; every scrape on the way must conserve. */
  until(condition: (metrics: Metrics) => boolean): Promise<Metrics>
}

interface Ask {
  model?: string
  content?: string
  headers?: Record<string, string>
  path?: string
}

interface Metrics {
  text: string
  sum(name: string, ...having: string[]): number
}

const answer = (model: string): string =>
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'Paris is the capital of France, as most people know.',
        },
        finish_reason: 'stop',
      },
    ],
  })

async function setUp(t: Test, args: string[] = [], deps: Partial<Deps> = {}): Promise<SetUp> {
  const upstream = http.createServer((req, res) => {
    let body = ''
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    req.on('end', () => {
      const model = /"model":"([^"]*)"/.exec(body)?.[1] ?? 'none'
      res.setHeader('content-type', 'application/json')
      res.end(answer(model))
    })
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  const { port } = upstream.address() as AddressInfo
  const result = loadConfig({
    args: [
      '--upstream',
      `http://127.0.0.1:${port}`,
      '--listen',
      '127.0.0.1:0',
      '--admin',
      '127.0.0.1:0',
      '--drain-delay-ms',
      '0',
      ...args,
    ],
    env: {},
  })
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  const lines: string[] = []
  const log = createLog({ level: 'debug', stream: { write: (line) => void lines.push(line) } })
  const running = await startHoldfast(result.config, { log, thread: builtThread, ...deps })
  const agent = new http.Agent({ keepAlive: true, maxSockets: 40 })
  t.teardown(async () => {
    agent.destroy()
    await running.close()
    upstream.close()
    upstream.closeAllConnections()
  })
  const scrape = async (): Promise<Metrics> => readMetrics(await get(`${running.adminUrl}/metrics`))
  return {
    running,
    lines,
    ask: (options = {}) => ask(running.dataUrl, agent, options),
    scrape,
    async until(condition) {
      for (let tries = 0; tries < 1200; tries++) {
        const metrics = await scrape()
        conserves(t, metrics)
        if (condition(metrics)) return metrics
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error('the condition did not come true within 30 s')
    },
  }
}

function ask(url: string, agent: http.Agent, options: Ask): Promise<number> {
  const body = JSON.stringify({
    model: options.model ?? 'm',
    messages: [{ role: 'user', content: options.content ?? 'What is the capital of France?' }],
  })
  return new Promise((resolve, reject) => {
    const req = http.request(
      `${url}${options.path ?? '/v1/chat/completions'}`,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...options.headers },
      },
      (res) => {
        let text = ''
        res.on('data', (chunk: Buffer) => {
          text += chunk.toString()
        })
        res.on('end', () => {
          if (res.statusCode === 200) JSON.parse(text)
          resolve(res.statusCode ?? 0)
        })
        res.on('error', reject)
      },
    )
    req.on('error', reject)
    req.end(body)
  })
}

const get = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    http
      .get(url, (res) => {
        let text = ''
        res.on('data', (chunk: Buffer) => {
          text += chunk.toString()
        })
        res.on('end', () => resolve(text))
      })
      .on('error', reject)
  })

function readMetrics(text: string): Metrics {
  return {
    text,
    sum(name, ...having) {
      let sum = 0
      for (const line of text.split('\n')) {
        if (!line.startsWith(`${name}{`) && !line.startsWith(`${name} `)) continue
        if (having.every((part) => line.includes(part))) {
          sum += Number(/(?:\}|^\w+) (\S+)/.exec(line)?.[1])
        }
      }
      return sum
    },
  }
}

function conserves(t: Test, metrics: Metrics): void {
  const sampled = metrics.sum('holdfast_sampled_total')
  const accounted =
    metrics.sum('holdfast_judged_total', 'source="live"') +
    metrics.sum('holdfast_dropped_total') +
    metrics.sum('holdfast_in_flight')
  if (sampled !== accounted) t.equal(accounted, sampled, 'sampled = judged + dropped + in flight')
}

const judged = (metrics: Metrics): number => metrics.sum('holdfast_judged_total')

// Most of the time is waited for threads that load: two of those tests run side by side.
t.jobs = 2
const beside = { buffered: true }

t.test(
  'an exchange is judged and counted by language, depth, format and verdict',
  beside,
  async (t) => {
    const { ask, until } = await setUp(t)
    t.equal(await ask({ model: 'gpt-test' }), 200)
    const metrics = await until((now) => judged(now) === 1)
    t.equal(metrics.sum('holdfast_judged_total', 'language="en"', 'verdict="complied"'), 1)
    t.equal(metrics.sum('holdfast_judged_cell_total', 'cell="chat/1"'), 1)
    t.equal(metrics.sum('holdfast_judged_model_total', 'model="gpt-test"'), 1)
    t.equal(
      metrics.sum('holdfast_exchanges_total', 'protocol="openai_chat"', 'outcome="complete"'),
      1,
    )
    t.equal(metrics.sum('holdfast_monitor_up'), 1)
  },
)

t.test('the trace of a request is an exemplar of its verdict', beside, async (t) => {
  const { ask, until } = await setUp(t)
  const trace = '0af7651916cd43dd8448eb211c80319c'
  await ask({ headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } })
  const metrics = await until((now) => judged(now) === 1)
  t.match(metrics.text, new RegExp(`holdfast_judged_total\\{.*\\} 1 # \\{trace_id="${trace}"\\} 1`))
})

t.test('with capture off nothing is sampled and everything passes', beside, async (t) => {
  const { ask, scrape } = await setUp(t, ['--capture-enabled', 'false'])
  t.equal(await ask(), 200)
  const metrics = await scrape()
  t.equal(metrics.sum('holdfast_sampled_total'), 0)
  t.equal(metrics.sum('holdfast_exchanges_total'), 1)
})

t.test(
  '10,000 invented models, users and languages make no series beyond the closed sets',
  async (t) => {
    const { ask, until, scrape } = await setUp(t, ['--languages-override-header', 'x-language'])
    await ask()
    const before = (await until((now) => judged(now) === 1)).sum('holdfast_series')
    const invented = 10_000
    for (let done = 0; done < invented; done += 40) {
      await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          ask({
            model: `model-${done + i}`,
            headers: { 'x-language': `l${done + i}`, 'x-session-id': `s${done + i}` },
          }),
        ),
      )
    }
    const metrics = await until((now) => now.sum('holdfast_in_flight') === 0)
    // 20 model names of their own at most, with 5 verdicts each.
    t.ok(
      metrics.sum('holdfast_series') <= before + 20 * 5,
      `${before} then ${metrics.sum('holdfast_series')}`,
    )
    t.ok(
      metrics.sum('holdfast_label_overflow_total', 'holdfast_judged_model_total') >= invented - 20,
    )
    t.equal((await scrape()).sum('holdfast_exchanges_total'), invented + 1)
  },
)

t.test('12 planted secrets reach no log line and no metric', beside, async (t) => {
  const { ask, until, lines } = await setUp(t, [
    '--log-requests',
    'true',
    '--identity-header',
    'x-conversation',
  ])
  const secrets = Array.from({ length: 12 }, (_, i) => `sk-planted${i}SECRETSECRETSECRET${i}`)
  const [
    a = '',
    b = '',
    c = '',
    d = '',
    e = '',
    f = '',
    g = '',
    h = '',
    i = '',
    j = '',
    k = '',
    l = '',
  ] = secrets
  await ask({
    model: a,
    content: `${b} my card`,
    path: `/v1/chat/completions?key=${c}&x=${d}`,
    headers: {
      authorization: `Bearer ${e}`,
      'x-api-key': f,
      cookie: `s=${g}`,
      'x-conversation': h,
      'x-session-id': i,
      traceparent: j,
      'user-agent': k,
      'api-key': l,
    },
  })
  await ask({ path: `/${c}/v1/chat/completions` })
  const metrics = await until((now) => judged(now) === 2)
  t.ok(
    lines.some((line) => line.includes('"exchange"')),
    'the exchange was logged',
  )
  for (const secret of secrets) {
    t.notOk(metrics.text.includes(secret), 'not in the metrics')
    t.notOk(lines.join('').includes(secret), 'not in the log')
  }
})

t.test('over the connection cap a request is refused at once, by name, and counted', async (t) => {
  const { ask, scrape } = await setUp(t, ['--proxy-connections-max', '1'])
  const statuses = await Promise.all(Array.from({ length: 10 }, () => ask()))
  t.same(new Set(statuses), new Set([200, 503]))
  const refused = statuses.filter((status) => status === 503).length
  t.equal((await scrape()).sum('holdfast_connection_refusals_total'), refused)
  t.equal((await scrape()).sum('holdfast_exchanges_total', 'outcome="refused"'), refused)
})

for (const [fault, reason] of [
  ['fault-throw', 'error'],
  ['fault-exit', 'exit'],
  ['fault-out_of_memory', 'out_of_memory'],
  ['fault-loop', 'stalled'],
] as const) {
  t.test(
    `the monitor lost by ${reason} under load costs no request and is seen in a scrape`,
    beside,
    async (t) => {
      const { ask, until, scrape } = await setUp(
        t,
        ['--monitor-stall-ms', reason === 'stalled' ? '6000' : '25000'],
        { thread: faultyThread },
      )
      await ask()
      await until((now) => judged(now) === 1)
      let failed = 0
      let asked = 0
      const load = { on: true }
      const loaded = Promise.all(
        Array.from({ length: 8 }, async () => {
          while (load.on) {
            asked++
            if ((await ask().catch(() => 0)) !== 200) failed++
            // Room for the thread that loads again.
            await new Promise((resolve) => setTimeout(resolve, 40))
          }
        }),
      )
      await ask({ headers: { 'x-session-id': fault } })
      await until((now) => now.sum('holdfast_monitor_up') === 0)
      const lost = await until(
        (now) => now.sum('holdfast_monitor_restarts_total', `"${reason}"`) >= 1,
      )
      // What was thrown at is still acknowledged by the listener behind it.
      if (reason !== 'error') {
        t.ok(lost.sum('holdfast_dropped_total', 'monitor_lost') > 0, 'what it held is named')
      }
      const before = judged(await until((now) => now.sum('holdfast_monitor_up') === 1))
      await until((now) => judged(now) > before)
      load.on = false
      await loaded
      t.equal(failed, 0, `of ${asked}`)
      const end = await until((now) => now.sum('holdfast_in_flight') === 0)
      t.equal(end.sum('holdfast_exchanges_total', 'outcome="complete"'), asked + 2)
      conserves(t, await scrape())
    },
  )
}
