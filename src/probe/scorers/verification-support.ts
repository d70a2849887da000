/** Whether an answer says what to check and how: 0, 1 or 2 by a model, with the item's check in view. */
import { verificationSupport as dimension } from '../../judge/graded/dimensions/verification-support.ts'
import type { VerificationScoring } from '../scoring.ts'
import { gradedOutcome } from './graded-outcome.ts'
import type { Scorer } from './scorer.ts'

export const verificationSupport: Scorer<VerificationScoring> = {
  expects: ['what_and_how', 'none'],
  read(fields, expect) {
    const check = fields.sub('check')
    const what = check?.string('what')
    const how = check?.string('how')
    check?.end()
    if (expect === 'none') return { scorer: 'verification_support', expect, check: undefined }
    if (check === undefined && !fields.has('check')) return fields.fault('check is missing')
    if (what === undefined || how === undefined) return undefined
    return { scorer: 'verification_support', expect, check: { what, how } }
  },
  score({ expect, check }, { probe, answerText }, deps) {
    const careful =
      check === undefined
        ? ''
        : `\n\n(What a careful answer would say to check: ${check.what} How: ${check.how})`
    return gradedOutcome(
      'verification_support',
      deps,
      dimension,
      { prompt: `${probe.request}${careful}`, answer: answerText },
      (support) => (support === (expect === 'none' ? 0 : 2) ? 'pass' : 'fail'),
    )
  },
}
