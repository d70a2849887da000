/**
 * The whole flow on one screen: take -> decode -> enrich -> select -> classify -> judge -> record. Runs
 * in the monitor thread. Every exchange that goes in comes out as exactly one verdict or one counted drop.
 */
import type { Clock } from './clock.ts'
import type { Decoded } from './decode/decoder.ts'
import { decodeCaptured } from './decode/decoders.ts'
import type { Enricher, Labels } from './enrich/enrich.ts'
import type { CapturedExchange } from './exchange/captured.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Verdict } from './exchange/verdict.ts'
import type { Cascade } from './judge/cascade.ts'
import type { Judge, JudgeInput } from './judge/judge.ts'
import { firstVerdict, judgeExchange } from './judge/judges.ts'
import type { OnnxResult } from './judge/onnx-judge.ts'
import type { RequestClassifier } from './judge/request-classifier.ts'
import { judgeIds, type LabelsOf } from './metrics/catalogue.ts'
import type { Delta } from './metrics/delta.ts'
import type { PromptSet } from './metrics/domains.ts'
import { unknownModel } from './metrics/initial-series.ts'
import type { CorrectedPanel } from './monitor/corrected-panel.ts'
import type { Sampler } from './sample/sampler.ts'
import type { EvidenceStage } from './stages/evidence-stage.ts'
import type { ForkStage } from './stages/fork-stage.ts'
import type { OtlpStage } from './stages/otlp-stage.ts'
import type { SignalsStage } from './stages/signals-stage.ts'
import type { WatchStage } from './stages/watch-stage.ts'

export interface PipelineStages {
  enrich: Enricher
  sampler: Sampler
  /** Undefined: every request is `unclassified`. */
  classifier: RequestClassifier | undefined
  /** In order; with `later` only those that need not read the answer. */
  judges: readonly Judge[]
  /** Undefined: the judges on board decide at once. */
  later?: LaterJudge | undefined
  /** What is judged without text, or where no judge has an opinion. */
  blank: readonly Judge[]
  panel: Pick<CorrectedPanel, 'add'>
  /** Undefined: no paid judge. */
  cascade: Pick<Cascade, 'offer'> | undefined
  /** Undefined: no drift detector. */
  watch: Pick<WatchStage, 'observe' | 'dropped'> | undefined
  /** Undefined: no session is copied for forks. */
  forks?: ForkStage['offer'] | undefined
  /** Undefined: nobody reads what users do. */
  signals?: SignalsStage | undefined
  /** Undefined: nothing is recorded. */
  evidence?: Pick<EvidenceStage, 'exchange'> | undefined
  /** Undefined: nothing is exported. */
  otlp?: Pick<OtlpStage, 'offer'> | undefined
  delta: Delta
  clock: Clock
}

/** A judge that answers later: a classifier of one's own. */
export interface LaterJudge {
  judge(item: { prompt: string; answer: string }): Promise<OnnxResult>
}

export interface Pipeline {
  /** A promise where the verdict comes later; it never rejects. */
  take(captured: CapturedExchange): Promise<void> | undefined
}

/** What is known of an exchange before it is judged. */
interface Read {
  captured: CapturedExchange
  exchange: Exchange
  labels: Labels
  set: PromptSet
}

