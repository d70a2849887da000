/**
 * The watch as the monitor thread runs it: built from plain settings, with a store, counters and
 * gauges of its own. The state of a single replica outlives the thread by checkpoints that the
 * traffic thread holds, and the process by a snapshot file.
 */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { readRedisPassword } from '../config/drift-faults.ts'
import type { Config } from '../config/schema.ts'
import { readTlsCa } from '../config/secret-files.ts'
import type { DetectorSpec } from '../drift/detector-spec.ts'
import type { ToolWatch } from '../drift/tool-watch.ts'
import type { Labels } from '../enrich/enrich.ts'
import { LruMap } from '../enrich/lru-map.ts'
import { createNearDuplicates } from '../enrich/near-duplicate.ts'
import type { AdmissionOutcome } from '../exchange/drift-sample.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Format } from '../exchange/stratum.ts'
import { countsAsRefusal, type VerdictClass } from '../exchange/verdict.ts'
import { createDelta, type Delta, type MetricDelta } from '../metrics/delta.ts'
import type { PromptSet } from '../metrics/domains.ts'
import { createAdmission } from '../sample/admission.ts'
import { createToolAdmission } from '../sample/tool-admission.ts'
import { openMemoryStore } from '../state/open-memory-store.ts'
import type { StoreDeps, StoreSettings } from '../state/open-store.ts'
import { createSnapshotFile } from '../state/snapshot-file.ts'
import type { Store } from '../state/store.ts'
import { driftGaugeNames, driftGauges, type FurtherDetectors } from '../watch/gauges.ts'
import { readHistory } from '../watch/history.ts'
import { createOperator, type OperatorAnswer, type OperatorRequest } from '../watch/operator.ts'
import { createRepeatedPrompts } from '../watch/repeated-prompts.ts'
import { flushMsOf, type WatchSettings } from '../watch/settings.ts'
import { createSnapshots } from '../watch/snapshots.ts'
import { createWatch, type FoldedTick, type WatchEvents } from '../watch/watch.ts'

/** Plain data: it crosses to the thread, and is given again when the thread is started again. */
export interface WatchStageSettings {
  watch: WatchSettings
  store: StoreSettings
  /** Snapshot of a memory store. */
  file: string | undefined
  snapshotMs: number
  entriesMax: number
  languages: readonly string[]
  requestSets: boolean
  /** Of the thread before: newer than the file. */
  checkpoint?: Uint8Array
}

/** One judged exchange as the pipeline has it. */
export interface JudgedExchange {
  exchange: Exchange
  labels: Labels
  set: PromptSet
  verdict: VerdictClass
  model: string
  /** Epoch milliseconds at which the verdict was final. */
  at: number
}

/** What an exchange counts for. */
export interface WatchedAs {
  admission: AdmissionOutcome
  /** It repeats a prompt of its user, and counts for repeat_flip. */
  flip: boolean
  /** Its tool calls count for tool_surprisal. */
  tools: boolean
  /** Of its tool calls to the baseline; undefined: no calls, or no baseline. */
  surprisalBits: number | undefined
}

export interface WatchStage {
  observe(judged: JudgedExchange): WatchedAs
  /** An exchange that was taken and not judged. */
  dropped(stage: string, reason: string): void
  /** Milliseconds between two calls of `step`, and of `take`. */
  stepMs: number
  figuresMs: number
  step(): Promise<void>
  /** Counts since the last call, and the gauges as they are now. */
  take(further?: FurtherDetectors): MetricDelta
  /** The detectors that run now. */
  specs(): readonly DetectorSpec[]
  /** What the fleet shares, for the other parts that keep something there. */
  store: Store
  ask(request: OperatorRequest): Promise<OperatorAnswer>
  /** The state of a memory store, when it changed; undefined otherwise. */
  checkpoint(): Uint8Array | undefined
  /** Keeps the state of a memory store as it is now, for `checkpoint` and in the file. */
  save(): Promise<void>
  /** Writes what is held, and the file. */
  close(): Promise<void>
}

