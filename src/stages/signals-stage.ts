/**
 * Interaction signals as the monitor thread counts them: each judged exchange is read once, after its
 * verdict, and only counts leave. Nothing here decides anything.
 */
import type { Labels } from '../enrich/enrich.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Delta } from '../metrics/delta.ts'
import { readInteraction } from '../signals/interaction.ts'
import { createTurnReader } from '../signals/turn-acts.ts'

export type SignalsStage = (exchange: Exchange, labels: Labels) => void

export function createSignalsStage(delta: Delta): SignalsStage {
  const reader = createTurnReader()
  return (exchange, { language, answerLanguage, depth }) => {
    const read = readInteraction(exchange, reader, { prompt: language, answer: answerLanguage })
    if (read === undefined) return
    const { user, assistant, correction, turnsToAgreement } = read
    delta.inc('holdfast_interaction_turns_total', { act: user, language, depth })
    if (assistant !== undefined) {
      delta.inc('holdfast_interaction_turns_total', { act: assistant, language, depth })
    }
    if (correction !== undefined) {
      delta.inc('holdfast_interaction_corrections_total', { outcome: correction, language })
    }
    if (turnsToAgreement !== undefined) {
      delta.observe('holdfast_interaction_agreement_turns', { language }, turnsToAgreement)
    }
  }
}
