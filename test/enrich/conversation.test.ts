import t from 'tap'
import {
  type ConversationIndex,
  capturedRequestHeaders,
  createConversationIndex,
  vendorSessionHeaders,
} from '../../src/enrich/conversation.ts'
import type { Exchange, Turn } from '../../src/exchange/exchange.ts'
import {
  answerText,
  assistant,
  capturedWith,
  exchangeOf,
  noIdentity,
  toolCall,
  toolResult,
  user,
} from './exchange-example.ts'

const indexOf = (maxEntries = 100): ConversationIndex =>
  createConversationIndex({ secret: 'secret', header: 'X-Chat', maxEntries })

const see = (
  index: ConversationIndex,
  exchange: Exchange,
  headers: Record<string, string> = {},
) => {
  const identified = index.identify(capturedWith(headers), exchange)
  index.remember(identified, exchange)
  return { ...identified.conversation, depth: identified.depth, userKey: identified.userKey }
}

const asked = (turns: Turn[], answer: string, overrides: Partial<Exchange> = {}): Exchange =>
  exchangeOf(turns, { answer: answerText(answer), ...overrides })
const identity = (fields: Partial<Exchange['identity']>): Partial<Exchange> => ({
  identity: { ...noIdentity, ...fields },
})

void t.test('the configured header goes before everything', (t) => {
  const index = indexOf()
  const body = identity({ conversationId: 'conv_1' })
  const headers = { 'x-chat': '7', 'x-session-id': 's' }
  const one = see(index, asked([user('a')], 'b', body), headers)
  const two = see(index, asked([user('c')], 'd'), { 'x-chat': '7' })
  t.equal(one.source, 'header')
  t.equal(two.key, one.key)
  t.not(see(index, asked([user('a')], 'b'), { 'x-chat': '8' }).key, one.key)
  t.end()
})

void t.test('each vendor header names a conversation', (t) => {
  for (const name of vendorSessionHeaders) {
    const index = indexOf()
    const one = see(index, asked([user('a')], 'b'), { [name]: 's-1' })
    const two = see(index, asked([user('c')], 'd'), { [name]: 's-1' })
    t.equal(one.source, 'vendor_header', name)
    t.equal(two.key, one.key, name)
  }
  t.end()
})

void t.test('a sub-agent of a session has a conversation of its own', (t) => {
  const index = indexOf()
  const session = { 'x-claude-code-session-id': 's' }
  const main = see(index, asked([user('a')], 'b'), session)
  const agent = see(index, asked([user('a')], 'b'), { ...session, 'x-claude-code-agent-id': 'g' })
  t.not(agent.key, main.key)
  t.end()
})

void t.test('a session in metadata.user_id is the one of the session header', (t) => {
  const index = indexOf()
  const metadata = identity({ metadataUserId: 'user_a_account_b_session_s-1' })
  const byBody = see(index, asked([user('a')], 'b', metadata))
  t.equal(byBody.source, 'body_field')
  t.equal(see(index, asked([user('a')], 'b'), { 'x-session-id': 's-1' }).key, byBody.key)
  const other = identity({ metadataUserId: 'user_a_account_b_session_s-2' })
  const next = see(index, asked([user('a')], 'b', other))
  t.not(next.key, byBody.key)
  t.equal(next.userKey, byBody.userKey)
  t.end()
})

void t.test('a response chain is one conversation and its depth adds up', (t) => {
  const index = indexOf()
  const start = asked([user('a')], 'b', { responseId: 'resp_1' })
  const first = see(index, start)
  const follow = (previous: string, turns: Turn[], responseId: string) =>
    see(
      index,
      asked(turns, 'x', {
        ...identity({ previousResponseId: previous }),
        stateful: true,
        responseId,
      }),
    )
  const second = follow('resp_1', [user('c')], 'resp_2')
  const tools = follow('resp_2', [toolResult('c', 'r')], 'resp_3')
  const third = follow('resp_3', [user('d')], 'resp_4')
  const branch = follow('resp_1', [user('e')], 'resp_5')
  t.equal(first.source, 'first_turn')
  for (const turn of [second, tools, third, branch]) {
    t.equal(turn.key, first.key)
    t.equal(turn.source, 'response_id')
  }
  t.same([first.depth, second.depth, tools.depth, third.depth, branch.depth], [1, 2, 2, 3, 2])
  t.end()
})

void t.test('a response nobody here has seen: one key for it, depth at least 2', (t) => {
  const unknown = asked([user('a')], 'b', {
    ...identity({ previousResponseId: 'resp_0' }),
    stateful: true,
  })
  const one = see(indexOf(), unknown)
  t.match(one, { source: 'response_id', depth: 2 })
  t.equal(see(indexOf(), unknown).key, one.key)
  t.end()
})

