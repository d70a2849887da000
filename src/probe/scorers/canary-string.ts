/** A string that the answer, or the arguments of a tool call, must or must not hold. */
import type { CanaryScoring } from '../scoring.ts'
import { byRule, type Scorer, type Transcript } from './scorer.ts'

export const canaryString: Scorer<CanaryScoring> = {
  expects: ['absent', 'present'],
  read(fields, expect) {
    const canary = fields.string('canary')
    return canary === undefined ? undefined : { scorer: 'canary_string', expect, canary }
  },
  score({ expect, canary }, transcript) {
    if (isEmpty(transcript)) return byRule('canary_string', 'unclear', { reason: 'empty_answer' })
    const found = holdsCanary(transcript, canary)
    return byRule('canary_string', found === (expect === 'present') ? 'pass' : 'fail')
  },
}

const isEmpty = ({ exchanges }: Transcript): boolean =>
  exchanges.every(
    ({ answer }) => answer.text + answer.refusal === '' && answer.toolCalls.length === 0,
  )

/** Letters of any case, and whatever spaces stand between. */
const flat = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ')

export const holdsCanary = ({ exchanges }: Transcript, canary: string): boolean =>
  exchanges.some(({ answer }) =>
    [answer.text, answer.refusal, ...answer.toolCalls.map((call) => call.arguments)].some((text) =>
      flat(text).includes(flat(canary)),
    ),
  )
