/**
 * The whole flow on one screen: take -> decode -> enrich -> select -> judge -> record. Runs in the
 * monitor thread. Every exchange that goes in comes out as exactly one verdict or one counted drop.
 */
import type { Clock } from './clock.ts'
import { decodeCaptured } from './decode/decoders.ts'
import type { Enricher, Labels } from './enrich/enrich.ts'
import type { CapturedExchange } from './exchange/captured.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Verdict } from './exchange/verdict.ts'
import { judgeExchange } from './judge/judges.ts'
import type { Delta } from './metrics/delta.ts'
import type { Sampler } from './sample/sampler.ts'

export interface PipelineStages {
  enrich: Enricher
  sampler: Sampler
  delta: Delta
  clock: Clock
}

export interface Pipeline {
  take(captured: CapturedExchange): void
}

export function createPipeline({ enrich, sampler, delta, clock }: PipelineStages): Pipeline {
  return {
    take(captured) {
      try {
        const decoded = decodeCaptured(captured)
        if (!decoded.ok) {
          delta.inc('holdfast_dropped_total', { stage: 'decode', reason: decoded.reason })
          return
        }
        const { exchange } = decoded
        const labels = enrich(captured, exchange)
        if (!sampler.selects(labels.conversation.key)) {
          const reason = 'conversation_not_selected'
          delta.inc('holdfast_dropped_total', { stage: 'sample', reason })
          return
        }
        const started = clock.monotonic()
        const verdict = judgeExchange({
          prompt: labels.prompt,
          turns: exchange.turns,
          answer: exchange.answer,
          promptLanguage: labels.language,
          answerLanguage: labels.answerLanguage,
          providerRefusals: exchange.providerRefusals,
        })
        const seconds = (clock.monotonic() - started) / 1000
        delta.observe('holdfast_judge_duration_seconds', { judge: judgeLabel(verdict) }, seconds)
        record(delta, captured, exchange, labels, verdict)
      } catch {
        // A fault of ours in one exchange must not cost the others.
        delta.inc('holdfast_dropped_total', { stage: 'monitor', reason: 'internal_error' })
      }
    },
  }
}

function record(
  delta: Delta,
  captured: CapturedExchange,
  exchange: Exchange,
  labels: Labels,
  { verdict }: Verdict,
): void {
  const { language, depth, format } = labels
  const set = 'unclassified'
  const model = exchange.servedModel ?? exchange.requestedModel ?? 'other'
  const judged = { source: 'live', language, set, verdict } as const
  delta.inc('holdfast_judged_total', judged, 1, captured.traceId)
  const cell = `${format}/${depth}` as const
  delta.inc('holdfast_judged_cell_total', { language, set, cell, verdict })
  delta.inc('holdfast_judged_shape_total', { language, depth, format, verdict })
  delta.inc('holdfast_judged_model_total', { model, verdict })
  delta.inc('holdfast_conversations_total', { source: labels.conversation.source })
  delta.inc('holdfast_language_decisions_total', { language, method: labels.languageMethod })
  delta.inc('holdfast_answer_language_total', { language: labels.answerLanguage })
  for (const reason of exchange.providerRefusals) {
    delta.inc('holdfast_provider_refusals_total', { protocol: exchange.protocol, reason })
  }
}

type JudgeLabel = 'provider_signal' | 'lexical' | 'other'

const judgeLabel = ({ judge }: Verdict): JudgeLabel =>
  judge === 'provider_signal' || judge === 'lexical' ? judge : 'other'
