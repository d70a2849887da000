/**
 * What a turn does in a conversation; label values. By the labels of RIFTS, grouped by us: advancing is
 * acknowledgement and follow-up, addressing is repair and repeat, ambiguous is clarification, none is
 * other.
 *
 * user_opening          the first turn: nothing to react to
 * user_repair           says that the answer was not what was asked, or is wrong
 * user_repeat           asks again what was asked before, nearly word for word
 * user_clarification    asks what the answer means
 * user_acknowledgement  thanks, agrees, and asks nothing more
 * user_follow_up        goes on from the answer
 * user_other            anything else: a new topic, a plain next question
 * user_unread           in a language without a phrase set
 */
export const userActs = [
  'user_opening',
  'user_repair',
  'user_repeat',
  'user_clarification',
  'user_acknowledgement',
  'user_follow_up',
  'user_other',
  'user_unread',
] as const
export type UserAct = (typeof userActs)[number]

export const assistantActs = [
  'assistant_clarification',
  'assistant_follow_up',
  'assistant_neither',
  'assistant_unread',
] as const
export type AssistantAct = (typeof assistantActs)[number]

export const interactionActs = [...userActs, ...assistantActs] as const

/**
 * What became of a correction, by the user's next turn: one more repair or a repeat says that it was
 * not followed, thanks or going on that it was; anything else says neither.
 */
export const correctionOutcomes = ['followed', 'not_followed', 'unknown'] as const
export type CorrectionOutcome = (typeof correctionOutcomes)[number]
