import t from 'tap'
import { coreLanguages } from '../../src/exchange/stratum.ts'
import { speechPhrases } from '../../src/signals/phrases/phrase-sets.ts'
import { createTurnReader } from '../../src/signals/turn-acts.ts'

const reader = createTurnReader()
const before = ['Tell me about tulips.']
const user = (text: string, language = 'en', answered = 'Tulips are flowers.', earlier = before) =>
  reader.user({ text, earlier, answered }, language)

void t.test(
  'there is a phrase set for every core language, and each reads its own words',
  async (t) => {
    t.same(new Set(speechPhrases.map(({ language }) => language)), new Set(coreLanguages))
    for (const { language, repair, clarification, acknowledgement } of speechPhrases) {
      const said = (phrases: readonly string[]): string =>
        (phrases[0] ?? '').replace(/^\^|\*$/g, '')
      t.equal(user(said(repair), language), 'user_repair', language)
      t.equal(user(said(clarification), language), 'user_clarification', language)
      t.equal(user(said(acknowledgement), language), 'user_acknowledgement', language)
    }
  },
)

void t.test('the first turn opens, whatever it says', async (t) => {
  t.equal(user("No, that's wrong.", 'en', '', []), 'user_opening')
})

void t.test('no is an answer after a question and a repair after a statement', async (t) => {
  t.equal(user('No, the red ones.'), 'user_repair')
  t.equal(user('No, the red ones.', 'en', 'Do you mean yellow tulips?'), 'user_other')
  t.equal(user("That's wrong.", 'en', 'Do you mean yellow tulips?'), 'user_repair')
})

void t.test('a word that only looks like a reaction is none', async (t) => {
  t.equal(user('I want a cake with no sugar'), 'user_other')
  t.equal(user('Nowadays, what do bakers use?'), 'user_other')
  t.equal(user('Ich möchte ein Rezept, das niemals misslingt', 'de'), 'user_other')
})

void t.test('thanks alone end a matter; thanks and a request carry on', async (t) => {
  t.equal(user('Thanks!'), 'user_acknowledgement')
  t.equal(user('Thanks, and what about roses?'), 'user_follow_up')
  t.equal(user('ありがとう。', 'ja'), 'user_acknowledgement')
})

void t.test('nearly the same words again are a repeat in any language, read or not', async (t) => {
  t.equal(user('tell me about the tulips'), 'user_repeat')
  t.equal(user('Tell me about tulips.', 'other'), 'user_repeat')
  t.equal(user('ok', 'en', '', ['ok']), 'user_acknowledgement', 'too short to be one')
  t.equal(user('Nej, det är fel.', 'other'), 'user_unread')
})

void t.test('an answer that needs something asks; one that offers more carries on', async (t) => {
  const says = (text: string, language = 'en') => reader.assistant(text, language)
  t.equal(says('Which version do you use?'), 'assistant_clarification')
  t.equal(says('Tulips bloom in spring. Shall I list some early ones?'), 'assistant_follow_up')
  t.equal(says('Tulips bloom in spring. Do you have any other questions?'), 'assistant_neither')
  t.equal(says('Why do tulips close? Because it is cold.'), 'assistant_neither')
  t.equal(says('Tulpen blühen im Frühling.', 'de'), 'assistant_neither')
  t.equal(says('Vilken version?', 'other'), 'assistant_unread')
})

void t.test('a long text is read in bounded time', async (t) => {
  const long = `${'no no no what what '.repeat(50_000)}?`
  const begun = performance.now()
  user(long, 'en', long, [long.slice(1), long.slice(2)])
  reader.assistant(long, 'en')
  t.ok(performance.now() - begun < 2000)
})
