/**
 * Forks as the monitor thread makes them: takes copies of eligible live sessions as traffic is read, and
 * in a run asks probes at their ends. Its memory, its purse and its switch are its own.
 */
import type { Clock } from '../clock.ts'
import type { ProbeConfig } from '../config/probe-schema.ts'
import { createKeyedHash } from '../enrich/keyed-hash.ts'
import type { CapturedExchange } from '../exchange/captured.ts'
import { redactionKinds } from '../exchange/probe-run.ts'
import type { Delta } from '../metrics/delta.ts'
import { refusalOf } from '../probe/fork/eligibility.ts'
import { type ForkPair, runForks } from '../probe/fork/fork-run.ts'
import { copySession } from '../probe/fork/session-copy.ts'
import {
  createSessionStore,
  type HeldSession,
  type SessionStore,
} from '../probe/fork/session-store.ts'
import type { RunResult } from '../probe/run-probes.ts'
import { pairOutcomeOf } from '../probe/schedule/run-counts.ts'
import type { ScorerDeps } from '../probe/scorers/scorer.ts'
import type { Target } from '../probe/target.ts'
import type { JudgedExchange } from './watch-stage.ts'

export interface ForkStage {
  /** Of which shadows take theirs too. */
  sessions: SessionStore
  /** In passing: it waits for nothing. */
  offer: (captured: CapturedExchange, judged: Pick<JudgedExchange, 'exchange' | 'labels'>) => void
  run: (
    result: RunResult,
    baseKey: string,
    target: Target,
    halted: () => boolean,
  ) => Promise<ForkPair[]>
  gauges: () => void
}

export interface ForkStageDeps {
  secret: Uint8Array
  clock: Clock
  delta: Delta
  scorer: ScorerDeps
}

/** Redacting takes time, and this thread has other things to do. */
const charsMax = 32_768

export function createForkStage(fork: ProbeConfig['fork'], deps: ForkStageDeps): ForkStage {
  const { delta, clock } = deps
  const eligible = { routes: new Set(fork.routes), charsMax }
  const sessions = createSessionStore({
    itemsMax: fork.sessionsMax,
    bytesMax: fork.heldBytes,
    ttlMs: fork.ageMs,
    clock,
  })
  const hash = createKeyedHash(deps.secret, 'tenant')
  return {
    sessions,
    offer(captured, { exchange, labels }) {
      const { route } = captured
      const outcome = refusalOf({ route, exchange }, eligible)
      if (outcome !== undefined) {
        delta.inc('holdfast_fork_sessions_total', { outcome })
        return
      }
      const { language, depth, format, conversation, userKey } = labels
      const copied = copySession({ captured, exchange, language, depth, format })
      if (!copied.ok) {
        delta.inc('holdfast_fork_sessions_total', { outcome: copied.reason })
        return
      }
      const held: HeldSession = {
        // No credential is ever captured; who is not named is a tenant of the route and conversation.
        tenant: hash(route, userKey ?? conversation.key),
        conversation: conversation.key,
        copy: copied.copy,
      }
      const kept = sessions.add(held)
      delta.inc('holdfast_fork_sessions_total', { outcome: kept ? 'copied' : 'memory_full' })
      if (!kept) return
      for (const kind of redactionKinds) {
        const count = copied.copy.redactions[kind] ?? 0
        if (count > 0) delta.inc('holdfast_fork_redactions_total', { kind }, count)
      }
    },
    async run({ scored }, baseKey, target, halted) {
      const pairs = await runForks(scored, baseKey, {
        sessions,
        target,
        scorer: deps.scorer,
        mayGoOn: () => !halted(),
        forksMax: fork.perRunMax,
      })
      for (const { language, depth, format, base, forked } of pairs) {
        const outcome = pairOutcomeOf(base, forked)
        delta.inc('holdfast_fork_pairs_total', { depth, format, outcome })
        delta.inc('holdfast_probe_pairs_total', { condition: 'fork', language, outcome })
      }
      return pairs
    },
    gauges: () =>
      delta.replace('holdfast_fork_held_bytes', [{ labels: {}, value: sessions.size().bytes }]),
  }
}
