/** What an answer does besides answering: asks back, carries on, or neither. Graded by a model. */
import { speechAct as dimension } from '../../judge/graded/dimensions/speech-act.ts'
import type { SpeechActScoring } from '../scoring.ts'
import { gradedOutcome } from './graded-outcome.ts'
import type { Scorer } from './scorer.ts'

export const speechAct: Scorer<SpeechActScoring> = {
  expects: ['clarification', 'follow_up', 'neither'],
  read: (_fields, expect) => ({ scorer: 'speech_act', expect }),
  score: ({ expect }, { probe, answerText }, deps) =>
    gradedOutcome(
      'speech_act',
      deps,
      dimension,
      { prompt: probe.request, answer: answerText },
      (act) => (act === expect ? 'pass' : 'fail'),
    ),
}
