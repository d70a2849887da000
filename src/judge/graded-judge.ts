/**
 * The model-graded judge: one item per call to a chat API, never awaited by the monitor's flow. What
 * it gives is a grade of the closed schema or an error with its reason; nothing else ever becomes a
 * grade. Calls, queue, response size, time and spending are bounded; an item beyond a bound is an
 * error at once, the newest first, and the items before it are unaffected.
 */
import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { type BreakerOptions, type BreakerState, createBreaker } from './graded/breaker.ts'
import { type Budget, type BudgetOptions, createBudget } from './graded/budget.ts'
import type { Dimension } from './graded/dimension.ts'
import { excerptOf } from './graded/excerpt.ts'
import { type FencedField, nonceBytes, userText } from './graded/fence.ts'
import {
  type EndpointHealth,
  type Grade,
  type GradeError,
  type PostReply,
  readReply,
} from './graded/outcome.ts'
import { createSlots } from './graded/slots.ts'
import { type JudgeApi, type Usage, wires } from './graded/wire.ts'

export const gradedJudgeId = 'model_graded'

export interface GradedJudgeOptions {
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
  concurrency: number
  queueMax: number
  queueWaitMsMax: number
  breaker: Omit<BreakerOptions, 'now'>
  budget: Omit<BudgetOptions, 'now'>
}

/** For all that names neither endpoint nor spending. */
export const gradedJudgeDefaults = {
  temperature: true,
  outputTokensMax: 64,
  deadlineMs: 10_000,
  retriesMax: 1,
  responseBytesMax: 262_144,
  concurrency: 4,
  queueMax: 256,
  queueWaitMsMax: 60_000,
  breaker: { failuresMax: 5, openMs: 5000, openMsMax: 300_000 },
} as const

export interface GradedJudgeDeps {
  /** The outgoing client, as far as a judge needs it. It never rejects. */
  post(request: {
    url: URL
    headers: Readonly<Record<string, string>>
    body: Uint8Array
    deadlineMs: number
    responseBytesMax: number
    retriesMax: number
  }): Promise<PostReply>
  clock: Clock
  /** From a cryptographic source: an author of material must not be able to guess it. */
  randomBytes(size: number): Uint8Array
  /** After each item, for metrics. */
  settled?(event: SettledEvent): void
}

export interface SettledEvent {
  dimension: string
  outcome: 'graded' | GradeError
  /** Of the call; undefined: none was made. */
  durationMs: number | undefined
  /** As the endpoint states it; undefined: no call, or it did not say. */
  usage: Usage | undefined
}

export type Graded<R> = Grade<R> & { dimension: string; judge: string; version: string }

export interface GradedJudgeStats {
  queued: number
  running: number
  breaker: BreakerState
  /** Epoch milliseconds of the last grade; undefined: none yet. */
  lastSuccessAt: number | undefined
}

export interface GradedJudge {
  /** Rejects only for a fault of this program. */
  grade<F extends string, R>(
    dimension: Dimension<F, R>,
    item: Readonly<Record<F, string>>,
  ): Promise<Graded<R>>
  /** Names the instrument: API, model and every word of the prompt. */
  version<F extends string, R>(dimension: Dimension<F, R>): string
  stats(): GradedJudgeStats
  budget: Pick<Budget, 'left' | 'state'>
  /** Waiting items become errors; running calls end by themselves, at the latest at their deadline. */
  close(): void
}

