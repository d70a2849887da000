/**
 * A target whose calls are paid for: each is reserved at its worst before it is sent and settled at
 * what the answer says it used. Once a reservation is refused, or the provider refuses the account,
 * nothing more is sent, and the run is told.
 */
import { type Tokens, tokensFor, tokensUsed } from '../../spend/limits.ts'
import type { RequestPlan } from '../request-plan.ts'
import {
  type Asked,
  createTarget,
  type Sender,
  type Target,
  type TargetOptions,
} from '../target.ts'
import type { PurseBudget } from './purse-budget.ts'
import type { StopSwitch } from './stop-switch.ts'

export interface MeteredTargetOptions extends Omit<TargetOptions, 'key'> {
  key: (() => string) | undefined
  /** For probes of class P2; undefined: none may be sent. `same`: a named end user is no sign of one. */
  adversarialKey: (() => string) | 'same' | undefined
  userAgent: string
}

export type Halt = 'budget_exhausted' | 'store_away' | 'stopped' | 'lease_lost'

export interface MeteredTargetDeps {
  sender: Sender
  clock: Parameters<typeof createTarget>[1]['clock']
  budget: Pick<PurseBudget, 'reserve'>
  stopSwitch: Pick<StopSwitch, 'stop' | 'current'>
  /** Whether this replica may still send. */
  mayRun: () => boolean
  /** Nothing more will be sent; called once for each call that was not. */
  halted: (why: Halt) => void
  spent: (calls: number, usage: Tokens | undefined) => void
}

const notSent = { attempts: 0, kind: 'failed', reason: 'connect' } as const

export function createMeteredTarget(
  options: MeteredTargetOptions,
  deps: MeteredTargetDeps,
): Target {
  const reserve = async (calls: number, worst: Tokens) => {
    if (deps.stopSwitch.current() !== undefined) return { ok: false, why: 'stopped' } as const
    if (!deps.mayRun()) return { ok: false, why: 'lease_lost' } as const
    const reserved = await deps.budget.reserve(calls, worst)
    if (!reserved.ok) return { ok: false, why: haltOf[reserved.why] } as const
    // While the store was asked, another probe may have been refused.
    if (deps.stopSwitch.current() !== undefined || !deps.mayRun()) {
      await reserved.charge.settle(0, { inputTokens: 0, outputTokens: 0 })
      return { ok: false, why: deps.mayRun() ? 'stopped' : 'lease_lost' } as const
    }
    return reserved
  }
  const keyFor = ({ endUser }: RequestPlan): (() => string) | undefined =>
    endUser === undefined || options.adversarialKey === 'same'
      ? options.key
      : options.adversarialKey
  return {
    async ask(plan) {
      let halt: Halt | undefined
      let settle = async (_usage: Tokens | undefined): Promise<void> => undefined
      const sender: Sender = {
        async post(request) {
          const calls = 1 + request.retriesMax
          // A token is at least a byte of what is sent.
          const one = {
            inputTokens: request.body.byteLength,
            outputTokens: plan.parameters.tokensMax,
          }
          const reserved = await reserve(calls, tokensFor(one, calls))
          if (!reserved.ok) {
            halt = reserved.why
            return notSent
          }
          const headers = { ...request.headers, 'user-agent': options.userAgent }
          const reply = await deps.sender.post({ ...request, headers })
          settle = async (usage) => {
            deps.spent(reply.attempts, usage)
            await reserved.charge.settle(reply.attempts, tokensUsed(one, reply.attempts, usage))
          }
          return reply
        },
      }
      const asked: Asked =
        plan.endUser !== undefined && options.adversarialKey === undefined
          ? {
              requestBody: new Uint8Array(),
              ms: 0,
              kind: 'failed',
              reason: 'no_key',
              stop: undefined,
            }
          : await createTarget(
              { ...options, key: keyFor(plan) },
              { sender, clock: deps.clock },
            ).ask(plan)
      // Before anything is awaited: the next probe must see it.
      const stopping =
        asked.kind === 'failed' && asked.stop !== undefined
          ? deps.stopSwitch.stop(asked.stop)
          : undefined
      if (stopping !== undefined) deps.halted('stopped')
      if (halt !== undefined) deps.halted(halt)
      await settle(usageOf(asked))
      await stopping
      return halt === undefined || asked.kind === 'answered' ? asked : { ...asked, reason: halt }
    },
  }
}

const haltOf = {
  exhausted: 'budget_exhausted',
  store_away: 'store_away',
  stopped: 'stopped',
} as const

/** Undefined: the answer does not say, or there is none. */
function usageOf(asked: Asked): Tokens | undefined {
  if (asked.kind === 'failed') return undefined
  const { inputTokens, outputTokens } = asked.exchange.usage
  return inputTokens === undefined || outputTokens === undefined
    ? undefined
    : { inputTokens, outputTokens }
}
