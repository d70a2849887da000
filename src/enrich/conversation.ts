/**
 * Which conversation an exchange belongs to. The evidence, strongest first: the configured header;
 * headers of known clients and gateways; a session or conversation in the body; the response it
 * continues; a cache key that names one conversation; the history itself.
 *
 * Promise: equal first prompts never become one conversation, identifiers are kept only as keyed
 * hashes, and at most `maxEntries` entries of each kind are remembered.
 */
import type { CapturedExchange } from '../exchange/captured.ts'
import type { Conversation, ConversationSource } from '../exchange/conversation.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { humanTurns } from './human-text.ts'
import { createKeyedHash, type KeyedHash } from './keyed-hash.ts'
import { LruMap } from './lru-map.ts'
import { type PrefixChain, prefixChain } from './prefix-chain.ts'
import { identifier, metadataIdentity, userKeyOf } from './user-identity.ts'

/** Session headers of known clients and gateways, in the order they are believed. */
export const vendorSessionHeaders = [
  'x-litellm-session-id',
  'x-claude-code-session-id',
  'x-qwen-code-session-id',
  'session-id',
  'session_id',
  'x-session-id',
  'thread-id',
  'conversation_id',
  'agent-session-id',
] as const
/** A sub-agent talks a conversation of its own within its parent's session. */
export const vendorAgentHeader = 'x-claude-code-agent-id'

/** The decoders read these. */
const codingHeaders = ['content-type', 'content-encoding'] as const

/** Lower-case names of the request headers the monitor reads; everything else stays uncaptured. */
export const capturedRequestHeaders = (
  configured: readonly (string | undefined)[],
): ReadonlySet<string> => {
  const names = new Set<string>([...codingHeaders, ...vendorSessionHeaders, vendorAgentHeader])
  for (const name of configured) if (name !== undefined) names.add(name.toLowerCase())
  return names
}

export const capturedResponseHeaders: ReadonlySet<string> = new Set(codingHeaders)

/** Boundaries of the history looked up, newest first; a client that drops more starts anew. */
const boundariesMax = 64

export type CapturedIdentity = Pick<CapturedExchange, 'startedAt' | 'requestHeaders'>

export interface Identified {
  conversation: Conversation
  /** Human turns of the conversation so far, those the request does not show included. */
  depth: number
  userKey: string | undefined
  /** What `remember` needs; undefined when an identifier made it unnecessary. */
  chain: PrefixChain | undefined
}

export interface ConversationIndex {
  identify(captured: CapturedIdentity, exchange: Exchange): Identified
  /** To be called once for each identified exchange, so that the next request finds it. */
  remember(identified: Identified, exchange: Exchange): void
}

export interface ConversationIndexOptions {
  secret: string | Uint8Array
  /** The configured header, any case. */
  header?: string | undefined
  maxEntries: number
}

interface Known {
  key: string
  depth: number
}