export function createGradedJudge(options: GradedJudgeOptions, deps: GradedJudgeDeps): GradedJudge {
  const { clock } = deps
  const wire = wires[options.api]
  const monotonic = (): number => clock.monotonic()
  const breaker = createBreaker({ ...options.breaker, now: monotonic })
  const budget = createBudget({ ...options.budget, now: () => clock.now() })
  const slots = createSlots({
    concurrency: options.concurrency,
    queueMax: options.queueMax,
    waitMsMax: options.queueWaitMsMax,
    now: monotonic,
  })
  const url = new URL(options.baseUrl)
  url.pathname = wire.path(url.pathname.replace(/\/+$/, ''))
  let lastSuccessAt: number | undefined

  const version: GradedJudge['version'] = ({ promptHash }) =>
    createHash('sha256')
      .update(JSON.stringify([promptHash, options.api, options.model, options.temperature]))
      .digest('hex')
      .slice(0, 16)

  const bodyOf = <F extends string, R>(
    dimension: Dimension<F, R>,
    fields: readonly FencedField[],
  ): Uint8Array => {
    const nonce = Buffer.from(deps.randomBytes(nonceBytes)).toString('hex')
    return Buffer.from(
      JSON.stringify(
        wire.body({
          model: options.model,
          system: dimension.system,
          user: userText(fields, nonce),
          schemaName: dimension.id,
          jsonSchema: dimension.jsonSchema,
          outputTokensMax: options.outputTokensMax,
          temperature: options.temperature,
        }),
      ),
    )
  }

  const call = async <F extends string, R>(
    dimension: Dimension<F, R>,
    fields: readonly FencedField[],
  ): Promise<Called<R>> => {
    const permit = breaker.acquire()
    if (permit === undefined) return refused('breaker_open')
    const body = bodyOf(dimension, fields)
    // A token is at least a byte of the text.
    const worst = { inputTokens: body.byteLength, outputTokens: options.outputTokensMax }
    const reservation = budget.reserve(1 + options.retriesMax, worst)
    if (reservation === undefined) {
      permit.released()
      return refused('budget_exhausted')
    }
    const begun = monotonic()
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
      return { result, durationMs: monotonic() - begun, usage }
    } finally {
      if (health === 'working') permit.succeeded()
      else if (health === 'failing') permit.failed()
      else permit.released()
    }
  }

  const queue = async <F extends string, R>(
    dimension: Dimension<F, R>,
    fields: readonly FencedField[],
  ): Promise<Called<R>> => {
    const slot = await slots.take()
    if (slot !== 'taken') return refused(slot)
    try {
      return await call(dimension, fields)
    } finally {
      slots.release()
    }
  }

  return {
    version,
    budget,
    stats: () => ({
      queued: slots.queued(),
      running: slots.running(),
      breaker: breaker.state(),
      lastSuccessAt,
    }),
    close: () => slots.close(),
    grade(dimension, item) {
      // What waits is the excerpt alone: the item itself is not held.
      const fields = materialOf(dimension, item)
      const called =
        fields === undefined
          ? Promise.resolve(refused('nothing_to_grade'))
          : queue(dimension, fields)
      return called.then(({ result, durationMs, usage }) => {
        if (result.kind === 'graded') lastSuccessAt = clock.now()
        deps.settled?.({
          dimension: dimension.id,
          outcome: result.kind === 'graded' ? 'graded' : result.reason,
          durationMs,
          usage,
        })
        return {
          ...result,
          dimension: dimension.id,
          judge: gradedJudgeId,
          version: version(dimension),
        }
      })
    },
  }
}

interface Called<R> {
  result: Grade<R>
  durationMs: number | undefined
  usage: Usage | undefined
}

const refused = (reason: GradeError): Called<never> => ({
  result: { kind: 'error', reason },
  durationMs: undefined,
  usage: undefined,
})

/** Undefined: a required text holds nothing that could be graded. */
function materialOf<F extends string, R>(
  { fields }: Dimension<F, R>,
  item: Readonly<Record<F, string>>,
): FencedField[] | undefined {
  const material: FencedField[] = []
  for (const { name, bytesMax, required } of fields) {
    const excerpt = excerptOf(item[name], bytesMax)
    const empty = excerpt.tail === undefined && excerpt.head.trim() === ''
    if (required && empty) return undefined
    material.push({ name, excerpt })
  }
  return material
}
