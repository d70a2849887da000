/**
 * Builds what the monitor thread runs from what the traffic thread handed over. A stage that is not
 * configured is not loaded either: each takes megabytes.
 */
import { createHash, randomBytes } from 'node:crypto'
import { systemClock } from '../clock.ts'
import { createEnricher } from '../enrich/enrich.ts'
import { countedLanguages } from '../exchange/stratum.ts'
import { lookupOf } from '../judge/calibration.ts'
import type { Judge } from '../judge/judge.ts'
import { judgesWith } from '../judge/judges.ts'
import { type OnnxJudge, type OnnxJudgeOptions, onnxJudgeId } from '../judge/onnx-judge.ts'
import type { RequestClassifier } from '../judge/request-classifier.ts'
import type { Delta } from '../metrics/delta.ts'
import { createPipeline, type Pipeline } from '../pipeline.ts'
import { createSampler } from '../sample/sampler.ts'
import type { CascadeStage } from '../stages/cascade-stage.ts'
import type { EvidenceStage } from '../stages/evidence-stage.ts'
import type { OtlpStage } from '../stages/otlp-stage.ts'
import type { ProbeStage } from '../stages/probe-stage.ts'
import { createProfileStage, type ProfileStage } from '../stages/profile-stage.ts'
import { createSharedVerdicts } from '../stages/shared-verdicts.ts'
import { createSignalsStage } from '../stages/signals-stage.ts'
import { startWatch, type WatchStage } from '../stages/watch-stage.ts'
import type { Store } from '../state/store.ts'
import { type CorrectedPanel, createCorrectedPanel } from './corrected-panel.ts'
import type { MonitorSettings } from './messages.ts'

const clock = systemClock

export interface StageDeps {
  delta: Delta
  /** The probes have written into the state of the watch. */
  saved: (watch: WatchStage) => void
  unusable: (key: string, reason: string) => void
}

/** Undefined: not configured. */
export interface Stages {
  pipeline: Pipeline
  panel: CorrectedPanel
  cascade: CascadeStage | undefined
  watch: WatchStage | undefined
  profile: ProfileStage | undefined
  probes: ProbeStage | undefined
  evidence: EvidenceStage | undefined
  otlp: OtlpStage | undefined
  setSampleRate(rate: number): void
}

export async function buildStages(settings: MonitorSettings, deps: StageDeps): Promise<Stages> {
  const { delta } = deps
  const secret = Buffer.from(settings.secret)
  const judging = await buildJudges(settings, deps)
  const { judgeVersion, live } = judging
  const evidence = await buildEvidence(settings, secret, judgeVersion)
  const watch =
    settings.watch === undefined
      ? undefined
      : await startWatch(settings.watch, {
          secret,
          judgeVersion,
          clock,
          onFolded: evidence === undefined ? undefined : (tick) => evidence.folded(tick),
        })
  const cascade = await buildCascade(settings, secret, watch?.store)
  const panel = buildPanel(settings, live, watch?.store, delta)
  const profile =
    settings.watch === undefined || watch === undefined
      ? undefined
      : createProfileStage(settings.watch, {
          store: watch.store,
          calibration: settings.calibration,
          clock,
        })
  const parts = { ...deps, secret, watch, profile, cascade, evidence }
  const probes = await buildProbes(settings, parts)
  const otlp = await buildOtlp(settings, delta)
  let sampler = createSampler(secret, settings.sampleRate)
  const pipeline = createPipeline({
    enrich: createEnricher({ ...settings, secret }),
    sampler: { selects: (key) => sampler.selects(key) },
    classifier: await buildClassifier(settings),
    judges: judging.judges,
    later: judging.later,
    blank: judging.blank,
    panel,
    cascade,
    watch,
    forks: probes?.offer,
    signals: settings.signals ? createSignalsStage(delta) : undefined,
    evidence,
    otlp,
    delta,
    clock,
  })
  return {
    pipeline,
    panel,
    cascade,
    watch,
    profile,
    probes,
    evidence,
    otlp,
    setSampleRate(rate) {
      sampler = createSampler(secret, rate)
    },
  }
}

interface Judging {
  judges: readonly Judge[]
  later: OnnxJudge | undefined
  blank: readonly Judge[]
  /** Undefined: none of the judges. */
  live: Pick<Judge, 'id' | 'version'> | undefined
  /** Of all that read answers. */
  judgeVersion: string
}

