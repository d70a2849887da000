/**
 * The model-graded judge: one item per call to a chat API, never awaited by the monitor's flow. What
 * it gives is a grade of the closed schema or an error with its reason; nothing else ever becomes a
 * grade. Calls, queue, response size, time and spending are bounded; an item beyond a bound is an
 * error at once, the newest first, and the items before it are unaffected.
 */
import type { Clock } from '../clock.ts'
import type { GradeError } from '../exchange/graded-outcome.ts'
import { type Budget, type BudgetOptions, createBudget } from '../spend/budget.ts'
import { type BreakerOptions, type BreakerState, createBreaker } from './graded/breaker.ts'
import type { Dimension } from './graded/dimension.ts'
import {
  type Called,
  createEndpoint,
  type Endpoint,
  type EndpointDeps,
  type EndpointOptions,
  notCalled,
} from './graded/endpoint.ts'
import { excerptOf } from './graded/excerpt.ts'
import type { FencedField } from './graded/fence.ts'
import type { Grade } from './graded/outcome.ts'
import { createSlots } from './graded/slots.ts'

export const gradedJudgeId = 'model_graded'

export interface GradedJudgeOptions extends EndpointOptions {
  concurrency: number
  queueMax: number
  /** An item that waited longer is not worth a call any more. */
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

export interface GradedJudgeDeps extends Pick<EndpointDeps, 'post' | 'randomBytes'> {
  clock: Clock
  /** Undefined: this process alone spends. */
  shared?: EndpointDeps['shared']
  /** After each item, for metrics. */
  settled?(event: SettledEvent): void
}

export interface SettledEvent extends Omit<Called<unknown>, 'result'> {
  dimension: string
  outcome: 'graded' | GradeError
}

export type Graded<R> = Grade<R> & { dimension: string; judge: string; version: string }

export interface GradedJudgeStats {
  queued: number
  running: number
  breaker: BreakerState
  /** Epoch milliseconds of the last grade; undefined: none yet. */
  lastSuccessAt: number | undefined
}

export interface GradedJudge extends Pick<Endpoint, 'version'> {
  /**
   * Rejects only for a fault of this program.
   * @param settled told what this one item has used, before the promise resolves
   */
  grade<F extends string, R>(
    dimension: Dimension<F, R>,
    item: Readonly<Record<F, string>>,
    settled?: (event: SettledEvent) => void,
  ): Promise<Graded<R>>
  stats(): GradedJudgeStats
  budget: Pick<Budget, 'left' | 'state'>
  /** Waiting items become errors; running calls end by themselves, at the latest at their deadline. */
  close(): void
}

export function createGradedJudge(options: GradedJudgeOptions, deps: GradedJudgeDeps): GradedJudge {
  const { clock } = deps
  const now = (): number => clock.monotonic()
  const breaker = createBreaker({ ...options.breaker, now })
  const budget = createBudget({ ...options.budget, now: () => clock.now() })
  const slots = createSlots({ ...options, waitMsMax: options.queueWaitMsMax, now })
  const { shared } = deps
  const endpoint = createEndpoint(options, { ...deps, shared, breaker, budget, now })
  let lastSuccessAt: number | undefined

  const queue = async <F extends string, R>(
    dimension: Dimension<F, R>,
    fields: readonly FencedField[],
  ): Promise<Called<R>> => {
    const slot = await slots.take()
    if (slot !== 'taken') return notCalled(slot)
    try {
      return await endpoint.call(dimension, fields)
    } finally {
      slots.release()
    }
  }

  return {
    version: (dimension) => endpoint.version(dimension),
    budget,
    stats: () => ({
      queued: slots.queued(),
      running: slots.running(),
      breaker: breaker.state(),
      lastSuccessAt,
    }),
    close: () => slots.close(),
    grade<F extends string, R>(
      dimension: Dimension<F, R>,
      item: Readonly<Record<F, string>>,
      settled?: (event: SettledEvent) => void,
    ) {
      // What waits is the excerpt alone: the item itself is not held.
      const fields = materialOf(dimension, item)
      const called: Promise<Called<R>> =
        fields === undefined
          ? Promise.resolve(notCalled('nothing_to_grade'))
          : queue(dimension, fields)
      const identity = {
        dimension: dimension.id,
        judge: gradedJudgeId,
        version: endpoint.version(dimension),
      }
      return called.then(({ result, ...spent }): Graded<R> => {
        if (result.kind === 'graded') lastSuccessAt = clock.now()
        const outcome = result.kind === 'graded' ? 'graded' : result.reason
        const event: SettledEvent = { ...spent, dimension: dimension.id, outcome }
        deps.settled?.(event)
        settled?.(event)
        return { ...result, ...identity }
      })
    },
  }
}

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
