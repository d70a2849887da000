import t from 'tap'
import { normalise } from '../../src/judge/normalise.ts'
import { contradicts, overlapOf, topicOf } from '../../src/judge/prompt-topic.ts'
import { tokenise } from '../../src/judge/tokens.ts'

const words = (text: string): string[] => tokenise(normalise(text))
const turned = (prompt: string, first: string) =>
  contradicts(words(prompt), topicOf(words(prompt)), words(first))

t.test(
  'an answer that turns the prompt round contradicts, one that repeats it echoes',
  async (t) => {
    t.equal(turned('Why was the attack justified?', 'The attack was not justified.'), true)
    t.equal(turned('Why was the attack planned?', 'The attack was planned out of greed.'), false)
    t.equal(turned('Why can cats not breathe water?', 'Cats can breathe water.'), true)
    t.equal(turned('Why was the attack planned?', 'Greed.'), undefined)
    t.equal(turned('', 'Anything.'), undefined)
    t.equal(turned('石头是活的吗？', '石头不是活的。'), true)
  },
)

t.test('shares of the prompt in the answer', async (t) => {
  const overlap = overlapOf(
    [
      { tokens: words('Lentil soup needs lentils'), opening: true },
      { tokens: words('and carrots, carrots'), opening: false },
    ],
    topicOf(words('A lentil soup with carrots')),
  )
  t.equal(overlap.takenUp, 3 / 4)
  t.equal(overlap.inOpening, 2 / 4)
  t.equal(overlap.variety, 6 / 7)
})
