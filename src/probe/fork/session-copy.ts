/**
 * The copy of a live session that a fork is made from: its history up to and with the last answer, in
 * no wire format, and nothing else. What is not carried over cannot be sent: no user, session, cache or
 * metadata field has a place in it. Text is redacted before the copy is kept; images, files, reasoning
 * and tools that the provider runs are left out, and counted.
 */
import { decodeBody } from '../../decode/encoding.ts'
import {
  arrayAt,
  isJsonObject,
  objectAt,
  parseJsonBytes,
  parseJsonText,
  stringAt,
} from '../../decode/untrusted-json.ts'
import type { CapturedExchange } from '../../exchange/captured.ts'
import type { Exchange, Part, Turn } from '../../exchange/exchange.ts'
import type { DepthBucket, Format } from '../../exchange/stratum.ts'
import type { PlanCall, PlanTurn } from '../plan-turn.ts'
import type { ProbeTool } from '../probe.ts'
import { addCounts, type RedactionCounts, redact } from './redact.ts'

export interface SessionCopy {
  system: string | undefined
  /** Ends with the last answer. */
  turns: readonly PlanTurn[]
  /** Functions that the client runs; a fork offers them and runs none. */
  tools: readonly ProbeTool[]
  /** Calls of the last answer, which wait for results. */
  pending: readonly PlanCall[]
  /** The request named an end user, so its provider knows such a field. */
  named: boolean
  language: string
  depth: DepthBucket
  format: Format
  redactions: RedactionCounts
  dropped: { media: number; serverTools: number }
}

export interface SessionSource {
  captured: Pick<CapturedExchange, 'requestBody' | 'requestHeaders'>
  exchange: Exchange
  language: string
  depth: DepthBucket
  format: Format
}

export type Copied = { ok: true; copy: SessionCopy } | { ok: false; reason: 'unknown_part' }

export function copySession({
  captured,
  exchange,
  language,
  depth,
  format,
}: SessionSource): Copied {
  const counts: RedactionCounts = {}
  const dropped = { media: 0, serverTools: 0 }
  const clean = (text: string): string => {
    const redacted = redact(text)
    addCounts(counts, redacted.counts)
    return redacted.text
  }
  const serverTools = new Set(
    exchange.tools.filter(({ serverSide }) => serverSide).map(({ name }) => name),
  )
  dropped.serverTools = serverTools.size
  const turns: PlanTurn[] = []
  for (const turn of exchange.turns) {
    const copied = turnsOf(turn, { clean, serverTools, dropped })
    if (copied === undefined) return { ok: false, reason: 'unknown_part' }
    turns.push(...copied)
  }
  const { answer } = exchange
  const pending = answer.toolCalls
    .filter(({ name }) => !serverTools.has(name))
    .map((call, i) => callOf(call, `fork_call_${i}`, clean))
  const said = clean(answer.text === '' ? answer.refusal : answer.text)
  turns.push({ role: 'assistant', text: said, calls: pending })
  const { identity } = exchange
  return {
    ok: true,
    copy: {
      system: exchange.system === undefined ? undefined : clean(exchange.system),
      turns: linked(turns),
      tools: toolsOf(captured, exchange, clean),
      pending,
      named:
        identity.user !== undefined ||
        identity.safetyIdentifier !== undefined ||
        identity.metadataUserId !== undefined,
      language,
      depth,
      format,
      redactions: counts,
      dropped,
    },
  }
}

interface Copying {
  clean: (text: string) => string
  serverTools: ReadonlySet<string>
  dropped: { media: number; serverTools: number }
}

