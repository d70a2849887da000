/**
 * The composition root: builds every part from the configuration, starts them in order and stops them
 * in the reverse one. The traffic thread runs the proxy, the capture, the ledger and the admin port;
 * everything that reads a body runs in the monitor thread.
 */
import { randomBytes } from 'node:crypto'
import { extname } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { OperatorAccess } from './admin/operator-routes.ts'
import { createAdmin } from './admin/server.ts'
import { type Clock, systemClock } from './clock.ts'
import { hostPortText, type Parsed } from './config/address.ts'
import { readGradedKey } from './config/graded-faults.ts'
import { readAdversarialKey, readProbeKey } from './config/probe-faults.ts'
import type { Config } from './config/schema.ts'
import { readSecret, readTlsCa, readToken } from './config/secret-files.ts'
import { protocolOf } from './decode/decoders.ts'
import { tunnelOf } from './decode/tunnels.ts'
import { capturedRequestHeaders, capturedResponseHeaders } from './enrich/conversation.ts'
import type { EndedExchange } from './exchange/captured.ts'
import type { Calibration } from './judge/calibration.ts'
import { readCalibrationFile } from './judge/calibration-file.ts'
import { type OnnxJudgeOptions, onnxJudgeDefaults } from './judge/onnx-judge.ts'
import type { Log } from './log.ts'
import type { RestartReason } from './metrics/catalogue.ts'
import { createRecorder, type Recorder } from './metrics/record.ts'
import type { MonitorSettings } from './monitor/messages.ts'
import { createMonitor, type Monitor } from './monitor/monitor.ts'
import { createQueue, type Queue } from './monitor/queue.ts'
import { type Capture, createCapture } from './proxy/capture.ts'
import type { Route } from './proxy/routes.ts'
import { createProxy } from './proxy/server.ts'
import { createLedger, type Ledger } from './sample/ledger.ts'
import { cascadeGone, cascadeSettings } from './stages/cascade-settings.ts'
import { evidenceGone, evidenceSettings } from './stages/evidence-settings.ts'
import { otlpSettings } from './stages/otlp-stage.ts'
import { type OverloadStage, startOverload } from './stages/overload-stage.ts'
import { type ProbeKeys, probeStageSettings, probesGone } from './stages/probe-settings.ts'
import { createReloadStage, type InForce, type ReloadStage } from './stages/reload-stage.ts'
import { statusOptions } from './stages/status-setup.ts'
import { watchGone, watchStageSettings } from './stages/watch-stage.ts'
import { packageVersion } from './version.ts'

export interface Deps {
  log: Log
  clock?: Clock
  /** The monitor thread's module and Node flags; others are for tests of its failures. */
  thread?: { url: URL; execArgv: readonly string[] }
}

export interface Running {
  /** http://host:port as bound. */
  dataUrl: string
  adminUrl: string
  /** The SIGTERM path: not ready, wait for the balancer, let exchanges end, stop. */
  drain(): Promise<void>
  /** Stops at once; open exchanges are cut. */
  close(): Promise<void>
  reload: ReloadStage
}

// Next to this file in source and in build, under its own extension.
const threadUrl = new URL(`./monitor/thread${extname(import.meta.url)}`, import.meta.url)
const secretBytes = 32
const eventLoopResolutionMs = 20

