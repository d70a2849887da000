/** The keys made from a name are those that an exchange with that name gets. */
import t from 'tap'
import { createConversationIndex } from '../../src/enrich/conversation.ts'
import { conversationKeysOf, userKeysOf } from '../../src/enrich/known-identity.ts'
import type { Exchange, IdentityHints } from '../../src/exchange/exchange.ts'

const secret = Buffer.alloc(32, 7)
const nobody: IdentityHints = {
  conversationId: undefined,
  previousResponseId: undefined,
  metadataUserId: undefined,
  safetyIdentifier: undefined,
  promptCacheKey: undefined,
  user: undefined,
}
const exchangeOf = (identity: Partial<IdentityHints>): Exchange => ({
  protocol: 'openai_chat',
  streamed: false,
  requestedModel: undefined,
  servedModel: undefined,
  system: undefined,
  turns: [{ role: 'user', parts: [{ kind: 'text', text: 'hello' }] }],
  tools: [],
  structured: false,
  stateful: false,
  identity: { ...nobody, ...identity },
  responseId: undefined,
  answer: { text: 'hi', refusal: '', reasoning: '', toolCalls: [], stop: 'stop', choices: 1 },
  providerRefusals: [],
  usage: { inputTokens: undefined, outputTokens: undefined },
})

const identify = (identity: Partial<IdentityHints>, requestHeaders: Record<string, string> = {}) =>
  createConversationIndex({ secret, header: 'x-chat', maxEntries: 10 }).identify(
    { startedAt: 1, requestHeaders },
    exchangeOf(identity),
  )

t.test('a user by the name in any of its fields', async (t) => {
  for (const identity of [
    { user: ' anna ' },
    { safetyIdentifier: 'anna' },
    { metadataUserId: 'anna' },
    { metadataUserId: 'anna_session_1234' },
    { metadataUserId: '{"account_uuid":"anna","session_id":"s"}' },
  ]) {
    t.ok(
      userKeysOf(secret, 'anna').includes(identify(identity).userKey ?? ''),
      JSON.stringify(identity),
    )
  }
  const whole = 'anna_session_1234'
  t.ok(
    userKeysOf(secret, whole).includes(identify({ metadataUserId: whole }).userKey ?? ''),
    'also by the field as it was sent',
  )
  t.notOk(userKeysOf(secret, 'bert').includes(identify({ user: 'anna' }).userKey ?? ''))
  t.same(userKeysOf(secret, ' '), [])
})

t.test('a conversation by the name in any header or field', async (t) => {
  const id = '5f1c3a52-0f3e-4d52-8c7a-1b2c3d4e5f60'
  for (const [identity, headers] of [
    [{}, { 'x-chat': id }],
    [{}, { 'x-session-id': id }],
    [{ metadataUserId: `anna_session_${id}` }, {}],
    [{ conversationId: id }, {}],
    [{ promptCacheKey: id }, {}],
    [{ previousResponseId: id }, {}],
  ] as const) {
    const { key } = identify(identity, headers).conversation
    t.ok(conversationKeysOf(secret, id).includes(key), JSON.stringify([identity, headers]))
  }
  t.same(conversationKeysOf(secret, ''), [])
})
