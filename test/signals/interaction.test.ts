import t from 'tap'
import type { Turn } from '../../src/exchange/exchange.ts'
import { readInteraction } from '../../src/signals/interaction.ts'
import { createTurnReader } from '../../src/signals/turn-acts.ts'

const reader = createTurnReader()

/** Turns in turn: user, assistant, user. */
const turnsOf = (...texts: readonly string[]): Turn[] =>
  texts.map((text, i) => ({
    role: i % 2 === 0 ? 'user' : 'assistant',
    parts: [{ kind: 'text', text }],
  }))

const read = (turns: Turn[], answer = 'Sure.', more: { stateful?: boolean } = {}) =>
  readInteraction(
    {
      turns,
      stateful: more.stateful ?? false,
      answer: { text: answer, refusal: '', reasoning: '', toolCalls: [], stop: 'stop', choices: 1 },
    },
    reader,
    { prompt: 'en', answer: 'en' },
  )

void t.test('one request opens a conversation', async (t) => {
  t.same(read(turnsOf('Name a tree.')), {
    user: 'user_opening',
    assistant: 'assistant_neither',
    correction: undefined,
    turnsToAgreement: undefined,
  })
})

void t.test('what follows a correction says what became of it', async (t) => {
  const corrected = ['Name a tree.', 'A rose.', "That's wrong.", 'An oak.']
  const next = (text: string) => read(turnsOf(...corrected, text))?.correction
  t.equal(next('Still wrong, I want a conifer.'), 'not_followed')
  t.equal(next('Thanks!'), 'followed')
  t.equal(next('And how tall does it get?'), 'followed')
  t.equal(next('Which museum has Guernica?'), 'unknown')
  t.equal(read(turnsOf(...corrected.slice(0, 3)))?.correction, undefined)
})

void t.test('turns to an agreement are counted from the last one', async (t) => {
  const first = ['Name a tree.', 'A rose.', "That's wrong.", 'An oak.', 'Thanks!']
  t.equal(read(turnsOf(...first))?.turnsToAgreement, 3)
  const second = [...first, 'Welcome.', 'Which grow in sand?', 'Pines.', 'Perfect.']
  t.equal(read(turnsOf(...second))?.turnsToAgreement, 2)
  t.equal(read(turnsOf('Name a tree.', 'An oak.', 'Name a bird.'))?.turnsToAgreement, undefined)
})

void t.test('steps of an agent and histories that are not shown are left out', async (t) => {
  const tool: Turn = {
    role: 'tool',
    parts: [{ kind: 'tool_result', callId: 'a', text: '3', isError: false }],
  }
  t.equal(read([...turnsOf('Count the files.', 'Looking.'), tool]), undefined)
  t.equal(read(turnsOf('Go on.'), 'Sure.', { stateful: true }), undefined)
  t.equal(read([]), undefined)
  t.equal(read(turnsOf('Name a tree.'), '')?.assistant, undefined, 'an answer of tool calls')
})
