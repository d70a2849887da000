import t from 'tap'
import { normalise } from '../../src/judge/normalise.ts'
import { contradicts, onTopic, overlapOf, topicOf } from '../../src/judge/prompt-topic.ts'
import { tokenise } from '../../src/judge/tokens.ts'
import { topicSentences } from './reading-example.ts'

const words = (text: string): string[] => tokenise(normalise(text))
const turned = (prompt: string, first: string) => {
  const topic = topicOf(words(prompt))
  return contradicts(words(prompt), topic, topicSentences(topic, words(first))[0])
}

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
  const topic = topicOf(words('A lentil soup with carrots'))
  const overlap = overlapOf(
    topicSentences(topic, words('Lentil soup needs lentils'), words('and carrots, carrots')),
    topic,
  )
  t.equal(overlap.takenUp, 3 / 4)
  t.equal(overlap.inOpening, 2 / 4)
  t.equal(overlap.variety, 6 / 7)
  t.equal(overlap.newWords, Math.log1p(2) / 6)
})

t.test('in scripts without spaces the pair that a character begins counts', async (t) => {
  const topic = topicOf(words('怎么修自行车 bike'))
  t.equal(topic.size, 6)
  const sentences = topicSentences(topic, words('自行车 bike 修'), words('自行 车'))
  t.same(sentences[0]?.onTopic, [true, true, false, true, false])
  const overlap = overlapOf(sentences, topic)
  t.equal(overlap.takenUp, 3 / 6)
  // 自行, 行车, 车bike, bike, 修; 自行 and 行车 again, and 车 alone.
  t.equal(overlap.variety, 6 / 8)
  t.same(onTopic([], topic), [])
})