export const createConversationIndex = (options: ConversationIndexOptions): ConversationIndex => {
  const hash = createKeyedHash(options.secret, 'conversation')
  const userHash = createKeyedHash(options.secret, 'user')
  const header = options.header?.toLowerCase()
  const byResponse = new LruMap<Known>(options.maxEntries)
  const byPrefix = new LruMap<string>(options.maxEntries)
  const anchors = new LruMap<true>(options.maxEntries)
  const depths = new LruMap<number>(options.maxEntries)
  let started = 0

  const named = (captured: CapturedIdentity, exchange: Exchange): Conversation | undefined =>
    byHeader(captured, header, hash) ?? bySession(exchange, hash)

  const continued = (exchange: Exchange): (Known & { source: ConversationSource }) | undefined => {
    const previous = identifier(exchange.identity.previousResponseId)
    if (previous === undefined) return undefined
    const known = byResponse.get(hash('response', previous))
    if (known !== undefined) return { ...known, source: 'response_id' }
    // Another replica or an earlier process answered it: there was at least one turn before.
    return { key: hash('continues', previous), depth: 1, source: 'response_id' }
  }

  const byHistory = (
    captured: CapturedIdentity,
    exchange: Exchange,
    chain: PrefixChain,
  ): Conversation => {
    const oldest = Math.max(0, chain.answered.length - boundariesMax)
    for (let i = chain.answered.length - 1; i >= oldest; i--) {
      const key = byPrefix.get(chain.answered[i] ?? '')
      if (key !== undefined) return { key, source: 'prefix_chain' }
    }
    // The first sight of an answered history: replicas and restarts agree on its anchor. A second
    // history that begins the same and continues nothing known is a prompt with worked examples.
    if (chain.anchor !== undefined && anchors.get(chain.anchor) === undefined) {
      anchors.set(chain.anchor, true)
      return { key: hash('anchor', chain.anchor), source: 'prefix_chain' }
    }
    started++
    const once = [exchange.responseId ?? '', String(captured.startedAt), String(started)]
    return { key: hash('first', ...once, chain.next), source: 'first_turn' }
  }

  return {
    identify: (captured, exchange) => {
      const userKey = userKeyOf(exchange.identity, userHash)
      const shown = humanTurns(exchange.turns)
      const previous = continued(exchange)
      const byName = named(captured, exchange)
      if (byName !== undefined) {
        const before = exchange.stateful ? (previous?.depth ?? depths.get(byName.key) ?? 0) : 0
        return { conversation: byName, depth: before + shown, userKey, chain: undefined }
      }
      if (previous !== undefined) {
        const { key, source, depth } = previous
        return { conversation: { key, source }, depth: depth + shown, userKey, chain: undefined }
      }
      const cached = byCacheKey(exchange, hash)
      if (cached !== undefined) {
        return { conversation: cached, depth: shown, userKey, chain: undefined }
      }
      const chain = prefixChain(exchange, hash)
      return { conversation: byHistory(captured, exchange, chain), depth: shown, userKey, chain }
    },
    remember: ({ conversation, depth, chain }, exchange) => {
      const { key } = conversation
      const responseId = identifier(exchange.responseId)
      if (responseId !== undefined) byResponse.set(hash('response', responseId), { key, depth })
      if (exchange.stateful) depths.set(key, depth)
      if (chain !== undefined) byPrefix.set(chain.next, key)
    },
  }
}

const byHeader = (
  { requestHeaders }: CapturedIdentity,
  configured: string | undefined,
  hash: KeyedHash,
): Conversation | undefined => {
  const headers = new Map(Object.entries(requestHeaders))
  const configuredValue = configured === undefined ? undefined : identifier(headers.get(configured))
  if (configuredValue !== undefined)
    return { key: hash('header', configuredValue), source: 'header' }
  for (const name of vendorSessionHeaders) {
    const value = identifier(headers.get(name))
    if (value === undefined) continue
    const agent = identifier(headers.get(vendorAgentHeader)) ?? ''
    return { key: hash('session', value, agent), source: 'vendor_header' }
  }
  return undefined
}

const bySession = ({ identity }: Exchange, hash: KeyedHash): Conversation | undefined => {
  const { session } = metadataIdentity(identity.metadataUserId)
  if (session !== undefined) return { key: hash('session', session, ''), source: 'body_field' }
  const conversation = identifier(identity.conversationId)
  if (conversation === undefined) return undefined
  return { key: hash('conversation', conversation), source: 'body_field' }
}

/**
 * prompt_cache_key: some agents send the conversation's id, many applications one constant for all
 * their users. Only a UUID is believed; a constant would turn all traffic into one conversation.
 */
const byCacheKey = ({ identity }: Exchange, hash: KeyedHash): Conversation | undefined => {
  const value = identifier(identity.promptCacheKey)
  if (value === undefined || !uuid.test(value)) return undefined
  return { key: hash('cache_key', value), source: 'body_field' }
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
