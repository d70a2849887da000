/**
 * The format of an exchange. Tools win over a schema: an agent whose last answer is bound to JSON
 * still behaves as an agent.
 */
import type { Exchange } from '../exchange/exchange.ts'
import type { Format } from '../exchange/stratum.ts'

export const formatOf = (exchange: Exchange): Format => {
  if (exchange.tools.length > 0 || exchange.answer.toolCalls.length > 0) return 'agentic'
  if (exchange.answer.stop === 'tool_calls') return 'agentic'
  for (const turn of exchange.turns) {
    if (turn.role === 'tool') return 'agentic'
    for (const part of turn.parts) {
      if (part.kind === 'tool_call' || part.kind === 'tool_result') return 'agentic'
    }
  }
  return exchange.structured ? 'structured' : 'chat'
}
