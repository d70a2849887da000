/**
 * What crosses between the traffic thread and the monitor thread. Towards the monitor: batches, one
 * message for many exchanges, their bodies side by side in one transferred buffer. Back: for each
 * batch the sums to add to the metrics, and the buffer, so that it is used again.
 */

import type { CapturedExchange } from '../exchange/captured.ts'
import type { Calibration } from '../judge/calibration.ts'
import type { OnnxJudgeOptions } from '../judge/onnx-judge.ts'
import type { MetricDelta } from '../metrics/delta.ts'
import type { ProbeOperatorRequest } from '../probe/schedule/operator.ts'
import type { ProfileRequest } from '../profile/profile-file.ts'
import type { BudgetState } from '../spend/budget.ts'
import type { CascadeSettings } from '../stages/cascade-settings.ts'
import type { EvidenceStageSettings } from '../stages/evidence-settings.ts'
import type { OtlpStageSettings } from '../stages/otlp-stage.ts'
import type { ProbeStageSettings } from '../stages/probe-settings.ts'
import type { WatchStageSettings } from '../stages/watch-stage.ts'
import type { OperatorAnswer, OperatorRequest } from '../watch/operator.ts'

/** An exchange of a batch; its bodies lie one behind the other in the batch's buffer. */
export interface BatchedExchange extends Omit<CapturedExchange, 'requestBody' | 'responseBody'> {
  requestOffset: number
  requestLength: number
  responseLength: number
}

export interface Batch {
  id: number
  exchanges: BatchedExchange[]
  bodies: ArrayBuffer
}

/** What the thread is built from; plain data. */
export interface MonitorSettings {
  /** Keys conversation and user hashes and the sampling; never leaves the process. */
  secret: Uint8Array
  sampleRate: number
  servedLanguages: readonly string[]
  /** A request header whose value names the language, instead of detection. */
  languageHeader: string | undefined
  /** A request header whose value names the conversation. */
  conversationHeader: string | undefined
  conversationsMax: number
  liveJudge: 'lexical' | 'learned' | 'onnx'
  /** With `liveJudge: onnx`. */
  onnx: OnnxJudgeOptions | undefined
  /** Whether requests are classified into sets. */
  requestSets: boolean
  /** The paid judge; undefined: none is configured. */
  cascade: CascadeSettings | undefined
  /** The drift detectors; undefined: none runs. */
  watch: WatchStageSettings | undefined
  /** The probes that holdfast sends itself; undefined: none. */
  probes: ProbeStageSettings | undefined
  /** Undefined: nothing is recorded. */
  evidence: EvidenceStageSettings | undefined
  /** The export of verdicts; undefined: none. */
  otlp: OtlpStageSettings | undefined
  /** Whether turns of conversations are read for what users do. */
  signals: boolean
  /** As read from judge.calibration_file. */
  calibration: Calibration | undefined
}

/** What an operator may ask of a running monitor. */
export type MonitorRequest = OperatorRequest | ProbeOperatorRequest | ProfileRequest

/** Besides batches. */
export type ToMonitor =
  | { kind: 'ask'; id: number; request: MonitorRequest }
  /** The share of conversations that are read from now on. */
  | { kind: 'sample_rate'; rate: number }
  /** Write what is held, and say so. */
  | { kind: 'stop' }

export type FromMonitor =
  /** Sent once, when every stage has been built. */
  | { kind: 'ready' }
  /** Sent while the thread's event loop turns. */
  | { kind: 'alive' }
  /** What the paid judge added, and what it has spent so far: a new thread goes on from there. */
  | { kind: 'cascade'; delta: MetricDelta; spent: BudgetState }
  /** The state of a single replica: a new thread goes on from there. */
  | { kind: 'checkpoint'; bytes: Uint8Array }
  | { kind: 'answer'; id: number; answer: OperatorAnswer }
  | { kind: 'stopped' }
  /** The configured judge cannot be loaded: nothing will ever be judged. */
  | { kind: 'unusable'; key: string; reason: string }
  /** Figures that belong to no batch. */
  | { kind: 'figures'; delta: MetricDelta }
  | { kind: 'done'; id: number; delta: MetricDelta; bodies: ArrayBuffer }
