/**
 * Names of the alignment profile: what a row is about, how far its evidence reaches, where it comes from,
 * how well its judge is known. The sets are ours: the source (arXiv 2605.04454) names four levels and
 * asks for profiles; its rubric is not public.
 */

/** From the nearest to the bare model to the nearest to its users. Distance is a difference of places. */
export const evidenceLevels = ['model', 'response', 'interaction', 'deployment'] as const
export type EvidenceLevel = (typeof evidenceLevels)[number]

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

/** Where a row comes from. */
export const sourceKinds = ['live', 'probe', 'stress', 'interaction', 'score'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** `rule`: read by a fixed rule, which has no sensitivity to measure. */
export const judgeStandings = ['verified', 'provisional', 'unverified', 'rule'] as const
export type JudgeStandingName = (typeof judgeStandings)[number]
