/**
 * The simulated model: a model server of our own on node:http that speaks OpenAI chat completions,
 * OpenAI Responses and Anthropic Messages. The same request, seed and phase get the same bytes, ids
 * included. It listens by itself: it stands for the upstream, outside the proxy's own rule on
 * where sockets are opened. `close()` leaves nothing open.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { isJsonObject, jsonBytesMax, parseJsonBytes } from '../decode/untrusted-json.ts'
import type { ApiShape, Failure } from './apis/api-shape.ts'
import { apiShapeFor } from './apis/api-shapes.ts'
import { type BehaviourContext, behave, responseSeed } from './behaviour.ts'
import { sendEvents, sendJson } from './delivery.ts'
import type { FindKnownRequest } from './known-requests.ts'
import { modelList, modelNamed } from './model-list.ts'
import { createModelStats, type ModelStats } from './model-stats.ts'
import { rememberTurns } from './remembered.ts'
import type { Replay } from './replay.ts'
import { type SimulatedRequest, userTurns } from './request.ts'
import { phaseFor, type Scenario, servedName } from './scenarios.ts'
import { hexId } from './seeded.ts'

const bodyBytesMax = jsonBytesMax

export interface SimulatedModelOptions {
  clock: Clock
  seed: number
  scenario: Scenario
  replay?: Replay
  /** Requests of others to apply the planted behaviour to, such as those of a probe suite. */
  known?: FindKnownRequest
  host?: string
  /** 0 takes a free one. */
  port?: number
  /** Between two pieces of a stream. */
  paceMs?: number
  /** Before an answer begins. */
  answerMs?: number
  /** Compress for clients that accept it. */
  gzip?: boolean
}

export interface SimulatedModel {
  /** http://HOST:PORT, without /v1. */
  url: string
  /** What was asked and what was done, as planted. */
  stats: () => ModelStats
  close: () => Promise<void>
}

interface Model {
  options: SimulatedModelOptions
  startedAt: number
  stats: ReturnType<typeof createModelStats>
  remembered: ReturnType<typeof rememberTurns>
}

