/** What becomes of a judged exchange on its way into a detector; label values of holdfast_drift_*. */

export const admissionOutcomes = [
  'admitted',
  /** The hash of the conversation picked another turn. */
  'other_turn',
  /** This turn was looked at before: a repeated request, or the next step of an agent. */
  'already_sampled',
  'user_limit',
] as const
export type AdmissionOutcome = (typeof admissionOutcomes)[number]

/** An admitted sample that reached no detector after all. */
export const lostReasons = [
  /** Its tick had been folded. */
  'late',
  /** The store was away for longer than ticks are held. */
  'held_too_long',
] as const
export type LostReason = (typeof lostReasons)[number]
