/**
 * The monitor thread: takes batches, and answers each with the sums to add to the metrics and the batch's
 * buffer; answers what an operator asks; and lets the stages do what they do by the clock.
 */
import type { MessagePort } from 'node:worker_threads'
import { createDelta } from '../metrics/delta.ts'
import { isProbeRequest } from '../probe/schedule/operator.ts'
import type { WatchStage } from '../stages/watch-stage.ts'
import type { OperatorAnswer } from '../watch/operator.ts'
import { buildStages, type Stages } from './build-stages.ts'
import type { Batch, FromMonitor, MonitorRequest, MonitorSettings, ToMonitor } from './messages.ts'

const aliveMs = 500
const figuresMs = 10_000
const cascadeTickMs = 1000
const panelStepMs = 1000

export async function runThread(port: MessagePort, settings: MonitorSettings): Promise<void> {
  const delta = createDelta()
  const send = (message: FromMonitor, transfer: ArrayBuffer[] = []): void => {
    port.postMessage(message, transfer)
  }
  const sendCheckpoint = (watch: WatchStage): void => {
    const checkpoint = watch.checkpoint()
    if (checkpoint !== undefined) send({ kind: 'checkpoint', bytes: checkpoint })
  }
  const stages = await buildStages(settings, {
    delta,
    saved: sendCheckpoint,
    unusable: (key, reason) => send({ kind: 'unusable', key, reason }),
  })
  const { panel, cascade, watch, profile, probes, evidence } = stages
  const sendFigures = (): void => {
    panel.tick()
    send({ kind: 'figures', delta: delta.take() })
    if (cascade !== undefined) {
      send({ kind: 'cascade', delta: cascade.take(), spent: cascade.budgetState() })
    }
    if (evidence !== undefined) send({ kind: 'figures', delta: evidence.take() })
    if (watch === undefined) return
    send({ kind: 'figures', delta: watch.take(probes?.detectors()) })
    if (probes !== undefined) send({ kind: 'figures', delta: probes.take() })
    if (profile !== undefined) send({ kind: 'figures', delta: profile.take() })
    sendCheckpoint(watch)
  }
  const acknowledge = (id: number, bodies: ArrayBuffer): void => {
    send({ kind: 'done', id, delta: delta.take(), bodies }, [bodies])
  }
  port.on('message', (message: Batch | ToMonitor) => {
    if ('kind' in message) void obey(message, stages, { send, sendFigures })
    else takeBatch(message, stages, acknowledge)
  })
  setInterval(() => send({ kind: 'alive' }), aliveMs)
  startSteps(stages)
  setInterval(sendFigures, Math.min(figuresMs, watch?.figuresMs ?? figuresMs))
  sendFigures()
  send({ kind: 'ready' })
}

function takeBatch(
  { id, exchanges, bodies }: Batch,
  { pipeline }: Stages,
  acknowledge: (id: number, bodies: ArrayBuffer) => void,
): void {
  const open: Promise<void>[] = []
  for (const { requestOffset, requestLength, responseLength, ...exchange } of exchanges) {
    const later = pipeline.take({
      ...exchange,
      requestBody: new Uint8Array(bodies, requestOffset, requestLength),
      responseBody: new Uint8Array(bodies, requestOffset + requestLength, responseLength),
    })
    if (later !== undefined) open.push(later)
  }
  if (open.length === 0) acknowledge(id, bodies)
  else void Promise.all(open).then(() => acknowledge(id, bodies))
}

async function obey(
  message: ToMonitor,
  stages: Stages,
  { send, sendFigures }: { send: (message: FromMonitor) => void; sendFigures: () => void },
): Promise<void> {
  const { watch, profile, probes, evidence, otlp } = stages
  if (message.kind === 'stop') {
    // Probes first: they write into the store that the watch closes.
    await probes?.close()
    await profile?.close()
    await watch?.close()
    await evidence?.close()
    await otlp?.close()
    sendFigures()
    send({ kind: 'stopped' })
    return
  }
  if (message.kind === 'sample_rate') {
    stages.setSampleRate(message.rate)
    return
  }
  const { id, request } = message
  const answered = await answerOf(request, stages)
  if (request.kind !== 'profile') {
    evidence?.asked(request, answered, [
      ...(watch?.specs() ?? []),
      ...(probes?.detectors().specs ?? []),
    ])
  }
  send({ kind: 'answer', id, answer: answered })
}

const none = (reason: string): OperatorAnswer => ({ ok: false, failure: 'not_found', reason })

async function answerOf(
  request: MonitorRequest,
  { watch, profile, probes }: Stages,
): Promise<OperatorAnswer> {
  if (request.kind === 'profile') return (await profile?.ask()) ?? none('drift.enabled is false')
  if (isProbeRequest(request)) {
    return (await probes?.ask(request)) ?? none('no probes are configured')
  }
  const own = (await watch?.ask(request)) ?? none('drift.enabled is false')
  // Detectors of probe runs are acknowledged by the same word.
  if (request.kind !== 'acknowledge' || own.ok || own.failure !== 'not_found') return own
  return (await probes?.ask({ kind: 'probes_acknowledge', detector: request.detector })) ?? own
}

function startSteps({ panel, cascade, watch, profile, probes, otlp, evidence }: Stages): void {
  setInterval(() => void panel.step(), panelStepMs)
  if (cascade !== undefined) setInterval(() => cascade.tick(), cascadeTickMs)
  if (watch !== undefined) {
    setInterval(() => void watch.step(), watch.stepMs)
    void watch.step()
  }
  if (profile !== undefined) {
    setInterval(() => void profile.step(), profile.stepMs)
    void profile.step()
  }
  if (probes !== undefined) setInterval(() => void probes.step(), probes.stepMs)
  if (otlp !== undefined) setInterval(() => void otlp.step(), otlp.stepMs)
  if (evidence !== undefined) setInterval(() => void evidence.step(), evidence.stepMs)
}
