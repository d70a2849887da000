/** What becomes of probes and their runs; label values of holdfast_probe_*. */

export const probeRunOutcomes = [
  'complete',
  /** A part of its answers could not be had: it feeds no detector. */
  'incomplete',
  'budget_exhausted',
  /** The store of the fleet was away: nothing may be spent then. */
  'store_away',
  'deadline',
  'unreachable',
  /** Another replica holds the lease, or holdfast ends. */
  'lease_lost',
  /** The provider refused the account: see holdfast_probes_stopped. */
  'stopped',
  /** The suites cannot be read: there are no probes until holdfast is started again. */
  'suites_unreadable',
  /** A fault of this program. */
  'internal_error',
] as const
export type ProbeRunOutcome = (typeof probeRunOutcomes)[number]

/** Kinds of conditions that pairs are counted by; a condition of several parts is `composed`. */
export const pairConditions = [
  'language',
  'format_agentic',
  'format_structured',
  'depth',
  'fork',
  'inline',
  'scaffold',
  'composed',
] as const
export type PairCondition = (typeof pairConditions)[number]

/** Which sides refused. */
export const pairOutcomes = ['both', 'base_only', 'other_only', 'neither'] as const
export type PairOutcome = (typeof pairOutcomes)[number]

/** Anchors are asked in every run; fresh items in their epoch, until they retire. */
export const partLabels = ['anchor', 'fresh'] as const
export const partOutcomes = ['passed', 'failed', 'unread'] as const

export const stopReasonLabels = ['unauthorised', 'forbidden', 'policy', 'account'] as const

/** Why a live exchange was not copied for a fork; `copied`: it was. */
export const forkCopyOutcomes = [
  'copied',
  'route',
  'stateful',
  'no_answer',
  'too_long',
  /** Something in it that cannot be sent again truthfully. */
  'unknown_part',
  'memory_full',
] as const
export type ForkCopyOutcome = (typeof forkCopyOutcomes)[number]

export const redactionKinds = [
  'url_credentials',
  'api_key',
  'email',
  'iban',
  'card',
  'national_id',
  'ip',
  'phone',
] as const
export type RedactionKind = (typeof redactionKinds)[number]

/** Of questions with a known answer. */
export const factualDomains = ['medicine', 'law', 'money', 'other'] as const
export type FactualDomain = (typeof factualDomains)[number]

export const probePurses = ['canary', 'fork', 'shadow'] as const

/** What a shadow changes. */
export const shadowConditions = [
  'scaffold',
  'format_agentic',
  'format_structured',
  'model',
  'language',
] as const
export type ShadowCondition = (typeof shadowConditions)[number]

/** Which of two answers differed from the first: the control's, that under the condition. */
export const shadowOutcomes = ['both', 'control_only', 'condition_only', 'neither'] as const
