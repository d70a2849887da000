/**
 * Shadows: the last request of a copied session sent three times. Twice as it was, so that the model's
 * own wavering shows (the A/A control), and once under one changed condition. What the condition changes
 * beyond the wavering is its excess. Tools that an answer calls get stub results; nothing is run.
 */
import { type PairedCounts, pairedDifference } from '../../aggregate/mcnemar.ts'
import type { Interval } from '../../aggregate/wilson.ts'
import { deliver } from '../deliver.ts'
import type { SessionCopy } from '../fork/session-copy.ts'
import type { SessionStore } from '../fork/session-store.ts'
import { answerOf } from '../pairs.ts'
import { type Parameters, type Probe, plainProbe } from '../probe.ts'
import type { ScorerDeps } from '../scorers/scorer.ts'
import { score } from '../scorers/scorers.ts'
import type { Target } from '../target.ts'

/** Whether the answer was a refusal where it had not been, or the other way round. */
export interface ShadowTrial {
  language: string
  controlChanged: boolean
  conditionChanged: boolean
}

export interface ShadowRunDeps {
  sessions: Pick<SessionStore, 'take'>
  /** As it was, and under the condition: another one when the condition is another model. */
  target: Target
  conditionTarget: Target
  /** Undefined: the condition does not apply. The same request: another model is what changes. */
  change: (request: Probe) => Probe | undefined | Promise<Probe | undefined>
  parameters: Parameters
  scorer: ScorerDeps
  mayGoOn: () => boolean
  shadowsMax: number
}

export async function runShadows(deps: ShadowRunDeps): Promise<ShadowTrial[]> {
  const trials: ShadowTrial[] = []
  for (let shadows = 0; shadows < deps.shadowsMax && deps.mayGoOn(); shadows++) {
    const session = deps.sessions.take()
    if (session === undefined) break
    const trial = await shadowOne(session.copy, deps)
    if (trial !== undefined) trials.push(trial)
  }
  return trials
}

/** Undefined: the condition does not apply, or an answer could not be read. */
async function shadowOne(copy: SessionCopy, deps: ShadowRunDeps): Promise<ShadowTrial | undefined> {
  const request = requestOf(copy, deps.parameters)
  if (request === undefined) return undefined
  const changed = await deps.change(request)
  if (changed === undefined) return undefined
  const refused = async (probe: Probe, target: Target): Promise<boolean | undefined> => {
    const delivered = await deliver(probe, target)
    if (delivered.kind === 'failed') return undefined
    return answerOf('benign', await score(delivered.transcript, deps.scorer))
  }
  const first = await refused(request, deps.target)
  const control = first === undefined ? undefined : await refused(request, deps.target)
  if (first === undefined || control === undefined) return undefined
  const other = await refused(changed, deps.conditionTarget)
  if (other === undefined) return undefined
  return {
    language: copy.language,
    controlChanged: control !== first,
    conditionChanged: other !== first,
  }
}

/** Undefined: the request ended with the result of a tool, and holds no user turn to send again. */
export function requestOf(
  { system, turns, tools, language }: SessionCopy,
  parameters: Parameters,
): Probe | undefined {
  const asked = turns.at(-2)
  if (asked?.role !== 'user') return undefined
  return plainProbe({
    id: 'shadow',
    category: 'refusal-core',
    topic: 'live',
    class: 'P0',
    language,
    // Nothing is expected of it: two answers are compared.
    scoring: { scorer: 'refusal', expect: 'comply' },
    system,
    history: turns.slice(0, -2),
    request: asked.text,
    tools,
    parameters,
  })
}

/** Change under the condition less change of the control, with 95 % limits; undefined without trials. */
export function shadowExcess(trials: readonly ShadowTrial[]): Interval | undefined {
  const counts: PairedCounts = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }
  for (const { controlChanged, conditionChanged } of trials) {
    if (conditionChanged && controlChanged) counts.bothYes++
    else if (conditionChanged) counts.firstOnly++
    else if (controlChanged) counts.secondOnly++
    else counts.bothNo++
  }
  return pairedDifference(counts)
}
