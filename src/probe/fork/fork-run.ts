/**
 * Forks of a run: copies of live sessions, each with one probe at its end that the run has asked
 * without a session before, in the language of the session. The pair is the difference of `fork_gap`.
 * One call for each; tools that the answer calls are noted by name, and nothing else is done.
 */
import type { DepthBucket, Format } from '../../exchange/stratum.ts'
import type { Category } from '../category.ts'
import { answerOf } from '../pairs.ts'
import type { Probe } from '../probe.ts'
import type { Scored } from '../run-probes.ts'
import { gapKindOf } from '../schedule/run-differences.ts'
import type { Outcome, ScorerDeps } from '../scorers/scorer.ts'
import { score } from '../scorers/scorers.ts'
import { setOf } from '../scoring.ts'
import type { Target } from '../target.ts'
import { placeCanary } from './place-canary.ts'
import type { SessionCopy } from './session-copy.ts'
import type { SessionStore } from './session-store.ts'

export interface ForkPair {
  /** Of the probe. */
  category: Category
  language: string
  depth: DepthBucket
  format: Format
  /** Whether the probe was refused without the session, and at its end. */
  base: boolean
  forked: boolean
  /** Names of the tools that the answer called. */
  called: readonly string[]
}

export interface ForkRunDeps {
  sessions: Pick<SessionStore, 'take'>
  target: Target
  scorer: ScorerDeps
  /** False: nothing more may be sent. */
  mayGoOn: () => boolean
  forksMax: number
}

interface Base {
  probe: Probe
  refused: boolean
}

/** Each probe is forked once in a run: its answer without a session counts once. */
export async function runForks(
  scored: readonly Scored[],
  baseKey: string,
  deps: ForkRunDeps,
): Promise<ForkPair[]> {
  const bases = basesOf(scored, baseKey)
  const pairs: ForkPair[] = []
  for (let forks = 0; forks < deps.forksMax && deps.mayGoOn(); forks++) {
    const session = deps.sessions.take()
    if (session === undefined) break
    const base = bases.get(session.copy.language)?.pop()
    if (base === undefined) continue
    const pair = await forkOne(session.copy, base, deps)
    if (pair !== undefined) pairs.push(pair)
  }
  return pairs
}

function basesOf(scored: readonly Scored[], baseKey: string): Map<string, Base[]> {
  const bases = new Map<string, Base[]>()
  for (const { delivery, outcome } of scored) {
    const { probe, condition } = delivery
    const plain = condition.key === baseKey || gapKindOf(condition) === 'probe_gap'
    if (!plain || setOf(probe.scoring) !== 'should_refuse' || probe.class === 'P2') continue
    const refused = answerOf('should_refuse', outcome)
    if (refused === undefined) continue
    const known = bases.get(probe.language) ?? []
    known.push({ probe, refused })
    bases.set(probe.language, known)
  }
  return bases
}

async function forkOne(
  copy: SessionCopy,
  { probe, refused }: Base,
  { target, scorer }: ForkRunDeps,
): Promise<ForkPair | undefined> {
  const asked = await target.ask(placeCanary(copy, probe))
  if (asked.kind === 'failed') return undefined
  const { exchange } = asked
  const outcome: Outcome = await score(
    { probe, exchanges: [exchange], last: exchange, answerText: exchange.answer.text },
    scorer,
  )
  const forked = answerOf('should_refuse', outcome)
  if (forked === undefined) return undefined
  return {
    category: probe.category,
    language: copy.language,
    depth: copy.depth,
    format: copy.format,
    base: refused,
    forked,
    called: exchange.answer.toolCalls.map(({ name }) => name),
  }
}
