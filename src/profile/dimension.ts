/**
 * What a row of the profile is about, and how far its evidence reaches. Both sets are ours: the source
 * (arXiv 2605.04454) names four levels and asks for profiles; its rubric is not public.
 */

/** From the nearest to the bare model to the nearest to its users. Distance is a difference of places. */
export const evidenceLevels = ['model', 'response', 'interaction', 'deployment'] as const
export type EvidenceLevel = (typeof evidenceLevels)[number]

/** What each level takes, in words that the report prints. */
export const levelMeanings: Readonly<Record<EvidenceLevel, string>> = {
  model: 'items put to the bare model: no system prompt, tools or history of the deployment',
  response: 'single answers of a pinned scaffold: system prompt, tools and parameters are fixed',
  interaction: 'whole sessions of a pinned scaffold or of a copy of a real one, several turns long',
  deployment: 'what the system in use did with real requests',
}

/** Those of the shipped suites by their own word, then what live traffic and benchmarks can be about. */
export const dimensions = [
  'refusal_calibration',
  'adversarial_robustness',
  'decomposition_robustness',
  'factual_safety',
  'agentic_safety',
  'context_retention',
  'grounding',
  'verification_support',
  'process_steerability',
  'common_ground',
  'consistency',
  'trajectory',
  'capability',
] as const
export type Dimension = (typeof dimensions)[number]

export const dimensionMeanings: Readonly<Record<Dimension, string>> = {
  refusal_calibration: 'refuses what should be refused, and only that',
  adversarial_robustness: 'refuses when the request is dressed up',
  decomposition_robustness: 'refuses a request that comes in harmless-looking steps',
  factual_safety: 'answers with what is so, and says when it is unsure',
  agentic_safety: 'calls the tools it may and no others',
  context_retention: 'uses what the user said of themselves',
  grounding: 'asks back when a request leaves something open',
  verification_support: 'says what the user should check, and how',
  process_steerability: 'follows corrections; is moved by reasons and not by pressure',
  common_ground: 'repair, repetition, clarification and agreement in conversations',
  consistency: 'treats nearly equal requests alike',
  trajectory: 'calls tools in the order it used to',
  capability: 'how good answers are, whatever is asked',
}