export async function startHoldfast(config: Config, deps: Deps): Promise<Running> {
  const clock = deps.clock ?? systemClock
  const inForce: InForce = { config }
  await checkSuites(config)
  const recorder = createRecorder({
    languages: config.languages.served,
    models: config.metrics.models,
    modelsAutoMax: config.metrics.modelsAutoMax,
    seriesMax: config.metrics.seriesMax,
    version: packageVersion,
    node: process.version,
  })
  const ledger = createLedger(recorder)
  const { monitor, queue, settings } = startMonitor(config, deps, clock, recorder, ledger)
  const overload = startOverload(config, { clock, recorder })
  const capture = startCapture(inForce, deps, clock, recorder, ledger, queue, overload)
  const proxy = await createProxy({
    routes: routesOf(config),
    ...config.proxy,
    ca: trustedRoots(config),
    openTap: capture.openTap,
    onConnectionRefused: () => recorder.inc('holdfast_connection_refusals_total', {}),
    onClientRefused: () => recorder.inc('holdfast_client_connections_refused_total', {}),
  })

  let listening = false
  let draining = false
  const loop = monitorEventLoopDelay({ resolution: eventLoopResolutionMs })
  loop.enable()
  recorder.onScrape(() => {
    recorder.set('holdfast_in_flight', {}, ledger.inFlight())
    recorder.set('holdfast_monitor_up', {}, monitor.isUp() ? 1 : 0)
    recorder.set('holdfast_upstream_connections', {}, proxy.open())
    recorder.set('holdfast_client_connections', {}, proxy.clients())
    recorder.set('holdfast_captured_bytes', {}, capture.heldBytes())
    recorder.set('holdfast_draining', {}, draining ? 1 : 0)
    const lagMs = Math.max(0, loop.mean / 1e6 - eventLoopResolutionMs)
    recorder.set('holdfast_event_loop_lag_seconds', {}, Number.isNaN(lagMs) ? 0 : lagMs / 1000)
    loop.reset()
  })
  const operator = operatorOf(config, (request) => monitor.ask(request))
  const admin = createAdmin({
    recorder,
    ready: () => listening && !draining,
    log: deps.log,
    operator,
    status: statusOptions(inForce, {
      recorder,
      monitor,
      inFlight: () => ledger.inFlight(),
      clock,
      token: operator?.token,
      probesConfigured: probesOf(config) !== undefined,
    }),
  })

  const stop = async (deadlineMs: number): Promise<number> => {
    const cut = await proxy.close(deadlineMs)
    await monitor.close()
    await admin.close()
    loop.disable()
    overload.stop()
    return cut
  }
  try {
    const adminBound = await admin.listen(config.admin.host, config.admin.port)
    const dataBound = await proxy.listen(config.listen.host, config.listen.port)
    listening = true
    let stopping: Promise<void> | undefined
    return {
      reload: createReloadStage({
        inForce,
        proxy,
        capture,
        monitor,
        settings,
        recorder,
        log: deps.log,
        clock,
        routesOf,
        gradedFiles: (next) => [gradedKey(next), trustedRoots(next)],
      }),
      dataUrl: `http://${hostPortText(dataBound)}`,
      adminUrl: `http://${hostPortText(adminBound)}`,
      drain() {
        stopping ??= (async () => {
          draining = true
          proxy.startDraining()
          await wait(inForce.config.drain.delayMs)
          const cut = await stop(inForce.config.drain.deadlineMs)
          if (cut > 0) deps.log.drainForced(cut)
        })()
        return stopping
      },
      async close() {
        draining = true
        await (stopping ?? stop(0))
      },
    }
  } catch (error) {
    await stop(0)
    throw error
  }
}

function startCapture(
  inForce: InForce,
  deps: Deps,
  clock: Clock,
  recorder: Recorder,
  ledger: Ledger,
  queue: Queue,
  overload: OverloadStage,
): Capture {
  const { config } = inForce
  return createCapture({
    clock,
    requestBytesMax: config.capture.requestBytesMax,
    responseBytesMax: config.capture.responseBytesMax,
    budgetBytes: config.capture.budgetBytes,
    protocolOf,
    wants: (protocol) => config.capture.enabled && protocol !== 'unknown',
    requestHeaderNames: capturedRequestHeaders([
      config.identity.header,
      config.identity.tenantHeader,
      config.languages.overrideHeader,
    ]),
    responseHeaderNames: capturedResponseHeaders,
    admits: overload.admits,
    stopped: overload.stopped,
    sink: {
      sampled: (protocol) => ledger.sampled(protocol),
      probe: (protocol) => recorder.inc('holdfast_probe_exchanges_total', { protocol }),
      tunnelled: (path) => recorder.inc('holdfast_tunnels_total', { protocol: tunnelOf(path) }),
      dropped: (reason) => ledger.dropped({ stage: 'capture', reason }, 1),
      captured: (bodies) => queue.offer(bodies),
      ended(exchange) {
        recordEnded(recorder, exchange)
        if (inForce.config.log.requests) deps.log.exchange(exchange)
      },
    },
  })
}

function startMonitor(
  config: Config,
  deps: Deps,
  clock: Clock,
  recorder: Recorder,
  ledger: Ledger,
): { monitor: Monitor; queue: Queue; settings: MonitorSettings } {
  const settings: MonitorSettings = {
    secret:
      config.identity.secretFile === undefined
        ? randomBytes(secretBytes)
        : required(readSecret(config.identity.secretFile)),
    sampleRate: config.sample.rate,
    servedLanguages: config.languages.served,
    languageHeader: config.languages.overrideHeader?.toLowerCase(),
    conversationHeader: config.identity.header?.toLowerCase(),
    conversationsMax: config.identity.conversationsMax,
    liveJudge: config.judge.live,
    onnx: onnxOptions(config),
    requestSets: config.judge.requestSets,
    calibration: calibrationOf(config),
    cascade: cascadeSettings(config, gradedKey(config), trustedRoots(config)),
    watch: watchStageSettings(config),
    probes: probesOf(config),
    evidence: evidenceSettings(config),
    otlp: otlpSettings(config, trustedRoots(config)),
    signals: config.signals.enabled,
  }
  const queue = createQueue({
    windowItems: config.monitor.windowItems,
    windowBytes: config.monitor.windowBytes,
    send: (batch) => monitor.send(batch),
    dropped: (reason, count) => ledger.dropped({ stage: 'queue', reason }, count),
  })
  const gone = (reason: RestartReason): void => {
    ledger.dropped({ stage: 'monitor', reason: 'monitor_lost' }, queue.lose())
    for (const absent of [cascadeGone, watchGone, probesGone, evidenceGone]) recorder.apply(absent)
    if (settings.evidence !== undefined) settings.evidence.after = reason
    recorder.inc('holdfast_monitor_restarts_total', { reason })
  }
  const monitor = createMonitor({
    threadUrl: deps.thread?.url ?? threadUrl,
    execArgv: deps.thread?.execArgv,
    workerData: settings,
    heapMb: config.monitor.heapMb,
    stallMs: config.monitor.stallMs,
    restartBackoffMaxMs: config.monitor.restartBackoffMaxMs,
    clock,
    onDone(id, delta, bodies) {
      const items = queue.acknowledge(id, bodies)
      if (items > 0) ledger.settled(items, delta)
    },
    onFigures: (delta) => recorder.apply(delta),
    onCascade(delta, spent) {
      recorder.apply(delta)
      if (settings.cascade !== undefined) settings.cascade.budgetState = spent
    },
    onCheckpoint(bytes) {
      if (settings.watch !== undefined) settings.watch.checkpoint = bytes
    },
    onUnusable: (key, reason) => deps.log.configWarning({ key, reason }),
    onOpen: (open) => queue.setOpen(open),
    onLost(reason, error) {
      queue.discard('monitor_down')
      gone(reason)
      deps.log.monitorLost(reason, error)
    },
    onReplaced: () => gone('reload'),
  })
  return { monitor, queue, settings }
}

