/** What tests of the learned judge's reading share: one answer, seen with its prompt and history. */
import type { Turn } from '../../src/exchange/exchange.ts'
import { type Seen, see } from '../../src/judge/answer-view.ts'
import { AnswerWords } from '../../src/judge/answer-words.ts'
import { PhraseMatcher } from '../../src/judge/phrase-matcher.ts'
import { phraseSets } from '../../src/judge/phrases/phrase-sets.ts'
import { onTopic, type Topic, type TopicSentence } from '../../src/judge/prompt-topic.ts'

export const matcher = new PhraseMatcher(phraseSets)

/** Sentences of one answer from their tokens; the first is its opening. */
export const topicSentences = (
  topic: Topic,
  ...sentences: readonly (readonly string[])[]
): TopicSentence[] => {
  const known = new AnswerWords(matcher)
  return sentences.map((tokens, index) => {
    const words = tokens.map((token) => known.of(token))
    return { words, onTopic: onTopic(words, topic), opening: index === 0 }
  })
}

export const said = (role: Turn['role'], text: string): Turn => ({
  role,
  parts: [{ kind: 'text', text }],
})

/** `before`: what user and assistant said in turn before the prompt. */
export const seen = (prompt: string, text: string, before: readonly string[] = []): Seen =>
  see(
    {
      prompt,
      turns: [
        ...before.map((line, i) => said(i % 2 === 0 ? 'user' : 'assistant', line)),
        said('user', prompt),
      ],
      text,
    },
    matcher,
  )
