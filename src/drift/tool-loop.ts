/**
 * A conversation that calls the same tool with the same arguments again and again.
 *
 * Assumes that arguments which are equal as JSON are equal, whatever the order of their keys; text
 * that is no JSON is compared as it is. Calls do not have to follow each other. Memory: one digest
 * for each different call, at most `callsMax`; later different calls are not looked at.
 */
import { createHash } from 'node:crypto'
import type { ToolCall } from '../exchange/exchange.ts'

export const loopRepeats = 3
export const callsMax = 1024
/** Deeper JSON is compared as text. */
const depthMax = 32

/** JSON with sorted keys; undefined when it nests too deep. */
const sorted = (value: unknown, depth: number): string | undefined => {
  if (depth > depthMax) return undefined
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts: string[] = []
  if (Array.isArray(value)) {
    for (const item of value) {
      const part = sorted(item, depth + 1)
      if (part === undefined) return undefined
      parts.push(part)
    }
    return `[${parts.join(',')}]`
  }
  for (const [key, item] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const part = sorted(item, depth + 1)
    if (part === undefined) return undefined
    parts.push(`${JSON.stringify(key)}:${part}`)
  }
  return `{${parts.join(',')}}`
}

const canonical = (text: string): string => {
  try {
    return sorted(JSON.parse(text), 0) ?? text
  } catch {
    return text
  }
}

const digestOf = ({ name, arguments: text }: Pick<ToolCall, 'name' | 'arguments'>): string =>
  createHash('sha256')
    .update(JSON.stringify([name, canonical(text)]))
    .digest('base64')

export interface ToolLoop {
  tool: string
  repeats: number
}

/** Calls made `loopRepeats` times or more, in the order in which they got there. */
export const toolLoops = (calls: Iterable<Pick<ToolCall, 'name' | 'arguments'>>): ToolLoop[] => {
  const seen = new Map<string, ToolLoop>()
  for (const call of calls) {
    const digest = digestOf(call)
    const known = seen.get(digest)
    if (known !== undefined) known.repeats++
    else if (seen.size < callsMax) seen.set(digest, { tool: call.name, repeats: 1 })
  }
  return [...seen.values()].filter(({ repeats }) => repeats >= loopRepeats)
}