export async function startSimulatedModel(options: SimulatedModelOptions): Promise<SimulatedModel> {
  const model: Model = {
    options,
    startedAt: options.clock.monotonic(),
    stats: createModelStats(),
    remembered: rememberTurns(),
  }
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    answer(model, request, response).catch(() => response.destroy())
  })
  const host = options.host ?? '127.0.0.1'
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    stats: () => model.stats.snapshot(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(model: Model, request: IncomingMessage, response: ServerResponse) {
  const path = (request.url ?? '/').replace(/\?.*$/s, '')
  const shape = apiShapeFor(path)
  if (shape === undefined) {
    answerPath(model, path, request, response)
    return
  }
  const body = await readBody(request)
  if (response.destroyed) return
  if (request.method !== 'POST') {
    fail(model, shape, request, response, {
      status: 405,
      type: 'invalid_request_error',
      message: `Not allowed to ${request.method ?? ''} on this path; use POST.`,
    })
  } else if (body === undefined) {
    fail(model, shape, request, response, {
      status: 413,
      type: shape.api === 'anthropic_messages' ? 'request_too_large' : 'invalid_request_error',
      message: `The request body is larger than ${bodyBytesMax} bytes.`,
    })
  } else {
    await answerBody(model, shape, body, request, response)
  }
}

async function answerBody(
  model: Model,
  shape: ApiShape,
  body: Uint8Array,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const invalid = (message: string, param?: string): void =>
    fail(model, shape, request, response, {
      status: 400,
      type: 'invalid_request_error',
      message,
      ...(param === undefined ? {} : { param }),
    })
  const parsed = parseJsonBytes(body)
  if (!parsed.ok || !isJsonObject(parsed.value)) {
    invalid('We could not parse the JSON body of your request.')
    return
  }
  const read = shape.read(parsed.value)
  if (!read.ok) {
    invalid(read.message, read.param)
    return
  }
  const before = turnsBefore(model, read.request)
  if (before === undefined) {
    invalid('Previous response not found.', 'previous_response_id')
    return
  }
  await answerRequest(model, shape, read.request, before, request, response)
}

/** Undefined: the request goes on from a response this server does not know. */
function turnsBefore(model: Model, request: SimulatedRequest): number | undefined {
  const { previousResponseId } = request
  return previousResponseId === undefined ? 0 : model.remembered.get(previousResponseId)
}

async function answerRequest(
  model: Model,
  shape: ApiShape,
  asked: SimulatedRequest,
  before: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { seed, scenario, replay, known, clock, answerMs = 0 } = model.options
  const seconds = (clock.monotonic() - model.startedAt) / 1000
  const phase = phaseFor(scenario, asked.model, seconds)
  const turns = before + userTurns(asked)
  const context: BehaviourContext = { seed, phase, replay, known, turns }
  const behaviour = behave(asked, context)
  const served = servedName(phase, asked.model)
  model.stats.count({
    api: asked.api,
    language: behaviour.asked.language,
    kind: behaviour.asked.kind,
    truth: behaviour.truth,
  })
  if (answerMs > 0) await pause(answerMs)
  if (behaviour.content.kind === 'overloaded') {
    fail(model, shape, request, response, overloadOf(shape))
    return
  }
  const idSeed = responseSeed(asked, context)
  const simulated = {
    request: asked,
    content: behaviour.content,
    model: served,
    created: createdAt(phase.version),
    idSeed,
  }
  if (asked.api === 'openai_responses') model.remembered.put(`resp_${idSeed}`, turns)
  const { paceMs = 0, gzip = false } = model.options
  const headers = { [requestIdHeader(shape)]: `req_${idSeed.slice(0, 24)}` }
  if (!asked.stream) {
    sendJson(request, response, 200, shape.body(simulated), { gzip, headers })
    return
  }
  const whole = await sendEvents(request, response, shape.events(simulated), {
    paceMs,
    gzip,
    headers,
  })
  if (!whole) model.stats.aborted()
}

const requestIdHeader = (shape: ApiShape): string =>
  shape.api === 'anthropic_messages' ? 'request-id' : 'x-request-id'

/** The day of the version stands for the time of every answer, so that bytes do not depend on it. */
const createdAt = (version: string): number => Date.parse(`${version}T00:00:00Z`) / 1000

const overloadOf = (shape: ApiShape): Failure =>
  shape.api === 'anthropic_messages'
    ? { status: 529, type: 'overloaded_error', message: 'Overloaded' }
    : { status: 503, type: 'server_error', message: 'The engine is currently overloaded.' }

function fail(
  model: Model,
  shape: ApiShape,
  request: IncomingMessage,
  response: ServerResponse,
  failure: Failure,
): void {
  model.stats.failed(failure.status)
  const idSeed = hexId(48, model.options.seed, 'failure', failure.message)
  sendJson(request, response, failure.status, shape.failure(failure, idSeed), { gzip: false })
}

/** Everything that is not one of the three APIs: the list of models, or not found. */
function answerPath(
  model: Model,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.resume()
  const { scenario, gzip = false } = model.options
  const anthropic = request.headers['anthropic-version'] !== undefined
  if (request.method === 'GET') {
    const name = /^(?:\/v1)?\/models\/([^/]+)$/.exec(path)?.[1]
    const list = /^(?:\/v1)?\/models$/.test(path) ? modelList(scenario, anthropic) : undefined
    const found = list ?? (name === undefined ? undefined : modelNamed(scenario, name, anthropic))
    if (found !== undefined) {
      sendJson(request, response, 200, found, { gzip })
      return
    }
  }
  model.stats.failed(404)
  const message =
    'Unknown request URL; see /v1/models, /v1/chat/completions, /v1/responses, /v1/messages.'
  const body = anthropic
    ? { type: 'error', error: { type: 'not_found_error', message } }
    : { error: { message, type: 'invalid_request_error', param: null, code: 'unknown_url' } }
  sendJson(request, response, 404, body, { gzip: false })
}

/** Undefined when the body is too long; the rest of it is read and thrown away. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes <= bodyBytesMax) chunks.push(chunk)
  }
  return bytes <= bodyBytesMax ? Buffer.concat(chunks) : undefined
}
