/**
 * Whether `probe run` is limited by the upstream or by itself: the refusal core in every language
 * against a simulated model that takes a while to answer, and the same requests by a bare loop that
 * reads the answers and nothing more. Rounds are interleaved; the table gives each and the median.
 *
 *   npm run build && npx tsc -p bench/tsconfig.json
 *   node .cache/bench/probe-throughput.js [--rounds 3 --concurrency 16 --answer-ms 20 --limit N]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    concurrency: { type: 'string', default: '16' },
    'answer-ms': { type: 'string', default: '20' },
    limit: { type: 'string', default: '271' },
  },
})
const concurrency = Number(values.concurrency)

const cli = ['dist/cli.js']
const model = spawn(
  process.execPath,
  [...cli, 'simulator', '--listen', '127.0.0.1:0', '--answer-ms', values['answer-ms']],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const [line] = (await once(model.stdout, 'data')) as [Buffer]
const url = /http:\S+[0-9]/.exec(line.toString())?.[0]
if (url === undefined) throw new Error('the simulated model did not say where it listens')

/** The requests that a run makes, as a server in between sees them. */
async function requestsOf(): Promise<Buffer[]> {
  const bodies: Buffer[] = []
  const answer = JSON.stringify({
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'No.' } }],
  })
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks))
      response.end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await probeRun(`http://127.0.0.1:${port}`)
  server.close()
  server.closeAllConnections()
  return bodies
}

interface Ran {
  exchanges: number
  seconds: number
}

/** The command itself; the time is that of its exchanges and verdicts, without its start. */
async function probeRun(target: string): Promise<Ran> {
  const args = [
    'probe',
    'run',
    '--json',
    '--target',
    target,
    '--model',
    'simulated-1',
    '--seed',
    '7',
  ]
  const limits = ['--concurrency', values.concurrency, '--limit', values.limit]
  const child = spawn(process.execPath, [...cli, ...args, ...limits], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  await once(child, 'close')
  const told = JSON.parse(out) as Ran & { ended: string }
  if (told.ended !== 'done') throw new Error(`the run ended: ${told.ended}`)
  return told
}

async function bareLoop(bodies: readonly Buffer[]): Promise<Ran> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency })
  const target = new URL('/v1/chat/completions', url)
  let next = 0
  const post = (body: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': body.length }
      const request = http.request(target, { method: 'POST', agent, headers }, (response) => {
        response.on('end', resolve)
        response.resume()
      })
      request.on('error', reject)
      request.end(body)
    })
  const worker = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await post(body)
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - begun) / 1000
  agent.destroy()
  return { exchanges: bodies.length, seconds }
}

try {
  const bodies = await requestsOf()
  await bareLoop(bodies.slice(0, 500))
  const shares: number[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const bare = await bareLoop(bodies)
    const probe = await probeRun(url)
    const rate = ({ exchanges, seconds }: Ran): number => exchanges / seconds
    shares.push(rate(probe) / rate(bare))
    process.stdout.write(
      `${bare.exchanges} requests at ${concurrency}: bare ${rate(bare).toFixed(0)}/s, probe run ${rate(probe).toFixed(0)}/s (${(100 * (shares.at(-1) ?? 0)).toFixed(1)} %)\n`,
    )
  }
  const middle = shares.sort((a, b) => a - b)[Math.floor(shares.length / 2)] ?? Number.NaN
  process.stdout.write(`median ${(100 * middle).toFixed(1)} % of the bare loop\n`)
} finally {
  model.kill()
}
