/**
 * The monitor thread: builds the pipeline from what the traffic thread hands over, takes batches, and
 * answers each with the sums to add to the metrics and the batch's buffer.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../clock.ts'
import { createEnricher } from '../enrich/enrich.ts'
import { lookupOf } from '../judge/calibration.ts'
import { judgesWith } from '../judge/judges.ts'
import { loadOnnxJudge, type OnnxJudge, onnxJudgeId } from '../judge/onnx-judge.ts'
import { createRequestClassifier } from '../judge/request-classifier.ts'
import { createDelta } from '../metrics/delta.ts'
import { createPipeline } from '../pipeline.ts'
import { isProbeRequest } from '../probe/schedule/operator.ts'
import { createSampler } from '../sample/sampler.ts'
import { startCascade } from '../stages/cascade-stage.ts'
import { startEvidence } from '../stages/evidence-stage.ts'
import { startOtlp } from '../stages/otlp-stage.ts'
import { SuitesUnreadable } from '../stages/probe-instrument.ts'
import type { ProbeStageSettings } from '../stages/probe-settings.ts'
import { type ProbeStage, startProbes } from '../stages/probe-stage.ts'
import { createProfileStage } from '../stages/profile-stage.ts'
import { createSignalsStage } from '../stages/signals-stage.ts'
import { startWatch, type WatchStage } from '../stages/watch-stage.ts'
import type { OperatorAnswer } from '../watch/operator.ts'
import { createCorrectedPanel } from './corrected-panel.ts'
import type { Batch, FromMonitor, MonitorRequest, MonitorSettings, ToMonitor } from './messages.ts'

const aliveMs = 500
const figuresMs = 10_000
const cascadeTickMs = 1000

const port = parentPort
if (port === null) throw new Error('monitor/thread.ts runs as a worker thread only')

const settings = workerData as MonitorSettings
const secret = Buffer.from(settings.secret)
const delta = createDelta()
const onnx = await loadLater(settings)
const blank = judgesWith(settings.liveJudge === 'onnx' ? 'lexical' : settings.liveJudge)
const judges = onnx === undefined ? blank : blank.slice(0, 1)
const live =
  onnx === undefined
    ? judges.find(({ id }) => id === settings.liveJudge)
    : { id: onnxJudgeId, version: onnx.version }
const panel = createCorrectedPanel({
  judge: settings.liveJudge,
  servedLanguages: settings.servedLanguages,
  known:
    settings.calibration === undefined || live === undefined
      ? undefined
      : lookupOf(settings.calibration, { ...live, promptHash: undefined }),
  clock: systemClock,
  delta,
})
const cascade =
  settings.cascade === undefined
    ? undefined
    : startCascade(settings.cascade, { secret, clock: systemClock })
const judgeVersion = [...judges, ...(live === undefined || judges.length > 1 ? [] : [live])]
  .map(({ id, version }) => `${id} ${version}`)
  .join(', ')
const evidence =
  settings.evidence === undefined
    ? undefined
    : startEvidence(settings.evidence, { secret, judgeVersion, clock: systemClock })
const watch =
  settings.watch === undefined
    ? undefined
    : await startWatch(settings.watch, {
        secret,
        judgeVersion,
        clock: systemClock,
        onFolded: evidence === undefined ? undefined : (tick) => evidence.folded(tick),
      })
const profile =
  settings.watch === undefined || watch === undefined
    ? undefined
    : createProfileStage(settings.watch, {
        store: watch.store,
        calibration: settings.calibration,
        clock: systemClock,
      })
const probes =
  settings.probes === undefined || watch === undefined
    ? undefined
    : probesOver(settings.probes, watch)
const otlp =
  settings.otlp === undefined ? undefined : startOtlp(settings.otlp, { clock: systemClock, delta })
let sampler = createSampler(secret, settings.sampleRate)
const pipeline = createPipeline({
  enrich: createEnricher({ ...settings, secret }),
  sampler: { selects: (key) => sampler.selects(key) },
  classifier: settings.requestSets ? createRequestClassifier() : undefined,
  judges,
  later: onnx,
  blank,
  panel,
  cascade,
  watch,
  forks: probes?.offer,
  signals: settings.signals ? createSignalsStage(delta) : undefined,
  evidence,
  otlp,
  delta,
  clock: systemClock,
})
const send = (message: FromMonitor, transfer: ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer)
}

port.on('message', (message: Batch | ToMonitor) => {
  if ('kind' in message) void answer(message)
  else takeBatch(message)
})
const takeBatch = ({ id, exchanges, bodies }: Batch): void => {
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
  else void acknowledgeAfter(open, id, bodies)
}
const acknowledge = (id: number, bodies: ArrayBuffer): void => {
  send({ kind: 'done', id, delta: delta.take(), bodies }, [bodies])
}
const acknowledgeAfter = async (
  open: readonly Promise<void>[],
  id: number,
  bodies: ArrayBuffer,
): Promise<void> => {
  await Promise.all(open)
  acknowledge(id, bodies)
}
const answer = async (message: ToMonitor): Promise<void> => {
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
    sampler = createSampler(secret, message.rate)
    return
  }
  const { id, request } = message
  const answered = await answerOf(request)
  if (request.kind !== 'profile') {
    evidence?.asked(request, answered, [
      ...(watch?.specs() ?? []),
      ...(probes?.detectors().specs ?? []),
    ])
  }
  send({ kind: 'answer', id, answer: answered })
}
/** Undefined: the suites have been damaged since the start, which is no reason to read no traffic. */
function probesOver(options: ProbeStageSettings, over: WatchStage): ProbeStage | undefined {
  try {
    return startProbes(options, {
      store: over.store,
      secret,
      clock: systemClock,
      graded: cascade?.judge,
      ended: evidence === undefined ? undefined : (run) => evidence.probesEnded(run),
      profiled: (run) => profile?.ended(run),
      async save() {
        await over.save()
        sendCheckpoint()
      },
    })
  } catch (error) {
    if (!(error instanceof SuitesUnreadable)) throw error
    delta.inc('holdfast_probe_runs_total', { outcome: 'suites_unreadable' })
    return undefined
  }
}
const none = (reason: string): OperatorAnswer => ({ ok: false, failure: 'not_found', reason })
const answerOf = async (request: MonitorRequest): Promise<OperatorAnswer> => {
  if (request.kind === 'profile') return (await profile?.ask()) ?? none('drift.enabled is false')
  if (isProbeRequest(request)) {
    return (await probes?.ask(request)) ?? none('no probes are configured')
  }
  const own = (await watch?.ask(request)) ?? none('drift.enabled is false')
  // Detectors of probe runs are acknowledged by the same word.
  if (request.kind !== 'acknowledge' || own.ok || own.failure !== 'not_found') return own
  return (await probes?.ask({ kind: 'probes_acknowledge', detector: request.detector })) ?? own
}
setInterval(() => {
  send({ kind: 'alive' })
}, aliveMs)
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
  sendCheckpoint()
}
function sendCheckpoint(): void {
  const checkpoint = watch?.checkpoint()
  if (checkpoint !== undefined) send({ kind: 'checkpoint', bytes: checkpoint })
}
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
setInterval(sendFigures, Math.min(figuresMs, watch?.figuresMs ?? figuresMs))
sendFigures()
send({ kind: 'ready' })

/** Undefined: the judge is on board. */
async function loadLater({ onnx: options }: MonitorSettings): Promise<OnnxJudge | undefined> {
  if (options === undefined) return undefined
  const loaded = await loadOnnxJudge(options, { clock: systemClock })
  if (loaded.ok) return loaded.judge
  const message: FromMonitor = {
    kind: 'unusable',
    key: `judge.onnx: ${loaded.key}`,
    reason: loaded.reason,
  }
  parentPort?.postMessage(message)
  throw new Error('the classifier of judge.onnx cannot be loaded')
}
