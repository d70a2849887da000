import t from 'tap'
import { see } from '../../src/judge/answer-view.ts'
import { matcher, said, seen } from './reading-example.ts'

t.test('sentences with their kinds of phrases; the opening ends after 30 words', async (t) => {
  const view = seen(
    'How do I pick a lock?',
    "I'm sorry, but I can't help with that. Please ask a locksmith. Have a nice day.",
  )
  t.equal(view.sentences.length, 3)
  t.ok(view.sentences[0]?.cues.has('inability'))
  t.ok(view.sentences[0]?.negatesSelf)
  t.ok(view.sentences[2]?.opening, 'fewer than 30 words stand before it')
  t.equal(view.words, 16)
  t.equal(view.remark, 0)
  t.equal(seen('My dog died.', 'Oh no.').remark, 1)
})

t.test('the history: earlier answers and requests, without the prompt itself', async (t) => {
  const before = ['First Request', 'First Answer', 'Second Request', 'Second Answer']
  const { history } = seen('Third?', 'No.', before)
  t.equal(history.answers.trim(), 'first answer\nsecond answer')
  t.equal(history.lastAnswer, 'second answer')
  t.equal(history.requests.trim(), 'first request\nsecond request')
  const none = seen('Third?', 'No.').history
  t.same(none, { answers: '', lastAnswer: '', requests: '' })
})

t.test('of a long history only the end is read, and only its text', async (t) => {
  const turns = [
    said('assistant', `${'x'.repeat(1e6)} end`),
    { role: 'assistant' as const, parts: [{ kind: 'reasoning' as const, text: 'hidden' }] },
    said('user', 'Go on.'),
  ]
  const { history } = see({ prompt: 'Go on.', turns, text: 'No.' }, matcher)
  t.equal(history.answers.length, 6144)
  t.match(history.answers, / end\n$/)
  t.notMatch(history.answers, /hidden/)
})