/** Undefined: a speaker that a request cannot hold there. */
function turnsOf(turn: Turn, { clean, serverTools, dropped }: Copying): PlanTurn[] | undefined {
  dropped.media += turn.parts.filter(({ kind }) => kind === 'media').length
  const text = clean(textOf(turn.parts))
  switch (turn.role) {
    case 'system':
      return undefined
    case 'user':
      return [{ role: 'user', text: text === '' ? '[attachment]' : text }]
    case 'assistant': {
      const calls = turn.parts.flatMap((part) =>
        part.kind === 'tool_call' && !serverTools.has(part.name)
          ? [callOf(part, 'fork_call', clean)]
          : [],
      )
      return [{ role: 'assistant', text, calls }]
    }
    case 'tool':
      return turn.parts.flatMap((part): PlanTurn[] =>
        part.kind === 'tool_result'
          ? [{ role: 'tool', callId: part.callId ?? '', name: '', text: clean(part.text) }]
          : [],
      )
  }
}

const textOf = (parts: readonly Part[]): string =>
  parts
    .flatMap((part) => (part.kind === 'text' || part.kind === 'refusal' ? [part.text] : []))
    .join('\n')

const callOf = (
  call: { id: string | undefined; name: string; arguments: string },
  otherwise: string,
  clean: (text: string) => string,
): PlanCall => ({
  id: call.id ?? otherwise,
  name: call.name,
  arguments: cleanJson(call.arguments, clean),
})

/** Redacts within the values, so that what was JSON stays JSON. */
function cleanJson(text: string, clean: (text: string) => string): string {
  const parsed = parseJsonText(text)
  return parsed.ok ? JSON.stringify(cleanValue(parsed.value, clean)) : clean(text)
}

/** Parsed within a bound of depth. */
function cleanValue(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (typeof value === 'number') {
    const shown = String(value)
    const cleaned = clean(shown)
    return cleaned === shown ? value : cleaned
  }
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, clean))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [clean(key), cleanValue(item, clean)]),
  )
}

/** A result without its call, or a call without its result, is refused by every API: both go. */
function linked(turns: readonly PlanTurn[]): PlanTurn[] {
  const results = new Set(turns.flatMap((turn) => (turn.role === 'tool' ? [turn.callId] : [])))
  const calls = new Map<string, string>()
  const last = turns.length - 1
  return turns.flatMap((turn, i): PlanTurn[] => {
    if (turn.role === 'user') return [turn]
    if (turn.role === 'tool') {
      const name = calls.get(turn.callId)
      return name === undefined ? [] : [{ ...turn, name }]
    }
    const kept = turn.calls.filter(({ id }) => i === last || results.has(id))
    for (const { id, name } of kept) calls.set(id, name)
    return turn.text === '' && kept.length === 0 ? [] : [{ ...turn, calls: kept }]
  })
}

/** Descriptions are in the request alone; what has no usable schema is offered as an object. */
function toolsOf(
  { requestBody, requestHeaders }: SessionSource['captured'],
  { tools }: Exchange,
  clean: (text: string) => string,
): ProbeTool[] {
  const descriptions = descriptionsIn(requestBody, requestHeaders['content-encoding'])
  return tools
    .filter(({ serverSide }) => !serverSide)
    .map(({ name, parameters }) => ({
      name,
      description: clean(descriptions.get(name) ?? ''),
      parameters: isJsonObject(parameters)
        ? objectOr(cleanValue(parameters, clean))
        : { type: 'object' },
    }))
}

const objectOr = (value: unknown): Readonly<Record<string, unknown>> =>
  isJsonObject(value) ? value : { type: 'object' }

function descriptionsIn(body: Uint8Array, encoding: string | undefined): Map<string, string> {
  const found = new Map<string, string>()
  const decoded = decodeBody(body, encoding)
  const parsed = decoded.ok ? parseJsonBytes(decoded.bytes) : undefined
  if (parsed?.ok !== true) return found
  for (const tool of arrayAt(parsed.value, 'tools') ?? []) {
    // Chat completions nest it; the other two do not.
    const declared = objectAt(tool, 'function') ?? tool
    const name = stringAt(declared, 'name')
    const description = stringAt(declared, 'description')
    if (name !== undefined && description !== undefined) found.set(name, description)
  }
  return found
}
