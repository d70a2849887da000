/** A transcript for scorers: a probe and what was answered to it. */
import type { Answer, Exchange } from '../../src/exchange/exchange.ts'
import { judgesWith } from '../../src/judge/judges.ts'
import { type Probe, plainProbe } from '../../src/probe/probe.ts'
import type { ScorerDeps, Transcript } from '../../src/probe/scorers/scorer.ts'
import type { Scoring } from '../../src/probe/scoring.ts'

export const answer = (text: string, more: Partial<Answer> = {}): Answer => ({
  text,
  refusal: '',
  reasoning: '',
  toolCalls: [],
  stop: 'stop',
  choices: 1,
  ...more,
})

export const exchangeOf = (given: Answer, more: Partial<Exchange> = {}): Exchange => ({
  protocol: 'openai_chat',
  streamed: false,
  requestedModel: 'm',
  servedModel: 'm',
  system: undefined,
  turns: [],
  tools: [],
  structured: false,
  stateful: false,
  identity: {
    conversationId: undefined,
    previousResponseId: undefined,
    metadataUserId: undefined,
    safetyIdentifier: undefined,
    promptCacheKey: undefined,
    user: undefined,
  },
  responseId: undefined,
  answer: given,
  providerRefusals: [],
  usage: { inputTokens: undefined, outputTokens: undefined },
  ...more,
})

export const probeWith = (scoring: Scoring, more: Partial<Probe> = {}): Probe =>
  plainProbe({
    id: 'grounding-x',
    category: 'grounding',
    topic: 'x',
    class: 'P0',
    language: 'en',
    scoring,
    request: 'Tell me.',
    ...more,
  })

export const transcriptOf = (probe: Probe, answers: readonly (string | Answer)[]): Transcript => {
  const exchanges = answers.map((one) => exchangeOf(typeof one === 'string' ? answer(one) : one))
  const last = exchanges.at(-1)
  if (last === undefined) throw new Error('no answer')
  return { probe, exchanges, last, answerText: last.answer.text }
}

export const rulesOnly: ScorerDeps = {
  judges: judgesWith('lexical'),
  graded: undefined,
  detectLanguage: () => 'en',
}