async function buildJudges(settings: MonitorSettings, deps: StageDeps): Promise<Judging> {
  const later = settings.onnx === undefined ? undefined : await loadOnnx(settings.onnx, deps)
  const blank = judgesWith(settings.liveJudge === 'onnx' ? 'lexical' : settings.liveJudge)
  const judges = later === undefined ? blank : blank.slice(0, 1)
  const live =
    later === undefined
      ? judges.find(({ id }) => id === settings.liveJudge)
      : { id: onnxJudgeId, version: later.version }
  const judgeVersion = [...judges, ...(live === undefined || judges.length > 1 ? [] : [live])]
    .map(({ id, version }) => `${id} ${version}`)
    .join(', ')
  return { judges, later, blank, live, judgeVersion }
}

function buildPanel(
  { liveJudge: judge, servedLanguages, calibration }: MonitorSettings,
  live: Judging['live'],
  store: Store | undefined,
  delta: Delta,
): CorrectedPanel {
  const known =
    calibration === undefined || live === undefined
      ? undefined
      : lookupOf(calibration, { ...live, promptHash: undefined })
  // Counts by the families of one calibration are of no use to another.
  const instrument = createHash('sha256')
    .update(JSON.stringify([live?.id, live?.version, calibration]))
    .digest('hex')
  const verdicts = createSharedVerdicts({
    // Without a calibration nothing is computed from them.
    store: known === undefined ? undefined : store,
    key: `judge:verdicts:${instrument.slice(0, 16)}`,
    holder: randomBytes(8).toString('hex'),
    languages: countedLanguages(servedLanguages),
    onError: (error) => delta.inc('holdfast_state_errors_total', { error }),
    onBadEntry: () => delta.inc('holdfast_state_bad_entries_total', {}),
    clock,
  })
  return createCorrectedPanel({ judge, servedLanguages, known, verdicts, delta })
}

/** The configured judge is the one that judges, or nothing does. */
async function loadOnnx(options: OnnxJudgeOptions, { unusable }: StageDeps): Promise<OnnxJudge> {
  const { loadOnnxJudge } = await import('../judge/onnx-judge.ts')
  const loaded = await loadOnnxJudge(options, { clock })
  if (loaded.ok) return loaded.judge
  unusable(`judge.onnx: ${loaded.key}`, loaded.reason)
  throw new Error('the classifier of judge.onnx cannot be loaded')
}

async function buildClassifier(settings: MonitorSettings): Promise<RequestClassifier | undefined> {
  if (!settings.requestSets) return undefined
  const { createRequestClassifier } = await import('../judge/request-classifier.ts')
  return createRequestClassifier()
}

async function buildCascade(
  { cascade }: MonitorSettings,
  secret: Uint8Array,
  store: Store | undefined,
): Promise<CascadeStage | undefined> {
  if (cascade === undefined) return undefined
  const { startCascade } = await import('../stages/cascade-stage.ts')
  return startCascade(cascade, { secret, clock, store })
}

async function buildEvidence(
  { evidence }: MonitorSettings,
  secret: Uint8Array,
  judgeVersion: string,
): Promise<EvidenceStage | undefined> {
  if (evidence === undefined) return undefined
  const { startEvidence } = await import('../stages/evidence-stage.ts')
  return startEvidence(evidence, { secret, judgeVersion, clock })
}

async function buildOtlp({ otlp }: MonitorSettings, delta: Delta): Promise<OtlpStage | undefined> {
  if (otlp === undefined) return undefined
  const { startOtlp } = await import('../stages/otlp-stage.ts')
  return startOtlp(otlp, { clock, delta })
}

interface ProbeParts extends StageDeps {
  secret: Buffer
  watch: WatchStage | undefined
  profile: ProfileStage | undefined
  cascade: CascadeStage | undefined
  evidence: EvidenceStage | undefined
}

/** Undefined too where the suites were damaged since the start, which is no reason to read no traffic. */
async function buildProbes(
  { probes }: MonitorSettings,
  { secret, watch, profile, cascade, evidence, delta, saved }: ProbeParts,
): Promise<ProbeStage | undefined> {
  if (probes === undefined || watch === undefined) return undefined
  const { startProbes } = await import('../stages/probe-stage.ts')
  const { SuitesUnreadable } = await import('../stages/probe-instrument.ts')
  try {
    return startProbes(probes, {
      store: watch.store,
      secret,
      clock,
      graded: cascade?.judge,
      ended: evidence === undefined ? undefined : (run) => evidence.probesEnded(run),
      profiled: (run) => profile?.ended(run),
      async save() {
        await watch.save()
        saved(watch)
      },
    })
  } catch (error) {
    if (!(error instanceof SuitesUnreadable)) throw error
    delta.inc('holdfast_probe_runs_total', { outcome: 'suites_unreadable' })
    return undefined
  }
}
