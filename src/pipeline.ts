/**
 * The whole flow on one screen: take -> decode -> enrich -> select -> classify -> judge -> record. Runs
 * in the monitor thread. Every exchange that goes in comes out as exactly one verdict or one counted drop.
 */
import type { Clock } from './clock.ts'
import { decodeCaptured } from './decode/decoders.ts'
import type { Enricher, Labels } from './enrich/enrich.ts'
import type { CapturedExchange } from './exchange/captured.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Verdict } from './exchange/verdict.ts'
import type { Cascade } from './judge/cascade.ts'
import type { Judge } from './judge/judge.ts'
import { judgeExchange } from './judge/judges.ts'
import type { RequestClassifier } from './judge/request-classifier.ts'
import { judgeIds } from './metrics/catalogue.ts'
import type { Delta } from './metrics/delta.ts'
import type { PromptSet } from './metrics/domains.ts'
import { unknownModel } from './metrics/initial-series.ts'
import type { CorrectedPanel } from './monitor/corrected-panel.ts'
import type { Sampler } from './sample/sampler.ts'
import type { WatchStage } from './watch-stage.ts'

export interface PipelineStages {
  enrich: Enricher
  sampler: Sampler
  /** Undefined: every request is `unclassified`. */
  classifier: RequestClassifier | undefined
  judges: readonly Judge[]
  panel: CorrectedPanel
  /** Undefined: no paid judge. */
  cascade: Pick<Cascade, 'offer'> | undefined
  /** Undefined: no drift detector. */
  watch: Pick<WatchStage, 'observe'> | undefined
  delta: Delta
  clock: Clock
}

export interface Pipeline {
  take(captured: CapturedExchange): void
}

export function createPipeline(stages: PipelineStages): Pipeline {
  const { enrich, sampler, classifier, judges, panel, cascade, watch, delta, clock } = stages
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
        const { prompt, language } = labels
        const { turns } = exchange
        const set = classifier?.classify({ prompt, turns, language }).set ?? 'unclassified'
        const started = clock.monotonic()
        const verdict = judgeExchange(
          {
            prompt,
            turns,
            answer: exchange.answer,
            promptLanguage: language,
            answerLanguage: labels.answerLanguage,
            providerRefusals: exchange.providerRefusals,
          },
          judges,
        )
        const seconds = (clock.monotonic() - started) / 1000
        delta.observe('holdfast_judge_duration_seconds', { judge: judgeLabel(verdict) }, seconds)
        const model = modelOf(exchange)
        panel.add(language, set, model, verdict)
        watch?.observe({
          exchange,
          labels,
          set,
          verdict: verdict.verdict,
          model: model ?? unknownModel,
          at: clock.now(),
        })
        cascade?.offer({
          conversationKey: labels.conversation.key,
          exchangeKey: `${captured.startedAt}\0${exchange.responseId ?? labels.humanTurns}`,
          language,
          set,
          verdict,
          prompt,
          answer: exchange.answer.text === '' ? exchange.answer.refusal : exchange.answer.text,
        })
        // Last: what failed before it is a drop and nothing else.
        record(delta, captured, exchange, labels, set, verdict)
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
  set: PromptSet,
  { verdict }: Verdict,
): void {
  const { language, depth, format } = labels
  const model = modelOf(exchange) ?? unknownModel
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

const modelOf = ({ servedModel, requestedModel }: Exchange): string | undefined =>
  servedModel ?? requestedModel

const judgeLabel = ({ judge }: Verdict): (typeof judgeIds)[number] =>
  judgeIds.find((id) => id === judge) ?? 'other'
