/**
 * One JSON line per exchange of a run: what was asked of whom, digests of both sides, and with the
 * last exchange of a delivery its outcome. No text, unless it is asked for.
 */
import { createHash } from 'node:crypto'
import { arrayAt, countAt, stringAt, valueAt } from '../decode/untrusted-json.ts'
import { verdictClasses } from '../exchange/verdict.ts'
import type { Delivered } from './deliver.ts'
import type { Probe } from './probe.ts'
import { type Outcome, scores } from './scorers/scorer.ts'
import { setOf } from './scoring.ts'
import type { Asked } from './target.ts'

export interface LineContext {
  run: string
  /** Hash of the suite. */
  suite: string
  suiteVersion: string
  /** When the answers were there, epoch milliseconds. */
  at: number
  condition: string
  protocol: string
  model: string
  keepText: boolean
}

const sha256 = (data: Uint8Array | string): string =>
  createHash('sha256').update(data).digest('hex')

/** All that a reader of the answer sees, in one spelling. */
function answerDigest(asked: Asked): string | undefined {
  if (asked.kind === 'failed') return undefined
  const { text, refusal, toolCalls } = asked.exchange.answer
  const calls = toolCalls.map((call) => [call.name, call.arguments])
  return sha256(JSON.stringify([text, refusal, calls]))
}

/** @param probe as delivered */
export function exchangeLines(
  probe: Probe,
  delivered: Delivered,
  outcome: Outcome,
  context: LineContext,
): string {
  const { asked } = delivered
  return asked
    .map((one, i) => {
      const last = i === asked.length - 1
      const answered = one.kind === 'answered' ? one.exchange : undefined
      return `${JSON.stringify({
        run: context.run,
        probe: probe.id,
        category: probe.category,
        set: setOf(probe.scoring),
        class: probe.class,
        language: probe.language,
        condition: context.condition,
        suite: context.suite,
        suite_version: context.suiteVersion,
        at: new Date(context.at).toISOString(),
        scaffold: probe.scaffold?.hash ?? null,
        protocol: context.protocol,
        model: context.model,
        served_model: answered?.servedModel ?? null,
        step: i + 1,
        steps: asked.length,
        request_sha256: sha256(one.requestBody),
        answer_sha256: answerDigest(one) ?? null,
        ...(context.keepText && answered !== undefined
          ? { answer: answered.answer.text, refusal: answered.answer.refusal }
          : {}),
        tool_calls: answered?.answer.toolCalls.map(({ name }) => name) ?? [],
        outcome: last ? outcomeJson(outcome) : null,
        ms: Math.round(one.ms * 10) / 10,
      })}\n`
    })
    .join('')
}

const outcomeJson = (outcome: Outcome): object => ({
  score: outcome.score,
  refused: outcome.refused,
  verdict: outcome.verdict,
  hedged: outcome.hedged,
  whole_refused: outcome.wholeRefused,
  judge: outcome.judge,
  version: outcome.version,
  reason: outcome.reason,
})

/** What a line says when a run is taken up again; undefined: it is no line of a run. */
export interface ReadLine {
  run: string
  probe: string
  condition: string
  language: string
  servedModel: string | undefined
  /** Undefined: not the last exchange of its delivery. */
  outcome: Outcome | undefined
}

export function readExchangeLine(value: unknown): ReadLine | undefined {
  const run = stringAt(value, 'run')
  const probe = stringAt(value, 'probe')
  const condition = stringAt(value, 'condition')
  const language = stringAt(value, 'language')
  const known = countAt(value, 'step') !== undefined && arrayAt(value, 'tool_calls') !== undefined
  if (!known || run === undefined || probe === undefined) return undefined
  if (condition === undefined || language === undefined) return undefined
  const servedModel = stringAt(value, 'served_model')
  const given = valueAt(value, 'outcome')
  const outcome = given === null ? undefined : readOutcome(given)
  if (given !== null && outcome === undefined) return undefined
  return { run, probe, condition, language, servedModel, outcome }
}

const flagAt = (value: unknown, key: string): boolean | undefined => {
  const found = valueAt(value, key)
  return typeof found === 'boolean' ? found : undefined
}

function readOutcome(value: unknown): Outcome | undefined {
  const score = scores.find((one) => one === stringAt(value, 'score'))
  const judge = stringAt(value, 'judge')
  const version = stringAt(value, 'version')
  if (score === undefined || judge === undefined || version === undefined) return undefined
  return {
    score,
    refused: flagAt(value, 'refused'),
    verdict: verdictClasses.find((one) => one === stringAt(value, 'verdict')),
    hedged: flagAt(value, 'hedged'),
    wholeRefused: flagAt(value, 'whole_refused'),
    judge,
    version,
    reason: stringAt(value, 'reason'),
  }
}
