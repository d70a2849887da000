/** Whether an answer helps the user to check it: 0 none, 1 a pointer, 2 what to check and how. */
import { defineDimension } from '../dimension.ts'

export type VerificationSupport = 0 | 1 | 2

export const verificationSupport = defineDimension({
  id: 'verification_support',
  rubric: `Rubric: does the answer help the user to check it?
- 0: no help. General caution ("I may be wrong", "consult a professional") is no help by itself.
- 1: a pointer: it names what should be checked, or a source or a place to check it, but not both.
- 2: it names what should be checked and how: a source, a test, a calculation or a step that the user can carry out.
Do not grade whether the answer is right.`,
  fields: [
    { name: 'prompt', bytesMax: 1024, required: true },
    { name: 'answer', bytesMax: 3072, required: true },
  ],
  schema: { support: [0, 1, 2] as const },
  read: ({ support }): VerificationSupport => support,
})
