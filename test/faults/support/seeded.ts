/**
 * Requests and answers made from a seed and a number: the client and the model compute the same bytes
 * apart from each other, so that each can check what it was sent.
 */
import { createHash } from 'node:crypto'
import { createRandom, type Random } from '../../../src/drift/simulation/random.ts'

export type Kind = 'sse' | 'json' | 'tools'

export interface SeededAnswer {
  headers: readonly string[]
  /** Sent one behind the other, each after its pause. */
  parts: readonly { bytes: Buffer; pauseMs: number }[]
  sha256: string
}

/** Planted where a deployment has its secrets and its users their texts: to be found nowhere else. */
export const plantedSecrets = {
  authorization: 'sk-planted-authorization-7f3a91',
  apiKey: 'planted-x-api-key-51c0de',
  query: 'AIza-planted-query-key-0b17e2',
  cookie: 'planted-cookie-9912ab',
  prompt: 'planted-prompt-passphrase-44d1',
  user: 'planted-user-name-e81b',
  setCookie: 'planted-set-cookie-207c',
  answer: 'planted-answer-word-6ee0',
  redis: 'planted-redis-password-c3f2',
  judge: 'planted-judge-key-8d0a',
  operator: 'planted-operator-token-1f66',
  identity: 'planted-identity-secret-of-32-bytes-b0a4',
} as const

const words = [
  'Здравствуйте',
  '，世界',
  ' 🌍 ',
  'naïve café',
  ' \u2028 ',
  'ok.',
  '今日は',
  '👩🏽‍🚀',
  'ভালো',
  ' the ',
]

const draw = (random: Random): string => words[random.below(words.length)] ?? ''
const event = (data: unknown): Buffer => Buffer.from(`data: ${JSON.stringify(data)}\n\n`)
const sha256 = (parts: readonly Buffer[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

export const kindOf = (seed: number, number: number): Kind => {
  const share = createRandom(seed, number * 3).uniform()
  return share < 0.7 ? 'sse' : share < 0.9 ? 'json' : 'tools'
}

export function seededRequest(seed: number, number: number, kind: Kind): Buffer {
  const random = createRandom(seed, number * 3 + 1)
  const text = Array.from({ length: 3 + random.below(60) }, () => draw(random)).join('')
  return Buffer.from(
    JSON.stringify({
      model: 'seeded',
      stream: kind !== 'json',
      user: plantedSecrets.user,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: `${text} ${number} ${plantedSecrets.prompt}` },
      ],
      ...(kind === 'tools'
        ? { tools: [{ type: 'function', function: { name: 'look', parameters: {} } }] }
        : {}),
    }),
  )
}

export function seededAnswer(seed: number, number: number, kind: Kind): SeededAnswer {
  const random = createRandom(seed, number * 3 + 2)
  const parts = kind === 'json' ? [whole(random, number)] : streamed(random, number, kind)
  return {
    headers: [
      'Content-Type',
      kind === 'json' ? 'application/json' : 'text/event-stream; charset=utf-8',
      'X-Seeded',
      `${seed} ${number}`,
      'set-cookie',
      plantedSecrets.setCookie,
      'Set-Cookie',
      `second=${number}`,
    ],
    parts,
    sha256: sha256(parts.map(({ bytes }) => bytes)),
  }
}

function whole(random: Random, number: number) {
  const content = Array.from({ length: 1 + random.below(200) }, () => draw(random)).join('')
  const message = { role: 'assistant', content: `${content} ${plantedSecrets.answer}` }
  const answer = {
    id: `chatcmpl-${number}`,
    object: 'chat.completion',
    created: 1,
    model: 'seeded',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
  }
  return { bytes: Buffer.from(JSON.stringify(answer)), pauseMs: random.below(10) }
}

function streamed(random: Random, number: number, kind: Kind) {
  const chunk = (delta: object, finish: string | null): unknown => ({
    id: `chatcmpl-${number}`,
    object: 'chat.completion.chunk',
    created: 1,
    model: 'seeded',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  const call = (fields: object) => ({ tool_calls: [{ index: 0, ...fields }] })
  const open =
    kind === 'tools'
      ? call({ id: 'call_1', type: 'function', function: { name: 'look', arguments: '' } })
      : { role: 'assistant', content: plantedSecrets.answer }
  const events = Array.from({ length: 5 + random.below(30) }, () =>
    kind === 'tools' ? call({ function: { arguments: draw(random) } }) : { content: draw(random) },
  )
  const all = [
    ...[open, ...events].map((delta) => event(chunk(delta, null))),
    event(chunk({}, kind === 'tools' ? 'tool_calls' : 'stop')),
    Buffer.from('data: [DONE]\n\n'),
  ]
  return all.map((bytes) => ({ bytes, pauseMs: 2 + random.below(8) }))
}