/** Undefined: no detector runs. */
export function watchStageSettings(config: Config): WatchStageSettings | undefined {
  const { drift, state, languages, judge, identity, capture } = config
  if (!drift.enabled || !capture.enabled) return undefined
  return {
    watch: {
      tickMs: drift.tickMs,
      graceMs: drift.graceMs,
      detectorsMax: drift.detectorsMax,
      falsePages: drift.falsePages,
      episodeQuietTicks: drift.episodeQuietTicks,
      samplesPerUserDay: drift.samplesPerUserDay,
      historyDays: drift.historyDays,
      nulls: {
        gap: drift.gapNull,
        refusalLevel: drift.refusalReference,
        overRefusal: drift.overRefusalReference,
        unclear: drift.unclearReference,
        flip: drift.flipReference,
      },
    },
    store: storeSettings(config),
    file: state.file,
    snapshotMs: state.snapshotMs,
    entriesMax: identity.conversationsMax,
    languages: languages.served,
    requestSets: judge.requestSets,
  }
}

function storeSettings({ state }: Config): StoreSettings {
  if (state.redisUrl === undefined) return { kind: 'memory', bytesMax: state.bytesMax }
  const password = readRedisPassword(state)
  if (!password.ok) throw new Error('the password of state.redis_url changed since it was checked')
  return {
    kind: 'redis',
    url: state.redisUrl,
    cluster: state.redisCluster,
    prefix: state.redisPrefix,
    commandTimeoutMs: state.commandTimeoutMs,
    connectTimeoutMs: state.connectTimeoutMs,
    ...(state.redisUsername === undefined ? {} : { username: state.redisUsername }),
    ...(password.value === undefined ? {} : { password: password.value.reveal() }),
    ...(state.redisCaFile === undefined ? {} : { ca: caText(state.redisCaFile) }),
  }
}

function caText(path: string): string {
  const ca = readTlsCa(path)
  if (!ca.ok) throw new Error('state.redis_ca_file changed since it was checked')
  return ca.value
}

export interface WatchStageDeps {
  secret: Uint8Array
  judgeVersion: string
  clock: Clock
  /** Undefined: nobody records folds. */
  onFolded?: ((tick: FoldedTick) => void) | undefined
}

export async function startWatch(
  settings: WatchStageSettings,
  { secret, judgeVersion, clock, onFolded }: WatchStageDeps,
): Promise<WatchStage> {
  const delta = createDelta()
  const store = await openStateStore(settings.store, {
    clock,
    secret,
    onBadEntry: () => delta.inc('holdfast_state_bad_entries_total', {}),
    onError: () => undefined,
  })
  const { file: path, store: storeSettings } = settings
  const snapshots = createSnapshots({
    store,
    file:
      path === undefined || storeSettings.kind === 'redis'
        ? undefined
        : createSnapshotFile({ path, bytesMax: storeSettings.bytesMax }),
    everyMs: settings.snapshotMs,
    clock,
    onFault: () => delta.inc('holdfast_state_snapshot_faults_total', {}),
  })
  await snapshots.restore(settings.checkpoint)
  const watch = createWatch({
    settings: settings.watch,
    languages: settings.languages,
    requestSets: settings.requestSets,
    judgeVersion,
    store,
    writer: randomBytes(8).toString('hex'),
    admission: createAdmission({
      secret,
      perUserDay: settings.watch.samplesPerUserDay,
      entriesMax: settings.entriesMax,
    }),
    toolAdmission: createToolAdmission(secret, settings.entriesMax),
    clock,
    events: eventsInto(delta, onFolded),
  })
  const repeated = createRepeatedPrompts(
    createNearDuplicates({ secret }),
    settings.watch.samplesPerUserDay,
    settings.entriesMax,
  )
  /** @returns whether it counts for a detector */
  const observeRepeat = ({ exchange, labels, verdict, at }: JudgedExchange): boolean => {
    // The steps of an agent send the same prompt again.
    if (exchange.turns.at(-1)?.role !== 'user') return false
    const refused = verdict === 'unclear' ? undefined : countsAsRefusal(verdict)
    const { userKey, prompt } = labels
    const repeat = repeated.observe({ userKey, prompt, refused, at })
    if (repeat === undefined) return false
    const { consistent, feeds } = repeat
    delta.inc('holdfast_near_duplicate_total', {
      consistent: consistent === undefined ? 'unknown' : consistent ? 'true' : 'false',
    })
    if (feeds) watch.flip(consistent === false)
    return feeds
  }
  const looped = new LruMap<true>(settings.entriesMax)
  const observeTools = ({
    exchange,
    labels,
  }: JudgedExchange): Pick<WatchedAs, 'tools' | 'surprisalBits'> => {
    if (labels.trajectory.length === 0) return { tools: false, surprisalBits: undefined }
    const { key } = labels.conversation
    const seen = watch.observeTools(exchange, key, labels.trajectory.length)
    countTools(delta, seen, labels.format)
    if (seen.loop && looped.get(key) !== true) {
      looped.set(key, true)
      delta.inc('holdfast_tool_loops_total', {})
    }
    return { tools: seen.admitted, surprisalBits: seen.surprisalBits }
  }
  const { languages, requestSets } = settings
  const ask = createOperator({
    watch,
    settings: settings.watch,
    judgeVersion,
    clock,
    history: (from, to) =>
      readHistory(store, { ...settings.watch, languages, requestSets }, { from, to }),
  })
  return {
    store,
    observe(judged) {
      const { labels, set, verdict, model, at } = judged
      const { language, format, depth, humanTurns, userKey, conversation } = labels
      const request = { conversationKey: conversation.key, humanTurns, userKey, at }
      return {
        admission: watch.observe({ at, language, set, format, depth, verdict }, request, model),
        flip: observeRepeat(judged),
        ...observeTools(judged),
      }
    },
    dropped: (stage, reason) => watch.dropped(stage, reason),
    stepMs: flushMsOf(settings.watch.tickMs),
    figuresMs: Math.max(250, settings.watch.tickMs / 2),
    async step() {
      await watch.step()
      await snapshots.saveIfDue()
    },
    take(further) {
      const options = { settings: settings.watch, storeUp: store.isUp(), further }
      driftGauges(delta, watch.report(), options)
      return delta.take()
    },
    specs: () => watch.report().specs,
    ask,
    checkpoint: () => snapshots.checkpoint(),
    save: () => snapshots.save(),
    async close() {
      await watch.close()
      await snapshots.save()
      await store.close()
    },
  }
}

