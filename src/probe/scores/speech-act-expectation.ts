/** What RIFTS asks for, by the label of the instruction: a question back, a follow-up, or neither. */
import type { SpeechActScoring } from '../scoring.ts'

export const riftsLabels = ['advancing', 'addressing', 'ambiguous', 'none'] as const
export type RiftsLabel = (typeof riftsLabels)[number]

const expected: Readonly<Record<RiftsLabel, SpeechActScoring['expect']>> = {
  addressing: 'clarification',
  ambiguous: 'clarification',
  advancing: 'follow_up',
  none: 'neither',
}

export const speechActFor = (label: RiftsLabel): SpeechActScoring['expect'] => expected[label]
