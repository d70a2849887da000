/**
 * What one exchange says of its conversation: the act of the newest user turn and of the answer, what
 * became of a correction one turn before, and how many turns an agreement took. Everything is read
 * from the history that the request carries; nothing is remembered between exchanges. A client that
 * sends no history (a server that keeps it) shows opening turns only, and is left out.
 */
import { humanTextOf } from '../enrich/human-text.ts'
import type { Exchange, Turn } from '../exchange/exchange.ts'
import type { AssistantAct, CorrectionOutcome, UserAct } from '../exchange/interaction-act.ts'
import type { TurnReader } from './turn-acts.ts'

export interface Interaction {
  user: UserAct
  /** Undefined: the answer has no text, as when it calls tools. */
  assistant: AssistantAct | undefined
  /** Undefined: the turn before was no correction. */
  correction: CorrectionOutcome | undefined
  /** User turns since the beginning or the last agreement, this one included; undefined: it agrees to nothing. */
  turnsToAgreement: number | undefined
}

/** Looked back at, at most: further agreements are of another matter. */
const turnsMax = 24

interface Spoken {
  text: string
  /** What the assistant had said before; '' when nothing. */
  answered: string
}

/** Undefined: no human turn, a step of an agent between two of them, or a history that is not shown. */
export function readInteraction(
  exchange: Pick<Exchange, 'turns' | 'answer' | 'stateful'>,
  reader: TurnReader,
  languages: { prompt: string; answer: string },
): Interaction | undefined {
  if (exchange.stateful || !endsWithPerson(exchange.turns)) return undefined
  const spoken = newestFirst(exchange.turns)
  const [newest] = spoken
  if (newest === undefined) return undefined
  const actAt = (index: number): UserAct | undefined => {
    const turn = spoken[index]
    if (turn === undefined) return undefined
    const earlier = spoken.slice(index + 1).map(({ text }) => text)
    return reader.user({ ...turn, earlier }, languages.prompt)
  }
  const user = actAt(0) ?? 'user_opening'
  const { text } = exchange.answer
  return {
    user,
    assistant: text.trim() === '' ? undefined : reader.assistant(text, languages.answer),
    correction: actAt(1) === 'user_repair' ? outcomeOf(user) : undefined,
    turnsToAgreement:
      user === 'user_acknowledgement' ? turnsSince(actAt, spoken.length) : undefined,
  }
}

const outcomeOf = (next: UserAct): CorrectionOutcome => {
  if (next === 'user_repair' || next === 'user_repeat') return 'not_followed'
  return next === 'user_acknowledgement' || next === 'user_follow_up' ? 'followed' : 'unknown'
}

function turnsSince(actAt: (index: number) => UserAct | undefined, turns: number): number {
  let index = 1
  while (index < turns && actAt(index) !== 'user_acknowledgement') index++
  return index
}

/** An agent sends the same human turn again with each tool result: only the first time counts. */
const endsWithPerson = (turns: readonly Turn[]): boolean => {
  const last = turns.at(-1)
  return last !== undefined && last.role === 'user' && humanTextOf(last) !== ''
}

function newestFirst(turns: readonly Turn[]): Spoken[] {
  const spoken: Spoken[] = []
  let answered = ''
  for (const turn of turns) {
    if (turn.role === 'assistant') {
      const said = turn.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []))
      if (said.length > 0) answered = said.join('\n')
      continue
    }
    const text = humanTextOf(turn)
    if (text === '') continue
    spoken.push({ text, answered })
    answered = ''
  }
  return spoken.slice(-turnsMax).reverse()
}
