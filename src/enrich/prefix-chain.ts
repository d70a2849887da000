/**
 * The keyed hash chain over a history: equal beginnings have equal hashes. What clients change
 * between two requests of one conversation stays out of it: inserted reminders, reasoning, later
 * system messages, tool results (which agents shorten; the call's id stands for them).
 */
import type { Answer, Exchange, Part, Turn } from '../exchange/exchange.ts'
import { humanTextOf } from './human-text.ts'
import type { KeyedHash } from './keyed-hash.ts'

export interface PrefixChain {
  /** Hash after each run of assistant turns that something follows, oldest first. */
  answered: string[]
  /**
   * Hash of everything before the second run of assistant turns: the same for every request of a
   * conversation from its second on. undefined when nothing was answered yet.
   */
  anchor: string | undefined
  /** Hash of the whole history and the answer: what the next request will begin with. */
  next: string
}

export const prefixChain = (exchange: Exchange, hash: KeyedHash): PrefixChain => {
  let current = hash('system', (exchange.system ?? '').trim())
  const answered: string[] = []
  let anchor: string | undefined
  let run: Part[] = []
  const closeRun = (): void => {
    if (run.length === 0) return
    if (answered.length === 1) anchor ??= current
    current = hash(current, 'assistant', ...assistantTokens(run))
    answered.push(current)
    run = []
  }
  for (const turn of exchange.turns) {
    if (turn.role === 'assistant') {
      run.push(...turn.parts)
      continue
    }
    const tokens = inputTokens(turn)
    if (tokens.length === 0) continue
    closeRun()
    current = hash(current, turn.role, ...tokens)
  }
  if (answered.length > 0) anchor ??= current
  // A history that ends with the assistant's words is a prefill: the answer goes on from there.
  const answer = hash(
    current,
    'assistant',
    ...assistantTokens([...run, ...partsOf(exchange.answer)]),
  )
  return { answered, anchor, next: answer }
}

const partsOf = (answer: Answer): Part[] => [
  { kind: 'text', text: answer.text },
  { kind: 'refusal', text: answer.refusal },
  ...answer.toolCalls.map((call): Part => ({ kind: 'tool_call', ...call })),
]

/** All text as one, then the calls: clients cut an answer into messages in their own ways. */
const assistantTokens = (parts: readonly Part[]): string[] => {
  let text = ''
  const calls: string[] = []
  for (const part of parts) {
    if (part.kind === 'text' || part.kind === 'refusal') text += part.text
    if (part.kind === 'tool_call') calls.push(part.id ?? `${part.name} ${part.arguments}`)
  }
  return [text.replaceAll(/\s+/g, ''), ...calls]
}

/** None for a system message in between: only a person's words have text here. */
const inputTokens = (turn: Turn): string[] => {
  const tokens: string[] = []
  const text = humanTextOf(turn)
  if (text !== '') tokens.push(text)
  for (const part of turn.parts) {
    if (part.kind === 'media') tokens.push(part.media)
    if (part.kind === 'tool_result') tokens.push(part.callId ?? part.text)
  }
  return tokens
}
