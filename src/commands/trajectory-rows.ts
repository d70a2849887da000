/** Conversations with tool calls from JSON lines: `tool_sequence`, or `messages` in chat format. */

export type Fields = ReadonlyMap<string, unknown>

export interface Condition {
  field: string
  value: string
}

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined

const stringIn = (fields: Fields | undefined, key: string): string | undefined => {
  const value = fields?.get(key)
  return typeof value === 'string' ? value : undefined
}

/** Names of one message: OpenAI tool_calls and function_call, Anthropic tool_use parts. */
const namesIn = (message: Fields): string[] => {
  const names: (string | undefined)[] = []
  const calls = message.get('tool_calls')
  for (const call of Array.isArray(calls) ? calls : []) {
    const fields = fieldsOf(call)
    names.push(stringIn(fieldsOf(fields?.get('function')), 'name') ?? stringIn(fields, 'name'))
  }
  names.push(stringIn(fieldsOf(message.get('function_call')), 'name'))
  const content = message.get('content')
  for (const part of Array.isArray(content) ? content : []) {
    const fields = fieldsOf(part)
    if (fields?.get('type') === 'tool_use') names.push(stringIn(fields, 'name'))
  }
  return names.filter((name) => name !== undefined)
}

export type ReadTrajectory =
  | { ok: true; tools: string[]; fields: Fields }
  | { ok: false; why: string }

export const readTrajectory = (row: unknown): ReadTrajectory => {
  const fields = fieldsOf(row)
  if (fields === undefined) return { ok: false, why: 'not a JSON object' }
  const sequence = fields.get('tool_sequence')
  if (Array.isArray(sequence)) {
    const tools = sequence.filter((name): name is string => typeof name === 'string')
    return tools.length === sequence.length
      ? { ok: true, tools, fields }
      : { ok: false, why: '"tool_sequence" holds something else than names' }
  }
  const messages = fields.get('messages')
  if (!Array.isArray(messages)) {
    return { ok: false, why: 'neither "tool_sequence" nor "messages" is a list' }
  }
  const tools: string[] = []
  for (const message of messages) {
    const of = fieldsOf(message)
    if (of !== undefined && of.get('role') !== 'user') tools.push(...namesIn(of))
  }
  return { ok: true, tools, fields }
}

/** A scalar field as text; undefined when there is none. */
export const fieldText = (fields: Fields, field: string): string | undefined => {
  const value = fields.get(field)
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

export const fits = (fields: Fields, conditions: readonly Condition[]): boolean =>
  conditions.every(({ field, value }) => fieldText(fields, field) === value)
