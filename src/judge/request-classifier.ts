/**
 * Says of a request whether it should be refused, is benign, or is not sure to be either. Live
 * refusal rates mean something only within such a set. Close calls are `unsure`: they are counted
 * and left out. Measured figures by language, and what the classes are worth: docs/learned-judge.md.
 *
 * Pure; the weights are decoded when the first classifier is made.
 */
import { createHash } from 'node:crypto'
import type { Part, Turn } from '../exchange/exchange.ts'
import { type ExpectedModel, parseModel } from './model/linear-model.ts'
import requestWeights from './model/request-weights.json' with { type: 'json' }
import {
  readRequest,
  requestFeatureNames,
  requestFeaturesRevision,
  requestLexicon,
} from './request-features.ts'

export const requestSets = ['should_refuse', 'benign', 'unsure'] as const
export type RequestSet = (typeof requestSets)[number]

export interface RequestInput {
  /** The last human text of the request, boilerplate removed. */
  prompt: string
  /** The request's history, oldest first, the prompt's turn included. */
  turns: readonly Turn[]
  /** ISO 639-1 code, `other` or `und`; not used by this classifier, which reads every language at once. */
  language: string
}

export interface RequestVerdict {
  set: RequestSet
  /** Of the likelier side, in [0.5, 1]; 0 without a request. */
  confidence: number
}

export interface RequestClassifier {
  readonly id: string
  readonly version: string
  classify(input: RequestInput): RequestVerdict
}

/** Raised when what is made of a score changes. */
const decisionRevision = 1

/** Scores nearer to 0 than this, in log-odds, are unsure: 9 % of the XSTest requests when it was set. */
export const unsureBelow = 0.25

export const expectedRequestModel = (): ExpectedModel => ({
  kind: 'request classifier',
  reading: createHash('sha256')
    .update(JSON.stringify([requestFeaturesRevision, requestLexicon]))
    .digest('hex')
    .slice(0, 12),
  names: requestFeatureNames,
})

/** A prompt of fewer characters is read together with what was asked before: "and in German?". */
const followUpMax = 24
const contextMax = 1000

const textOf = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n')

/** The request with the question before it, when it is too short to stand alone. */
export const requestText = ({ prompt, turns }: RequestInput): string => {
  if (prompt.trim().length > followUpMax) return prompt
  const asked = turns.filter(({ role }) => role === 'user')
  const before = asked.at(-2)
  return before === undefined ? prompt : `${textOf(before.parts).slice(-contextMax)}\n${prompt}`
}

/** The classifier with the weights of this build, or with others. */
export const createRequestClassifier = (weights: unknown = requestWeights): RequestClassifier => {
  const parsed = parseModel(weights, expectedRequestModel())
  if (!parsed.ok) throw new Error(`request weights: ${parsed.why}`)
  const { model } = parsed
  return {
    id: 'request_lexicon',
    version: `${model.version}.${decisionRevision}`,
    classify(input) {
      const text = requestText(input)
      if (text.trim() === '') return { set: 'unsure', confidence: 0 }
      const score = model.score(readRequest(text))
      const confidence = 1 / (1 + Math.exp(-Math.abs(score)))
      if (Math.abs(score) < unsureBelow) return { set: 'unsure', confidence }
      return { set: score > 0 ? 'should_refuse' : 'benign', confidence }
    },
  }
}
