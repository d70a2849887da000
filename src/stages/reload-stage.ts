/**
 * A changed configuration in a running process: everything that can be taken over is, in one go and
 * between two requests; the rest keeps its value and is named. Requests under way are not touched.
 */

import type { Clock } from '../clock.ts'
import { planReload } from '../config/reload.ts'
import type { Config } from '../config/schema.ts'
import type { Fault } from '../error.ts'
import type { Log } from '../log.ts'
import type { ReloadOutcome } from '../metrics/config-metrics.ts'
import type { Recorder } from '../metrics/record.ts'
import type { MonitorSettings } from '../monitor/messages.ts'
import type { Monitor } from '../monitor/monitor.ts'
import type { Capture } from '../proxy/capture.ts'
import type { Route } from '../proxy/routes.ts'
import type { Proxy } from '../proxy/server.ts'
import { cascadeSettings } from './cascade-settings.ts'
import { watchStageSettings } from './watch-stage.ts'

/** The configuration in force, for whatever reads it while it runs. */
export interface InForce {
  config: Config
}

export interface ReloadParts {
  inForce: InForce
  proxy: Pick<Proxy, 'update'>
  capture: Pick<Capture, 'limit'>
  monitor: Pick<Monitor, 'setSampleRate' | 'replace'>
  /** Every thread that is started gets them as they are then. */
  settings: MonitorSettings
  recorder: Recorder
  log: Log
  clock: Clock
  routesOf: (config: Config) => Route[]
  /** What the paid judge needs from files: its key and the trusted roots. */
  gradedFiles: (
    config: Config,
  ) => readonly [key: string | undefined, ca: readonly string[] | undefined]
}

export interface ReloadStage {
  /** Takes over what can be, and says so in log and metrics. */
  apply(next: Config): Promise<ReloadOutcome>
  /** A configuration that never came so far: what is in force stays. */
  refuse(outcome: 'refused' | 'unreadable', faults: readonly Fault[]): void
}

export function createReloadStage(parts: ReloadParts): ReloadStage {
  const { inForce, recorder, log, clock } = parts
  const taken = (): void => {
    recorder.set('holdfast_config_last_reload_successful', {}, 1)
    const seconds = clock.now() / 1000
    recorder.set('holdfast_config_last_reload_success_timestamp_seconds', {}, seconds)
  }
  const count = (outcome: ReloadOutcome): ReloadOutcome => {
    recorder.inc('holdfast_config_reloads_total', { outcome })
    return outcome
  }
  const refuse: ReloadStage['refuse'] = (outcome, faults) => {
    recorder.set('holdfast_config_last_reload_successful', {}, 0)
    count(outcome)
    for (const fault of faults) log.configRefused(fault)
  }
  taken()
  return {
    async apply(next) {
      const plan = planReload(inForce.config, next)
      if (!plan.ok) {
        refuse('refused', plan.faults)
        return 'refused'
      }
      const { config, changed, needsRestart, newMonitor } = plan
      // Before anything is swapped: it reads files.
      const fresh = newMonitor ? monitorSettings(parts, config) : {}
      inForce.config = config
      swap(parts, config)
      Object.assign(parts.settings, fresh, { sampleRate: config.sample.rate })
      if (newMonitor) await parts.monitor.replace(parts.settings, config.monitor.heapMb)
      taken()
      if (changed.length + needsRestart.length === 0) return count('unchanged')
      log.configReloaded(changed, needsRestart)
      return count(needsRestart.length === 0 ? 'applied' : 'partly_applied')
    },
    refuse,
  }
}

/** Nothing is awaited in here: no request sees one half of it. */
function swap({ proxy, capture, monitor, recorder, log, routesOf }: ReloadParts, config: Config) {
  const { connectionsMax, connectTimeoutMs, headersTimeoutMs } = config.proxy
  const routes = routesOf(config)
  proxy.update({ routes, connectionsMax, connectTimeoutMs, headersTimeoutMs })
  capture.limit(config.capture)
  monitor.setSampleRate(config.sample.rate)
  recorder.setModels(config.metrics)
  log.setLevel(config.log.level)
}

/** What a new thread is built from; spent budget and the state of the detectors go on. */
function monitorSettings(
  { settings, gradedFiles }: ReloadParts,
  config: Config,
): Pick<MonitorSettings, 'cascade' | 'watch'> {
  const cascade = cascadeSettings(config, ...gradedFiles(config))
  const watch = watchStageSettings(config)
  const budgetState = settings.cascade?.budgetState
  const checkpoint = settings.watch?.checkpoint
  return {
    cascade: cascade && { ...cascade, ...(budgetState === undefined ? {} : { budgetState }) },
    watch: watch && { ...watch, ...(checkpoint === undefined ? {} : { checkpoint }) },
  }
}
