/**
 * Two instances behind HAProxy, each ended by SIGTERM and started again in turn while clients keep
 * asking: no request fails. HAProxy takes an instance out when /readyz stops answering 200.
 */
import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { fetchText, type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'
import { requestBody, streamEvents } from './support/sse-stream.ts'

const found = spawnSync('haproxy', ['-v']).status === 0
const inCi = process.env['CI'] === 'true'
const clients = 40
const slow = process.env['HOLDFAST_TEST_SLOW'] === '1'
const requestsMin = slow ? 10_000 : 3000
const rounds = Number(process.env['HOLDFAST_TEST_ROLLING_ROUNDS'] ?? (slow ? 10 : 1))

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createTcpServer())
  const ports: number[] = []
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    ports.push(address.port)
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

interface Instance {
  port: number
  adminPort: number
}

function haproxyConfig(front: number, instances: readonly Instance[]): string {
  const servers = instances.map(
    ({ port, adminPort }, i) =>
      `  server h${i} 127.0.0.1:${port} check port ${adminPort} inter 200ms fall 2 rise 1`,
  )
  return [
    'defaults',
    '  mode http',
    '  retries 0',
    '  timeout check 2s',
    '  timeout connect 2s',
    '  timeout client 30s',
    '  timeout server 30s',
    'listen front',
    `  bind 127.0.0.1:${front}`,
    '  option httpchk GET /readyz',
    ...servers,
    '',
  ].join('\n')
}

const expected = { stream: streamEvents.chat.join(''), json: '{"ok":true}' } as const

/** A model that takes its time, so that many exchanges are open whenever an instance is told to stop. */
async function startModel() {
  const server = createServer((req, res) => {
    const stream = req.headers['x-stream'] === '1'
    req.resume()
    req.on('end', () => {
      if (!stream) return void setTimeout(() => res.end(expected.json), 5)
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      const events = [...streamEvents.chat]
      const timer = setInterval(() => {
        res.write(events.shift() ?? '')
        if (events.length > 0) return
        clearInterval(timer)
        res.end()
      }, 10)
      res.on('close', () => clearInterval(timer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${address.port}`, close }
}

/** @returns why it failed, or undefined */
function ask(port: number, agent: Agent, stream: boolean): Promise<string | undefined> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'x-stream': stream ? '1' : '0' }
    const path = '/v1/chat/completions'
    const req = request({ host: '127.0.0.1', port, method: 'POST', path, headers, agent })
    req.on('error', (error) => resolve(String(error)))
    req.on('response', (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (part: string) => {
        text += part
      })
      res.on('error', (error) => resolve(String(error)))
      res.on('end', () => {
        const whole = text === (stream ? expected.stream : expected.json)
        resolve(res.statusCode === 200 && whole ? undefined : `${res.statusCode} ${text}`)
      })
    })
    req.end(requestBody('chat', stream))
  })
}

async function startHaproxy(folder: string, front: number, instances: readonly Instance[]) {
  const file = join(folder, 'haproxy.cfg')
  writeFileSync(file, haproxyConfig(front, instances))
  const child = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const until = performance.now() + 10_000
  const agent = new Agent()
  while ((await ask(front, agent, false)) !== undefined)
    if (performance.now() > until) throw new Error('haproxy serves nothing')
  agent.destroy()
  return {
    stop() {
      child.kill('SIGKILL')
      return exited
    },
  }
}

await t.test(
  `rolling restart behind HAProxy: 0 failed of at least ${requestsMin}`,
  {
    timeout: slow ? 900_000 : 120_000,
    skip: found || inCi ? false : 'haproxy is not installed: apt-get install haproxy',
  },
  async (t) => {
    t.ok(found, 'haproxy is installed')
    if (!found) return
    const model = await startModel()
    const [front = 0, ...ports] = await freePorts(5)
    const [p0 = 0, a0 = 0, p1 = 0, a1 = 0] = ports
    const instances: Instance[] = [
      { port: p0, adminPort: a0 },
      { port: p1, adminPort: a1 },
    ]
    const start = ({ port, adminPort }: Instance): Promise<HoldfastProcess> =>
      startHoldfast({
        upstream: model.url,
        listen: `127.0.0.1:${port}`,
        admin: `127.0.0.1:${adminPort}`,
        env: { HOLDFAST_DRAIN_DELAY_MS: '1500' },
      })
    const running = await Promise.all(instances.map(start))
    const haproxy = await startHaproxy(t.testdir({}), front, instances)
    const agent = new Agent({ keepAlive: true, maxSockets: clients })
    t.teardown(async () => {
      agent.destroy()
      await haproxy.stop()
      await Promise.all(running.map((holdfast) => holdfast.stop()))
      await model.close()
    })

    let asked = 0
    const load = { restarting: true }
    const failed: string[] = []
    const asking = Array.from({ length: clients }, async (_, client) => {
      while (load.restarting || asked < requestsMin) {
        const number = asked++
        const fault = await ask(front, agent, (number + client) % 10 < 7)
        if (fault !== undefined) failed.push(`${number}: ${fault}`)
      }
    })
    const exits: unknown[] = []
    for (let round = 0; round < rounds; round++) {
      for (const [i, instance] of instances.entries()) {
        exits.push(await running[i]?.stop())
        running[i] = await start(instance)
        // HAProxy sends again to the new one before the other goes.
        const served = async () =>
          (await running[i]?.metric('holdfast_exchanges_total', { outcome: 'complete' })) ?? 0
        while ((await served()) === 0) await fetchText(instance.adminPort, '/readyz')
      }
    }
    load.restarting = false
    await Promise.all(asking)
    t.strictSame(failed.slice(0, 5), [], `${failed.length} failed of ${asked}`)
    t.ok(asked >= requestsMin, `${asked} requests over ${exits.length} restarts`)
    t.strictSame(
      exits,
      Array.from({ length: 2 * rounds }, () => ({ code: 0, signal: null })),
      'every instance ended by itself',
    )
  },
)
