/**
 * Puts a probe at the end of a copied session: as the next user turn, or, where the last answer called
 * tools, in the result of the last call, with stub results for the others. Nothing was executed for it.
 */
import type { PlanTurn } from '../plan-turn.ts'
import type { Probe } from '../probe.ts'
import { probeEndUser, type RequestPlan, userTurnsOf } from '../request-plan.ts'
import type { SessionCopy } from './session-copy.ts'

const stubResult = '{"status":"ok"}'

export function placeCanary(copy: SessionCopy, probe: Probe): RequestPlan {
  const text = userTurnsOf(probe).join('\n')
  return {
    system: copy.system,
    turns: [...copy.turns, ...endOf(copy, text)],
    tools: copy.tools,
    schema: undefined,
    parameters: probe.parameters,
    // In the place of the end user's name, where the request had one.
    endUser: copy.named ? probeEndUser : undefined,
  }
}

const endOf = ({ pending }: SessionCopy, text: string): PlanTurn[] =>
  pending.length === 0
    ? [{ role: 'user', text }]
    : pending.map(
        ({ id, name }, i): PlanTurn => ({
          role: 'tool',
          callId: id,
          name,
          text: i === pending.length - 1 ? text : stubResult,
        }),
      )