const eventsInto = (delta: Delta, onFolded: WatchStageDeps['onFolded']): WatchEvents => ({
  admission: (outcome) => delta.inc('holdfast_drift_samples_total', { outcome }),
  paired({ language, set, other }) {
    // Live pairing is of these two sets only.
    const labels = {
      metric: 'refusal_gap',
      language,
      set: set === 'unclassified' ? set : 'should_refuse',
    } as const
    delta.inc('holdfast_drift_pairs_total', labels)
    if (other > 1) delta.inc('holdfast_drift_unpaired_total', labels, other - 1)
  },
  lost: (reason, samples) => delta.inc('holdfast_drift_lost_samples_total', { reason }, samples),
  storeFailed: (error) => delta.inc('holdfast_state_errors_total', { error }),
  badEntry: () => delta.inc('holdfast_state_bad_entries_total', {}),
  clockJumped: () => delta.inc('holdfast_clock_jumps_total', {}),
  folded(opened, tick) {
    delta.inc('holdfast_drift_episodes_total', {}, opened)
    onFolded?.(tick)
  },
})

function countTools(delta: Delta, seen: ToolWatch, format: Format): void {
  const { surprisalBits, newTransitions = 0, invalidArguments, toolResults } = seen
  if (surprisalBits !== undefined) {
    delta.observe('holdfast_tool_surprisal_bits', { format }, surprisalBits)
  }
  if (newTransitions > 0) delta.inc('holdfast_tool_new_transitions_total', {}, newTransitions)
  for (const validity of ['valid', 'invalid', 'unknown'] as const) {
    const calls = invalidArguments[validity]
    if (calls > 0) delta.inc('holdfast_tool_arguments_total', { validity }, calls)
  }
  for (const result of ['ok', 'error', 'unknown'] as const) {
    const results = toolResults[result]
    if (results > 0) delta.inc('holdfast_tool_results_total', { result }, results)
  }
}

/** The client of Redis is loaded where there is one to reach: it takes some ten megabytes. */
async function openStateStore(settings: StoreSettings, deps: StoreDeps): Promise<Store> {
  if (settings.kind === 'memory') return openMemoryStore(settings, deps)
  const { openStore } = await import('../state/open-store.ts')
  return openStore(settings, deps)
}

/** What the traffic thread applies when the monitor is gone: nobody knows these any more. */
export const watchGone: MetricDelta = {
  counts: [],
  observations: [],
  lost: [],
  gauges: [...driftGaugeNames, 'holdfast_profile_info' as const].map((name) => ({
    name,
    rows: [],
  })),
}
