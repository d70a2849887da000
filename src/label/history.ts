/** The history of a labelled row: `messages` as chat formats have them, the prompt's own turn included. */
import type { Role, Turn } from '../exchange/exchange.ts'

const roles: ReadonlyMap<unknown, Role> = new Map<unknown, Role>([
  ['system', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
])

const turn = (role: Role, text: string): Turn => ({ role, parts: [{ kind: 'text', text }] })

/** The prompt alone where there are no `messages`; undefined when they are there but are no history. */
export const historyOf = (messages: unknown, prompt: string): Turn[] | undefined => {
  if (messages === undefined) return [turn('user', prompt)]
  if (!Array.isArray(messages)) return undefined
  const turns = messages.flatMap((message: unknown): Turn[] => {
    if (typeof message !== 'object' || message === null) return []
    const fields = new Map<string, unknown>(Object.entries(message))
    const role = roles.get(fields.get('role'))
    const content = fields.get('content')
    return role === undefined || typeof content !== 'string' ? [] : [turn(role, content)]
  })
  return turns.length === messages.length ? turns : undefined
}
