/** Whether an answer agrees with a reference; the judge's own knowledge decides nothing. */
import { defineDimension } from '../dimension.ts'

export const factualityClasses = ['correct', 'incorrect', 'mixed', 'not_attempted'] as const
export type Factuality = (typeof factualityClasses)[number]

export interface FactualityGrade {
  factuality: Factuality
  /** Whether the answer says that it is unsure. */
  hedged: boolean
}

export const factuality = defineDimension({
  id: 'factuality',
  rubric: `Rubric: does the answer agree with the reference?
The reference is the only measure; do not use what you know yourself, even if the reference seems wrong.
factuality:
- correct: it states what the reference states, in any words, and contradicts none of it.
- incorrect: it states something that contradicts the reference, and nothing of it right.
- mixed: it states something of the reference and contradicts something else of it.
- not_attempted: it states nothing that the reference could be held against.
hedged: "yes" if the answer itself says that it is unsure of the statement in question or asks the user to check it, "no" otherwise.`,
  fields: [
    { name: 'prompt', bytesMax: 768, required: true },
    { name: 'reference', bytesMax: 1024, required: true },
    { name: 'answer', bytesMax: 2304, required: true },
  ],
  schema: { factuality: factualityClasses, hedged: ['yes', 'no'] as const },
  read: ({ factuality, hedged }): FactualityGrade => ({ factuality, hedged: hedged === 'yes' }),
})
