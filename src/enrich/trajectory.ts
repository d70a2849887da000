/**
 * The ordered tool names of a conversation, as far as the request shows them, the calls of the
 * answer last. Only names: arguments never leave the exchange.
 */
import type { Exchange } from '../exchange/exchange.ts'

/** The newest names are kept: surprisal is a mean per step, and an agent may call for hours. */
export const trajectoryLengthMax = 256
/** Longer names are cut; providers allow 64 to 128 characters. */
export const toolNameLengthMax = 128

export const trajectoryOf = (exchange: Exchange): string[] => {
  const newestFirst: string[] = []
  const add = (name: string): boolean => {
    newestFirst.push(name.slice(0, toolNameLengthMax))
    return newestFirst.length < trajectoryLengthMax
  }
  const { toolCalls } = exchange.answer
  for (let i = toolCalls.length - 1; i >= 0; i--) {
    const call = toolCalls[i]
    if (call !== undefined && !add(call.name)) return newestFirst.reverse()
  }
  for (let i = exchange.turns.length - 1; i >= 0; i--) {
    const parts = exchange.turns[i]?.parts ?? []
    for (let j = parts.length - 1; j >= 0; j--) {
      const part = parts[j]
      if (part?.kind === 'tool_call' && !add(part.name)) return newestFirst.reverse()
    }
  }
  return newestFirst.reverse()
}
