/**
 * One call to the judge's endpoint: asked of the breaker and the budget first, and settled with both
 * whatever comes back. The body of a call holds the rubric and one item, and nothing else.
 */
import { createHash } from 'node:crypto'
import type { GradeError } from '../../exchange/graded-outcome.ts'
import type { Breaker } from './breaker.ts'
import type { Budget } from './budget.ts'
import type { Dimension } from './dimension.ts'
import { type FencedField, nonceBytes, userText } from './fence.ts'
import { type EndpointHealth, type Grade, type PostReply, readReply } from './outcome.ts'
import type { Usage } from './wire.ts'
import { type JudgeApi, wires } from './wires.ts'

export interface EndpointOptions {
  api: JudgeApi
  /** As the SDKs of the API take it: OpenAI with `/v1`, Anthropic with or without. */
  baseUrl: URL
  model: string
  /** Asked for each call; undefined: the endpoint takes no key. */
  key: (() => string) | undefined
  /** False for models that refuse sampling parameters. */
  temperature: boolean
  outputTokensMax: number
  deadlineMs: number
  retriesMax: number
  responseBytesMax: number
}

export interface EndpointDeps {
  /** The outgoing client, as far as a judge needs it. It never rejects. */
  post(request: {
    url: URL
    headers: Readonly<Record<string, string>>
    body: Uint8Array
    deadlineMs: number
    responseBytesMax: number
    retriesMax: number
  }): Promise<PostReply>
  /** From a cryptographic source: an author of material must not be able to guess it. */
  randomBytes(size: number): Uint8Array
  breaker: Breaker
  budget: Budget
  /** Monotonic milliseconds. */
  now: () => number
}

export interface Called<R> {
  result: Grade<R>
  /** Of the call; undefined: none was made. */
  durationMs: number | undefined
  /** As the endpoint states it; undefined: no call, or it did not say. */
  usage: Usage | undefined
  /** Calls made, repetitions included. */
  attempts: number
}

export interface Endpoint {
  call<F extends string, R>(
    dimension: Dimension<F, R>,
    fields: readonly FencedField[],
  ): Promise<Called<R>>
  /** Names the instrument: API, model and every word of the prompt. */
  version<F extends string, R>(dimension: Dimension<F, R>): string
}

export const notCalled = (reason: GradeError): Called<never> => ({
  result: { kind: 'error', reason },
  durationMs: undefined,
  usage: undefined,
  attempts: 0,
})

export function createEndpoint(options: EndpointOptions, deps: EndpointDeps): Endpoint {
  const { api, model, temperature, outputTokensMax } = options
  const wire = wires[api]
  const url = new URL(options.baseUrl)
  url.pathname = wire.path(url.pathname.replace(/\/+$/, ''))

  const bodyOf = (
    { id, system, jsonSchema }: Pick<Dimension<string, unknown>, 'id' | 'system' | 'jsonSchema'>,
    fields: readonly FencedField[],
  ): Uint8Array => {
    const nonce = Buffer.from(deps.randomBytes(nonceBytes)).toString('hex')
    const user = userText(fields, nonce)
    const call = { model, system, user, schemaName: id, jsonSchema, outputTokensMax, temperature }
    return Buffer.from(JSON.stringify(wire.body(call)))
  }

  return {
    version: ({ promptHash }) =>
      createHash('sha256')
        .update(JSON.stringify([promptHash, api, model, temperature]))
        .digest('hex')
        .slice(0, 16),
    async call(dimension, fields) {
      const permit = deps.breaker.acquire()
      if (permit === undefined) return notCalled('breaker_open')
      const body = bodyOf(dimension, fields)
      // A token is at least a byte of the text.
      const worst = { inputTokens: body.byteLength, outputTokens: outputTokensMax }
      const reservation = deps.budget.reserve(1 + options.retriesMax, worst)
      if (reservation === undefined) {
        permit.released()
        return notCalled('budget_exhausted')
      }
      const begun = deps.now()
      let health: EndpointHealth = 'unclear'
      try {
        const reply = await deps.post({
          url,
          headers: { 'content-type': 'application/json', ...wire.headers(options.key?.()) },
          body,
          deadlineMs: options.deadlineMs,
          responseBytesMax: options.responseBytesMax,
          retriesMax: options.retriesMax,
        })
        const { result, endpoint, usage } = readReply(reply, wire, dimension)
        health = endpoint
        reservation.settle(reply.attempts, usage)
        return { result, durationMs: deps.now() - begun, usage, attempts: reply.attempts }
      } finally {
        if (health === 'working') permit.succeeded()
        else if (health === 'failing') permit.failed()
        else permit.released()
      }
    },
  }
}
