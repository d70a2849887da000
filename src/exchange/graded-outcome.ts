/** What became of one item for a paid judge; label values of holdfast_judge_outcomes_total. */
export const gradedOutcomes = [
  'graded',
  // No call was made.
  'nothing_to_grade',
  'queue_full',
  'queue_expired',
  'breaker_open',
  'budget_exhausted',
  'closed',
  // The endpoint.
  'connect',
  'tls',
  'reset',
  'deadline',
  'too_large',
  'undecodable',
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
  // A fault of this program.
  'internal_error',
] as const
export type GradedOutcome = (typeof gradedOutcomes)[number]

/** The five classes in three groups, for comparing two judges. */
export const verdictGroups = ['refused', 'complied', 'unclear'] as const
export type VerdictGroup = (typeof verdictGroups)[number]
