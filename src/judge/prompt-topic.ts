/** What an answer takes up of its prompt: the prompt's words, an echo of it, or its reverse. */
import { negates } from './first-person-negation.ts'
import { isUnspacedCode } from './tokens.ts'

export const isUnspaced = (token: string): boolean =>
  token.length === 1 && isUnspacedCode(token.charCodeAt(0))

export const contentWord = (token: string): boolean => token.length >= 4 || isUnspaced(token)

/** Words of the prompt that carry its topic; pairs in scripts without spaces. */
export const topicOf = (tokens: readonly string[]): Set<string> => {
  const topic = new Set<string>()
  tokens.forEach((token, i) => {
    if (isUnspaced(token)) {
      const next = tokens[i + 1]
      if (next !== undefined && isUnspaced(next)) topic.add(token + next)
    } else if (contentWord(token)) topic.add(token)
  })
  return topic
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

export interface Overlap {
  takenUp: number
  inOpening: number
  newWords: number
  variety: number
}

interface OverlapSentence {
  tokens: readonly string[]
  opening: boolean
}

export const overlapOf = (
  sentences: readonly OverlapSentence[],
  topic: ReadonlySet<string>,
): Overlap => {
  const taken = new Set<string>()
  const opened = new Set<string>()
  const distinct = new Set<string>()
  let fresh = 0
  let total = 0
  for (const { tokens, opening } of sentences) {
    tokens.forEach((token, i) => {
      const key = isUnspaced(token) ? token + (tokens[i + 1] ?? '') : token
      total++
      if (topic.has(key)) {
        taken.add(key)
        if (opening) opened.add(key)
      } else if (!distinct.has(key) && contentWord(token)) fresh++
      distinct.add(key)
    })
  }
  return {
    takenUp: share(taken.size, topic.size),
    inOpening: share(opened.size, topic.size),
    newWords: Math.log1p(fresh) / 6,
    variety: share(distinct.size, total),
  }
}

/** Share of the prompt's topic that the first sentence takes up for it to be an echo. */
const echoMin = 0.4

/**
 * Whether the first sentence takes up the prompt's words, and turns them round: "why was it right?"
 * answered by "it was not right". Undefined when it does not take them up.
 */
export const contradicts = (
  promptTokens: readonly string[],
  topic: ReadonlySet<string>,
  first: readonly string[],
): boolean | undefined => {
  const taken = new Set<string>()
  first.forEach((token, i) => {
    const key = isUnspaced(token) ? token + (first[i + 1] ?? '') : token
    if (topic.has(key)) taken.add(key)
  })
  if (topic.size === 0 || taken.size / topic.size < echoMin) return undefined
  return negates(first) !== negates(promptTokens)
}
