/** The tool calls of a conversation as far as the request shows them, the calls of the answer last. */
import type { Exchange, ToolCall } from './exchange.ts'

/** The newest `callsMax`, oldest first. */
export const newestCalls = (
  { turns, answer }: Pick<Exchange, 'turns' | 'answer'>,
  callsMax: number,
): ToolCall[] => {
  const newestFirst = answer.toolCalls.slice(-callsMax).reverse()
  for (let i = turns.length - 1; i >= 0 && newestFirst.length < callsMax; i--) {
    const parts = turns[i]?.parts ?? []
    for (let j = parts.length - 1; j >= 0 && newestFirst.length < callsMax; j--) {
      const part = parts[j]
      if (part?.kind === 'tool_call') newestFirst.push(part)
    }
  }
  return newestFirst.reverse()
}