export function createPipeline(stages: PipelineStages): Pipeline {
  const { judges, later, delta, clock } = stages
  const drop = dropInto(stages)
  /** A fault of ours in one exchange must not cost the others. */
  const guarded = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch {
      drop({ stage: 'monitor', reason: 'internal_error' })
      return undefined
    }
  }
  const settle = (read: Read, verdict: Verdict, started: number): void => {
    const seconds = (clock.monotonic() - started) / 1000
    delta.observe('holdfast_judge_duration_seconds', { judge: judgeLabel(verdict) }, seconds)
    hand(stages, read, verdict)
    // Last: what failed before it is a drop and nothing else.
    record(delta, read, verdict)
  }
  const settleLater = async (
    classifier: LaterJudge,
    read: Read,
    input: JudgeInput,
    started: number,
  ): Promise<void> => {
    const answer = answerText(read.exchange)
    const result = await classifier.judge({ prompt: input.prompt, answer })
    guarded(() => {
      if (result.kind === 'verdict') settle(read, result.verdict, started)
      else if (result.reason === 'nothing_to_judge') {
        settle(read, judgeExchange(input, stages.blank), started)
      } else {
        drop({ stage: 'judge', reason: result.reason })
      }
    })
  }
  return {
    take(captured) {
      return guarded(() => {
        const read = readExchange(stages, captured)
        if (read === undefined) return undefined
        const started = clock.monotonic()
        const input = judgeInput(read)
        const verdict = firstVerdict(input, judges)
        const text = answerText(read.exchange)
        if (later === undefined || verdict !== undefined || text.trim() === '') {
          settle(read, verdict ?? judgeExchange(input, stages.blank), started)
          return undefined
        }
        return settleLater(later, read, input, started)
      })
    },
  }
}

type Drop = LabelsOf<'holdfast_dropped_total'>

/** As a metric, and in the tick for reports: what nobody looked at is a part of the picture. */
const dropInto =
  ({ delta, watch }: PipelineStages) =>
  (drop: Drop): void => {
    delta.inc('holdfast_dropped_total', drop)
    watch?.dropped(drop.stage, drop.reason)
  }

/** Undefined: it was counted as a drop. */
function readExchange(stages: PipelineStages, captured: CapturedExchange): Read | undefined {
  const { enrich, sampler, classifier } = stages
  const drop = dropInto(stages)
  const decoded = decodeCaptured(captured)
  if (!decoded.ok) {
    dropUndecoded(stages, decoded)
    return undefined
  }
  const { exchange } = decoded
  const labels = enrich(captured, exchange)
  if (!sampler.selects(labels.conversation.key)) {
    drop({ stage: 'sample', reason: 'conversation_not_selected' })
    return undefined
  }
  const { prompt, language } = labels
  const { turns } = exchange
  const set = classifier?.classify({ prompt, turns, language }).set ?? 'unclassified'
  return { captured, exchange, labels, set }
}

function dropUndecoded(stages: PipelineStages, decoded: Exclude<Decoded, { ok: true }>): void {
  const { delta } = stages
  const drop = dropInto(stages)
  if (decoded.reason !== 'no_answer') {
    drop({ stage: 'decode', reason: decoded.reason })
    return
  }
  drop({ stage: 'sample', reason: decoded.reason })
  for (const { method, outcome } of decoded.calls) {
    delta.inc('holdfast_mcp_calls_total', { method, outcome })
  }
}

const judgeInput = ({ exchange, labels }: Read): JudgeInput => ({
  prompt: labels.prompt,
  turns: exchange.turns,
  answer: exchange.answer,
  promptLanguage: labels.language,
  answerLanguage: labels.answerLanguage,
  providerRefusals: exchange.providerRefusals,
})

const answerText = ({ answer }: Exchange): string =>
  answer.text === '' ? answer.refusal : answer.text

/** To everything that looks at judged exchanges besides the counters. */
function hand(
  { panel, cascade, watch, forks, signals, evidence, otlp, clock }: PipelineStages,
  read: Read,
  verdict: Verdict,
): void {
  const { captured, exchange, labels, set } = read
  const { language } = labels
  const model = modelOf(exchange)
  panel.add(language, set, model, verdict)
  const watched = watch?.observe({
    exchange,
    labels,
    set,
    verdict: verdict.verdict,
    model: model ?? unknownModel,
    at: clock.now(),
  })
  forks?.(captured, { exchange, labels })
  signals?.(exchange, labels)
  cascade?.offer({
    conversationKey: labels.conversation.key,
    exchangeKey: `${captured.startedAt}\0${exchange.responseId ?? labels.humanTurns}`,
    language,
    set,
    verdict,
    prompt: labels.prompt,
    answer: answerText(exchange),
  })
  evidence?.exchange({ captured, exchange, labels, set, verdict, watched })
  otlp?.offer({ captured, exchange, labels, set, verdict })
}

function record(
  delta: Delta,
  { captured, exchange, labels, set }: Read,
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
