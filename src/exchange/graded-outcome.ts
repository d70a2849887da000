/** What became of one item for a paid judge; label values of holdfast_judge_outcomes_total. */

export const transportErrors = [
  'connect',
  'tls',
  'reset',
  'deadline',
  'too_large',
  'undecodable',
] as const
export type TransportError = (typeof transportErrors)[number]

export const gradeErrors = [
  // No call was made.
  'nothing_to_grade',
  'queue_full',
  'queue_expired',
  'breaker_open',
  'budget_exhausted',
  // What the fleet has spent cannot be known.
  'store_away',
  'closed',
  // The endpoint.
  ...transportErrors,
  'redirect',
  'misconfigured',
  'rate_limited',
  'client_error',
  'server_error',
  'malformed',
  // The judge model.
  'judge_refused',
  'truncated',
  'off_schema',
] as const
export type GradeError = (typeof gradeErrors)[number]

/** `internal_error`: a fault of this program. */
export const gradedOutcomes = ['graded', ...gradeErrors, 'internal_error'] as const
export type GradedOutcome = (typeof gradedOutcomes)[number]

/** The five classes in three groups, for comparing two judges. */
export const verdictGroups = ['refused', 'complied', 'unclear'] as const
export type VerdictGroup = (typeof verdictGroups)[number]