function recordEnded(recorder: Recorder, exchange: EndedExchange): void {
  const { protocol, outcome, errorKind, firstByteMs } = exchange
  recorder.inc('holdfast_exchanges_total', { protocol, outcome })
  if (errorKind !== undefined) recorder.inc('holdfast_upstream_errors_total', { kind: errorKind })
  if (outcome === 'refused') return
  recorder.observe('holdfast_proxy_overhead_seconds', {}, exchange.overheadMs / 1000)
  recorder.observe('holdfast_exchange_duration_seconds', { protocol }, exchange.durationMs / 1000)
  if (firstByteMs === undefined) return
  const ttfb = firstByteMs / 1000
  recorder.observe('holdfast_time_to_first_byte_seconds', { protocol }, ttfb, exchange.traceId)
}

const routesOf = (config: Config): Route[] =>
  config.routes.map((route) => ({ ...route, upstream: new URL(route.upstream) }))

const trustedRoots = (config: Config): readonly string[] | undefined =>
  config.proxy.tlsCaFile === undefined ? undefined : [required(readTlsCa(config.proxy.tlsCaFile))]

function gradedKey(config: Config): string | undefined {
  const key = readGradedKey(config.judge.graded)
  if (!key.ok) throw new Error('the key of judge.graded changed since it was checked')
  return key.value?.reveal()
}

function onnxOptions({ judge: { live, onnx } }: Config): OnnxJudgeOptions | undefined {
  const { modelFile, tokenizerFile, tokenizerConfigFile } = onnx
  if (live !== 'onnx' || modelFile === undefined || tokenizerFile === undefined) return undefined
  return {
    ...onnxJudgeDefaults,
    modelPath: modelFile,
    tokenizerPath: tokenizerFile,
    ...(tokenizerConfigFile === undefined ? {} : { tokenizerConfigPath: tokenizerConfigFile }),
    labels: onnx.labels,
    input: onnx.input,
    tokensMax: onnx.tokensMax,
    queueMax: onnx.queueItemsMax,
  }
}

/** Suites of one's own are read before anything listens: the thread that runs them can refuse nothing. */
async function checkSuites(config: Config): Promise<void> {
  const settings = probesOf(config)
  if (settings === undefined || settings.probes.folders.length === 0) return
  const { readProbeSet } = await import('./stages/probe-instrument.ts')
  readProbeSet(settings)
}

const probesOf = (config: Config): MonitorSettings['probes'] =>
  probeStageSettings(config, probeKeys(config), {
    ca: trustedRoots(config),
    calibration: calibrationOf(config),
  })

function probeKeys({ probes }: Config): ProbeKeys {
  const [key, adversarialKey] = [readProbeKey(probes), readAdversarialKey(probes)].map((read) => {
    if (!read.ok) throw new Error('a key of probes changed since it was checked')
    return read.value?.reveal()
  })
  return { key, adversarialKey }
}

const operatorOf = (
  { operator: { tokenFile } }: Config,
  ask: OperatorAccess['ask'],
): OperatorAccess | undefined =>
  tokenFile === undefined ? undefined : { token: required(readToken(tokenFile)), ask }

function calibrationOf(config: Config): Calibration | undefined {
  if (config.judge.calibrationFile === undefined) return undefined
  const read = readCalibrationFile(config.judge.calibrationFile)
  if (!read.ok) throw new Error('judge.calibration_file changed since it was checked')
  return read.calibration
}

/** These files were read once when the configuration was checked; one that is gone since is a fault. */
function required<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.value
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
