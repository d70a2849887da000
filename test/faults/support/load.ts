/**
 * The load of every fault: keep-alive clients, 70 % streams, 20 % JSON, 10 % tools, each answer checked by
 * digest against what the seed says, and each request by the digest that the model took of it.
 */
import { createHash } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { createRandom } from '../../../src/drift/simulation/random.ts'
import type { FaultOrder, Model } from './model.ts'
import { kindOf, plantedSecrets, seededAnswer, seededRequest } from './seeded.ts'

export type Outcome =
  | { kind: 'ok' }
  /** Answered otherwise: by holdfast itself where there is a marker. */
  | { kind: 'status'; status: number; marker: string | undefined; body: Buffer }
  /** Ended early; how many bytes of body there were before. */
  | { kind: 'broken'; bytes: number; body: Buffer }
  /** No answer at all. */
  | { kind: 'unanswered'; error: string }
  /** Whole, and not what the seed says. */
  | { kind: 'wrong'; what: string }

export type Phase = 'before' | 'during' | 'after'

export interface Asked {
  phase: Phase
  outcome: Outcome
  firstByteMs: number | undefined
}

export interface Load {
  phase(phase: Phase): void
  /** Through the proxy, and beside it straight to the model. */
  asked(): readonly Asked[]
  direct(): readonly Asked[]
  stop(): Promise<void>
}

export interface LoadOptions {
  port: () => number
  model: Model
  seed: number
  clients: number
  directClients: number
  viaOthers?: () => boolean
}

let nextNumber = 1

export function startLoad(options: LoadOptions): Load {
  const { port, model, seed, clients, directClients } = options
  let phase: Phase = 'before'
  const state = { running: true }
  const asked: Asked[] = []
  const direct: Asked[] = []
  const agents: Agent[] = []
  const client = async (index: number, to: () => number, into: Asked[]): Promise<void> => {
    const random = createRandom(seed, 900_000 + index)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    agents.push(agent)
    while (state.running) {
      const from = phase
      const viaOthers = options.viaOthers?.() === true
      const { outcome, firstByteMs } = await ask({ port: to(), agent, model, seed, viaOthers })
      // What overlaps the fault belongs to it.
      const touched = from === phase ? phase : 'during'
      into.push({ phase: touched, outcome, firstByteMs })
      await pause(50 + random.below(150))
    }
  }
  const all = [
    ...Array.from({ length: clients }, (_, i) => client(i, port, asked)),
    ...Array.from({ length: directClients }, (_, i) =>
      client(10_000 + i, () => model.port, direct),
    ),
  ]
  return {
    phase(next) {
      phase = next
    },
    asked: () => asked,
    direct: () => direct,
    async stop() {
      state.running = false
      await Promise.all(all)
      for (const agent of agents) agent.destroy()
    },
  }
}

export interface AskOptions {
  port: number
  agent: Agent | false
  model: Model
  seed: number
  order?: FaultOrder
  /** Instead of the seeded one. */
  body?: Buffer
  /** Leaves after so many milliseconds. */
  leaveMs?: number
  /** Of a whole answer that is not the seeded one. */
  sha256?: string
  headers?: Readonly<Record<string, string>>
  path?: string
  /** Through another proxy too: one that writes names of headers its own way, and signs. */
  viaOthers?: boolean
}

export interface Answer {
  id: string
  outcome: Outcome
  firstByteMs: number | undefined
  totalMs: number
}

/** One request; nothing it meets is thrown. */
export function ask(options: AskOptions): Promise<Answer> {
  const number = nextNumber++
  const { seed, model, order } = options
  const kind = kindOf(seed, number)
  const body = options.body ?? seededRequest(seed, number, kind)
  const id = String(number)
  const from = performance.now()
  return new Promise((resolve) => {
    let settled = false
    const settle = (outcome: Outcome, firstByteMs?: number): void => {
      if (settled) return
      settled = true
      resolve({ id, outcome, firstByteMs, totalMs: performance.now() - from })
    }
    const req = request({
      host: '127.0.0.1',
      port: options.port,
      method: 'POST',
      path: `${options.path ?? '/v1/chat/completions'}?key=${plantedSecrets.query}`,
      agent: options.agent,
      headers: {
        'content-type': 'application/json',
        'content-length': body.length,
        authorization: `Bearer ${plantedSecrets.authorization}`,
        'x-api-key': plantedSecrets.apiKey,
        cookie: plantedSecrets.cookie,
        'x-id': id,
        ...(order === undefined ? {} : { 'x-fault': JSON.stringify(order) }),
        ...options.headers,
      },
    })
    if (options.leaveMs !== undefined) setTimeout(() => req.destroy(), options.leaveMs)
    req.on('error', (error) => settle({ kind: 'unanswered', error: error.message }))
    req.on('response', (res) => {
      let firstByteMs: number | undefined
      const hash = createHash('sha256')
      const kept: Buffer[] = []
      let bytes = 0
      const keeps = order === undefined || order.kind !== 'sized'
      res.on('data', (chunk: Buffer) => {
        firstByteMs ??= performance.now() - from
        bytes += chunk.length
        hash.update(chunk)
        if (keeps) kept.push(chunk)
      })
      res.on('error', () => {})
      res.on('close', () => {
        const whole = Buffer.concat(kept)
        if (!res.complete) return settle({ kind: 'broken', bytes, body: whole }, firstByteMs)
        const marker = res.headers['x-holdfast-error']
        if (res.statusCode !== 200 || typeof marker === 'string') {
          const status = res.statusCode ?? 0
          const named = typeof marker === 'string' ? marker : undefined
          return settle({ kind: 'status', status, marker: named, body: whole }, firstByteMs)
        }
        const sha = hash.digest('hex')
        const sent = createHash('sha256').update(body).digest('hex')
        if (model.takeRequestSha(id) !== sent) {
          return settle({ kind: 'wrong', what: `request ${id} reached the model changed` })
        }
        const expected = order === undefined ? seededAnswer(seed, number, kind) : undefined
        const expectedSha = expected?.sha256 ?? options.sha256
        const wrong =
          expectedSha !== undefined && sha !== expectedSha
            ? 'the body of the answer is changed'
            : headersDiffer(res, expected?.headers, options.viaOthers === true)
        settle(wrong === undefined ? { kind: 'ok' } : { kind: 'wrong', what: wrong }, firstByteMs)
      })
    })
    req.end(body)
  })
}

/** Of one connection only, and not of the message. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'date',
  'content-length',
])

function headersDiffer(
  res: IncomingMessage,
  headers: readonly string[] | undefined,
  viaOthers: boolean,
): string | undefined {
  if (headers === undefined) return undefined
  const got: string[] = []
  for (let i = 0; i < res.rawHeaders.length; i += 2) {
    const name = res.rawHeaders[i] ?? ''
    if (hopByHop.has(name.toLowerCase()) || (viaOthers && name === 'Server')) continue
    got.push(name, res.rawHeaders[i + 1] ?? '')
  }
  const text = (all: readonly string[]): string =>
    viaOthers ? all.join('\n').toLowerCase() : all.join('\n')
  return text(got) === text(headers)
    ? undefined
    : `the headers of the answer are changed: ${got.join(', ')}`
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
