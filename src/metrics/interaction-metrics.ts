/** Metrics of what users do in live conversations (docs/interaction-signals.md). */
import { correctionOutcomes, interactionActs } from '../exchange/interaction-act.ts'
import { depthBuckets } from '../exchange/stratum.ts'
import { fromLanguages, type MetricDefinition } from './domains.ts'

export const interactionMetrics = {
  holdfast_interaction_turns_total: {
    type: 'counter',
    help: 'Turns of live conversations by what they do, as their words say; no ground truth.',
    labels: { act: interactionActs, language: fromLanguages, depth: depthBuckets },
  },
  holdfast_interaction_corrections_total: {
    type: 'counter',
    help: 'Corrections by users, by what the next user turn says became of them.',
    labels: { outcome: correctionOutcomes, language: fromLanguages },
  },
  holdfast_interaction_agreement_turns: {
    type: 'histogram',
    help: 'User turns from the beginning or the last agreement to an agreement, that one included.',
    labels: { language: fromLanguages },
    buckets: [1, 2, 3, 5, 8, 13, 21],
  },
} as const satisfies Record<string, MetricDefinition>
