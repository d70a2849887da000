/** Messages of a recorded conversation, checked as far as they are used, and the tools they call. */
import type { Row } from './row.ts'

export type Message = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function messagesOf(row: Row, column: string): readonly Message[] | undefined {
  const list = row.list(column)
  if (list === undefined) return undefined
  const messages: Message[] = []
  for (const [i, message] of list.entries()) {
    if (!isRecord(message)) return row.fault(`${column}[${i}]`, 'is no message')
    if (typeof message['role'] !== 'string')
      return row.fault(`${column}[${i}].role`, 'is not a text')
    messages.push(message)
  }
  return messages
}

/** Of `{function: {name}}`, `{name}` and `{function: name}` alike. */
const calledName = (call: unknown): string | undefined => {
  if (!isRecord(call)) return undefined
  const of = call['function']
  const name = isRecord(of) ? of['name'] : (of ?? call['name'])
  return typeof name === 'string' ? name : undefined
}

/** Tools that the assistant calls, in order; a user's own calls are not the system's. */
export function toolsCalled(messages: readonly Message[]): string[] {
  return messages.flatMap((message) => {
    if (message['role'] !== 'assistant') return []
    const calls = message['tool_calls']
    return (Array.isArray(calls) ? calls : []).flatMap((call) => calledName(call) ?? [])
  })
}
