/** Tool calls of an Ollama message, of a history and of an answer alike: arguments are an object. */
import type { Part } from '../exchange/exchange.ts'
import { jsonText, optionalItemsAt } from './content-parts.ts'
import { objectAt, stringAt, valueAt } from './untrusted-json.ts'

/** undefined: not a shape of this format. */
export const readOllamaCalls = (message: unknown): Part[] | undefined => {
  const calls = optionalItemsAt(message, 'tool_calls')
  if (calls === undefined) return undefined
  const parts: Part[] = []
  for (const call of calls) {
    const called = objectAt(call, 'function')
    const name = stringAt(called, 'name')
    if (name === undefined) return undefined
    const text = jsonText(valueAt(called, 'arguments') ?? {})
    parts.push({ kind: 'tool_call', id: stringAt(call, 'id'), name, arguments: text })
  }
  return parts
}
