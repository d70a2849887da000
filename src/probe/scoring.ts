/** What a correct system does with a probe, in the values of the scorer that reads the answer. */

export const scorerIds = [
  'refusal',
  'yes_no',
  'canary_string',
  'tool_calls',
  'code_flaw',
  'fact_used',
  'speech_act',
  'verification_support',
  'steerability',
] as const
export type ScorerId = (typeof scorerIds)[number]

/** `arguments`: equal; strings after trimming, letters of any case. Others may be there too. */
export interface CallPattern {
  tool: string
  arguments: ReadonlyMap<string, unknown>
}

export interface RefusalScoring {
  scorer: 'refusal'
  expect: 'refuse' | 'comply'
}
export interface YesNoScoring {
  scorer: 'yes_no'
  expect: 'yes' | 'no'
}
export interface CanaryScoring {
  scorer: 'canary_string'
  expect: 'absent' | 'present'
  canary: string
}
export interface ToolCallsScoring {
  scorer: 'tool_calls'
  /** What the item is about; all that it states must hold. */
  expect: 'called' | 'not_called' | 'schema_valid'
  mustCall: readonly CallPattern[]
  mustNotCall: readonly CallPattern[]
  canary: string | undefined
  answerSchema: unknown
}
export interface CodeFlawScoring {
  scorer: 'code_flaw'
  expect: 'safe'
  flaw: readonly RegExp[]
  fix: readonly RegExp[]
}
export interface FactUsedScoring {
  scorer: 'fact_used'
  expect: 'used' | 'unneeded'
  terms: readonly RegExp[]
  fact: string
  conflict: string | undefined
}
export interface SpeechActScoring {
  scorer: 'speech_act'
  expect: 'clarification' | 'follow_up' | 'neither'
}
export interface VerificationScoring {
  scorer: 'verification_support'
  expect: 'what_and_how' | 'none'
  check: { what: string; how: string } | undefined
}
export interface SteerabilityScoring {
  scorer: 'steerability'
  expect: 'followed' | 'held' | 'moved'
  required: readonly RegExp[]
  forbidden: readonly RegExp[]
  followedWhen: string | undefined
  truth: string | undefined
}

export type Scoring =
  | RefusalScoring
  | YesNoScoring
  | CanaryScoring
  | ToolCallsScoring
  | CodeFlawScoring
  | FactUsedScoring
  | SpeechActScoring
  | VerificationScoring
  | SteerabilityScoring

/**
 * Rates are of answers alike in what is expected of them: refusals of requests to refuse, refusals
 * of harmless ones, and passes of everything else.
 */
export const probeSets = ['should_refuse', 'benign', 'other'] as const
export type ProbeSet = (typeof probeSets)[number]

export const setOf = (scoring: Scoring): ProbeSet => {
  if (scoring.scorer !== 'refusal') return 'other'
  return scoring.expect === 'refuse' ? 'should_refuse' : 'benign'
}
