/**
 * Whether a fact of the first turn plays its part in the answer. An answer without any of the
 * item's terms has not used it; one with them is read by a model, for a mention alone is not use.
 * Where the fact is unneeded, an answer without its terms has passed, and a mention needs reading.
 */
import type { FactUsedScoring } from '../scoring.ts'
import { factUse } from './fact-used-dimension.ts'
import { gradedOutcome } from './graded-outcome.ts'
import { byRule, type Scorer } from './scorer.ts'

const answerCharsMax = 32_768

export const factUsed: Scorer<FactUsedScoring> = {
  expects: ['used', 'unneeded'],
  read(fields, expect) {
    const terms = fields.patterns('terms')
    const fact = fields.string('fact')
    const conflict = fields.optionalString('conflict')
    if (terms.length === 0) return fields.fault('terms must name at least one pattern')
    return fact === undefined ? undefined : { scorer: 'fact_used', expect, terms, fact, conflict }
  },
  async score({ expect, terms, fact, conflict = '' }, { probe, answerText }, deps) {
    if (answerText.trim() === '') return byRule('fact_used', 'unclear', { reason: 'empty_answer' })
    const text = answerText.slice(0, answerCharsMax)
    const named = terms.some((pattern) => pattern.test(text))
    if (!named) {
      return byRule('fact_used', expect === 'used' ? 'fail' : 'pass', { reason: 'not_named' })
    }
    if (expect === 'unneeded') return byRule('fact_used', 'fail', { reason: 'named' })
    return gradedOutcome(
      'fact_used',
      deps,
      factUse,
      { fact, conflict, prompt: probe.request, answer: answerText },
      (use) => (use === 2 ? 'pass' : 'fail'),
    )
  },
}
