/**
 * One call to the judge's endpoint: asked of the breaker and the budget first, and settled with both
 * whatever comes back. The body of a call holds the rubric and one item, and nothing else.
 */
import { createHash } from 'node:crypto'
import type { GradeError } from '../../exchange/graded-outcome.ts'
import type { Budget } from '../../spend/budget.ts'
import type { FleetBudget } from '../../spend/fleet-budget.ts'
import { type Tokens, tokensFor, tokensUsed } from '../../spend/limits.ts'
import type { Breaker } from './breaker.ts'
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
  /** Of this process. */
  budget: Pick<Budget, 'reserve'>
  /** Of all replicas together; undefined: there is no other, or nothing is shared. */
  shared: Pick<FleetBudget, 'reserve'> | undefined
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

type Reserved =
  | { ok: true; settle(calls: number, usage: Usage | undefined): void }
  | { ok: false; why: 'budget_exhausted' | 'store_away' }

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

  /** Of the process and of the fleet. */
  const reserve = async (callsMax: number, one: Tokens): Promise<Reserved> => {
    const worst = tokensFor(one, callsMax)
    const own = deps.budget.reserve(callsMax, worst)
    if (own === undefined) return { ok: false, why: 'budget_exhausted' }
    const shared = await deps.shared?.reserve(callsMax, worst)
    if (shared?.ok === false) {
      own.settle(0, tokensFor(one, 0))
      return { ok: false, why: shared.why === 'exhausted' ? 'budget_exhausted' : 'store_away' }
    }
    return {
      ok: true,
      settle(calls, usage) {
        const used = tokensUsed(one, calls, usage)
        own.settle(calls, used)
        void shared?.charge.settle(calls, used)
      },
    }
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
      const one = { inputTokens: body.byteLength, outputTokens: outputTokensMax }
      let health: EndpointHealth = 'unclear'
      try {
        const reserved = await reserve(1 + options.retriesMax, one)
        if (!reserved.ok) return notCalled(reserved.why)
        const begun = deps.now()
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
        reserved.settle(reply.attempts, usage)
        return { result, durationMs: deps.now() - begun, usage, attempts: reply.attempts }
      } finally {
        if (health === 'working') permit.succeeded()
        else if (health === 'failing') permit.failed()
        else permit.released()
      }
    },
  }
}
