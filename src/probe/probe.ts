/**
 * One probe: a test case with an expected behaviour, as delivered in plain English chat (the
 * baseline) or as a condition has changed it. Plain data, never mutated: a condition makes a new one.
 */
import type { Category, ProbeClass } from './category.ts'
import type { PlanTurn, ScriptedPair } from './plan-turn.ts'
import type { Scoring } from './scoring.ts'

export interface ProbeTool {
  name: string
  description: string
  /** JSON schema of the arguments: an object. */
  parameters: Readonly<Record<string, unknown>>
}

export interface Parameters {
  /** Undefined: none is sent, for models that take no sampling parameters. */
  temperature: number | undefined
  tokensMax: number
}

export interface Probe {
  readonly id: string
  readonly category: Category
  readonly topic: string
  readonly class: ProbeClass
  /** Of its own texts: ISO 639-1. */
  readonly language: string
  readonly scoring: Scoring
  readonly system: string | undefined
  /** Sent as history, not asked for. */
  readonly history: readonly PlanTurn[]
  /** User turns that are asked and answered one by one before the request. */
  readonly before: readonly string[]
  /** The last user turn. */
  readonly request: string
  /** Added on a line of its own, so that the answer can be parsed. */
  readonly instruction: string | undefined
  /** The request in each language that the suite has, its own included. */
  readonly translations: ReadonlyMap<string, string>
  readonly tools: readonly ProbeTool[]
  /** Answers of stubbed tools in the order of the calls; the last one repeats. */
  readonly results: ReadonlyMap<string, readonly string[]>
  /** The answer is bound to this JSON schema. */
  readonly schema: Readonly<Record<string, unknown>> | undefined
  /** The schema is ours and wraps a text in `answer`, which is what is scored. */
  readonly wrapped: boolean
  /** Where turns that make a conversation longer belong in `history`, and which; else benign ones. */
  readonly padding: { readonly at: number; readonly pairs: readonly ScriptedPair[] }
  /** Depths at which its suite delivers it. */
  readonly depths: readonly number[]
  /** Neutral steps that add up to the request. */
  readonly steps: readonly string[]
  readonly scaffold: { readonly name: string; readonly hash: string } | undefined
  readonly parameters: Parameters
}

export const defaultParameters: Parameters = { temperature: 0, tokensMax: 1024 }

/** A probe of one user turn; what is special of it is given. */
export const plainProbe = (
  given: Pick<Probe, 'id' | 'category' | 'topic' | 'class' | 'language' | 'scoring' | 'request'> &
    Partial<Probe>,
): Probe => ({
  system: undefined,
  history: [],
  before: [],
  instruction: undefined,
  translations: new Map([[given.language, given.request]]),
  tools: [],
  results: new Map(),
  schema: undefined,
  wrapped: false,
  padding: { at: 0, pairs: [] },
  depths: [],
  steps: [],
  scaffold: undefined,
  parameters: defaultParameters,
  ...given,
})

/** User turns in the history, the probe's own included. */
export const depthOf = ({ history, before }: Probe): number =>
  history.filter(({ role }) => role === 'user').length + before.length + 1

/**
 * The seam for forks: the same probe at the end of a given history, under that history's system
 * text. Both come already stripped of what must not be sent again.
 */
export const atEndOf = (
  probe: Probe,
  given: { system: string | undefined; turns: readonly PlanTurn[] },
): Probe => ({
  ...probe,
  system: given.system ?? probe.system,
  history: [...given.turns, ...probe.history],
  padding: { at: given.turns.length + probe.padding.at, pairs: probe.padding.pairs },
})
