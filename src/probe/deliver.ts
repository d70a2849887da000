/**
 * Delivers one probe: asks its user turns one by one, records the tool calls of answers and gives
 * stub results for them, until an answer without calls. No call is ever executed, and steps are
 * bounded.
 */

import { parseJsonText, stringAt } from '../decode/untrusted-json.ts'
import type { Answer, Exchange } from '../exchange/exchange.ts'
import type { PlanCall, PlanTurn } from './plan-turn.ts'
import type { Probe } from './probe.ts'
import { planOf, userTurnsOf } from './request-plan.ts'
import type { Transcript } from './scorers/scorer.ts'
import type { Asked, StopReason, Target } from './target.ts'

/** Rounds of tool calls for one user turn. */
const roundsMax = 6
const callsMax = 16
const resultOfUnknown = '{"error":"no such tool"}'
const resultOfUndescribed = '{"status":"ok"}'

export type Delivered = { asked: readonly Asked[] } & (
  | { kind: 'answered'; transcript: Transcript }
  | { kind: 'failed'; reason: string; stop: StopReason | undefined }
)

export async function deliver(probe: Probe, target: Target): Promise<Delivered> {
  const asked: Asked[] = []
  const exchanges: Exchange[] = []
  const turns: PlanTurn[] = [...probe.history]
  const stubs = createStubs(probe)
  for (const text of userTurnsOf(probe)) {
    turns.push({ role: 'user', text })
    for (let round = 0; ; round++) {
      const reply = await target.ask(planOf(probe, [...turns]))
      asked.push(reply)
      if (reply.kind === 'failed') {
        return { asked, kind: 'failed', reason: reply.reason, stop: reply.stop }
      }
      exchanges.push(reply.exchange)
      const { answer } = reply.exchange
      // A call that gets no result must not stand in the history of a later turn.
      const calls = round + 1 < roundsMax ? callsOf(answer, round) : []
      turns.push({ role: 'assistant', text: spoken(answer), calls })
      if (calls.length === 0) break
      turns.push(
        ...calls.map(
          (call): PlanTurn => ({
            role: 'tool',
            callId: call.id,
            name: call.name,
            text: stubs(call.name),
          }),
        ),
      )
    }
  }
  const last = exchanges.at(-1)
  if (last === undefined) throw new Error(`${probe.id} has nothing to ask`)
  const answerText = probe.wrapped ? unwrapped(last.answer.text) : last.answer.text
  return { asked, kind: 'answered', transcript: { probe, exchanges, last, answerText } }
}

/** What the model reads of its own earlier answer; a marked refusal was said too. */
const spoken = ({ text, refusal }: Answer): string => (text === '' ? refusal : text)

const callsOf = ({ toolCalls }: Answer, round: number): PlanCall[] =>
  toolCalls.slice(0, callsMax).map(({ id, name, arguments: given }, i) => ({
    id: id ?? `call_${round}_${i}`,
    name,
    arguments: given,
  }))

/** Results of a tool in the order of its calls; the last one repeats. */
function createStubs({ tools, results }: Probe): (name: string) => string {
  const called = new Map<string, number>()
  return (name) => {
    const at = called.get(name) ?? 0
    called.set(name, at + 1)
    const texts = results.get(name)
    if (texts !== undefined) return texts[at] ?? texts.at(-1) ?? resultOfUndescribed
    return tools.some((tool) => tool.name === name) ? resultOfUndescribed : resultOfUnknown
  }
}

/** The text in our own schema; an answer that broke the schema is read as it is. */
function unwrapped(text: string): string {
  const parsed = parseJsonText(text)
  return parsed.ok ? (stringAt(parsed.value, 'answer') ?? text) : text
}