void t.test('a stateful conversation object counts its turns', (t) => {
  const index = indexOf()
  const turn = asked([user('a')], 'b', {
    ...identity({ conversationId: 'conv_1' }),
    stateful: true,
  })
  t.match(see(index, turn), { source: 'body_field', depth: 1 })
  t.equal(see(index, turn).depth, 2)
  t.end()
})

void t.test('a cache key is believed when it is a UUID, never when it is a constant', (t) => {
  const index = indexOf()
  const uuid = identity({ promptCacheKey: '0f0e0d0c-1111-4222-8333-444455556666' })
  t.equal(see(index, asked([user('a')], 'b', uuid)).source, 'body_field')
  const constant = identity({ promptCacheKey: 'support-bot-v1' })
  const one = see(index, asked([user('a')], 'b', constant))
  t.equal(one.source, 'first_turn')
  t.not(see(index, asked([user('a')], 'b', constant)).key, one.key)
  t.end()
})

void t.test('equal first prompts with equal answers are two conversations', (t) => {
  const index = indexOf()
  const same = asked([user('Hello')], 'Hello!')
  t.not(see(index, same).key, see(index, same).key)
  t.end()
})

void t.test('a history that goes on is one conversation', (t) => {
  const index = indexOf()
  const one = see(index, asked([user('a')], 'b'))
  const second = [user('a'), assistant('b'), user('c')]
  const two = see(index, asked(second, 'd'))
  const three = see(index, asked([...second, assistant('d'), user('e')], 'f'))
  t.match(two, { key: one.key, source: 'prefix_chain', depth: 2 })
  t.match(three, { key: one.key, source: 'prefix_chain', depth: 3 })
  t.end()
})

void t.test('an agent loop is one conversation', (t) => {
  const index = indexOf()
  const calling = { id: 'c1', name: 'find', arguments: '{}' }
  const one = see(
    index,
    exchangeOf([user('Find it')], { answer: { ...answerText(''), toolCalls: [calling] } }),
  )
  const two = see(
    index,
    asked([user('Find it'), assistant(toolCall('c1', 'find')), toolResult('c1', 'r')], 'Found'),
  )
  t.match(two, { key: one.key, depth: 1 })
  t.end()
})

void t.test('an edited question branches within its conversation', (t) => {
  const index = indexOf()
  const one = see(index, asked([user('a')], 'b'))
  see(index, asked([user('a'), assistant('b'), user('c')], 'd'))
  t.equal(see(index, asked([user('a'), assistant('b'), user('other')], 'x')).key, one.key)
  t.end()
})

void t.test('after a restart replicas agree on a history they first see answered', (t) => {
  const second = [user('a'), assistant('b'), user('c')]
  const third = [...second, assistant('d'), user('e')]
  const one = see(indexOf(), asked(second, 'd'))
  const two = see(indexOf(), asked(third, 'f'))
  t.match(two, { key: one.key, source: 'prefix_chain' })
  t.end()
})

void t.test('worked examples before every question do not make one conversation of all', (t) => {
  const index = indexOf()
  const examples = [user('1+1'), assistant('2'), user('2+2'), assistant('4')]
  const keys = new Set<string>()
  for (const question of ['3+3', '4+4', '5+5', '5+5']) {
    keys.add(see(index, asked([...examples, user(question)], 'n')).key)
  }
  t.equal(keys.size, 4)
  t.end()
})

void t.test('what is remembered is bounded: the oldest conversation is forgotten', (t) => {
  const index = indexOf(2)
  const first = see(index, asked([user('a0')], 'b'))
  for (let i = 1; i <= 2; i++) see(index, asked([user(`a${i}`)], 'b'))
  t.not(see(index, asked([user('a0'), assistant('b'), user('c')], 'd')).key, first.key)
  t.end()
})

void t.test('blank identifiers name nothing', (t) => {
  const blank = identity({ conversationId: ' ', previousResponseId: '', promptCacheKey: '' })
  t.equal(see(indexOf(), asked([user('a')], 'b', blank), { 'x-chat': ' ' }).source, 'first_turn')
  t.end()
})

void t.test('keys depend on the secret and hold no identifier', (t) => {
  const other = createConversationIndex({ secret: 'x', header: 'x-chat', maxEntries: 1 })
  const headers = { 'x-chat': 'customer-7' }
  const key = see(indexOf(), asked([user('a')], 'b'), headers).key
  t.match(key, /^[0-9a-f]{32}$/)
  t.not(see(other, asked([user('a')], 'b'), headers).key, key)
  t.end()
})

void t.test('captured headers: identity and encodings, the configured ones in lower case', (t) => {
  const names = capturedRequestHeaders(['X-Chat', undefined])
  for (const name of [...vendorSessionHeaders, 'x-claude-code-agent-id', 'content-encoding']) {
    t.ok(names.has(name), name)
  }
  t.ok(names.has('x-chat'))
  for (const name of ['authorization', 'x-api-key', 'cookie']) t.notOk(names.has(name), name)
  t.end()
})
