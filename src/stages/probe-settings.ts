/** The probes as plain settings, for the thread that runs them; what is heavy stays there. */
import { probeLanguages, probesConfigured } from '../config/probe-faults.ts'
import type { ProbeConfig } from '../config/probe-schema.ts'
import type { Config } from '../config/schema.ts'
import type { Calibration } from '../judge/calibration.ts'
import type { MetricDelta } from '../metrics/delta.ts'

/** Plain data: it crosses to the thread, and is given again when the thread is started again. */
export interface ProbeStageSettings {
  probes: ProbeConfig & { url: string; model: string }
  /** Read by whoever starts the thread; undefined: the endpoint takes none. */
  key: string | undefined
  adversarialKey: string | undefined
  ca: readonly string[] | undefined
  /** English first. */
  languages: readonly string[]
  judge: 'lexical' | 'learned'
  calibration: Calibration | undefined
  detectorsMax: number
  falsePages: number
  episodeQuietTicks: number
}

export interface ProbeKeys {
  key: string | undefined
  adversarialKey: string | undefined
}

/** Undefined: no probes are configured. */
export function probeStageSettings(
  config: Config,
  keys: ProbeKeys,
  more: { ca: readonly string[] | undefined; calibration: Calibration | undefined },
): ProbeStageSettings | undefined {
  const { probes, drift, judge, languages } = config
  const { url, model } = probes
  if (!probesConfigured(probes) || url === undefined || model === undefined) return undefined
  return {
    probes: { ...probes, url, model },
    ...keys,
    ...more,
    languages: probeLanguages(probes, languages.served),
    // A classifier of one's own answers later than a run could wait for.
    judge: judge.live === 'learned' ? 'learned' : 'lexical',
    detectorsMax: drift.detectorsMax,
    falsePages: drift.falsePages,
    episodeQuietTicks: drift.episodeQuietTicks,
  }
}

const probeGaugeNames = [
  'holdfast_probe_budget_left',
  'holdfast_probes_stopped',
  'holdfast_probe_leader',
  'holdfast_probe_last_run_timestamp_seconds',
  'holdfast_probe_overfit_gap',
  'holdfast_probe_items_retired',
] as const

/** What the traffic thread applies when the monitor is gone: nobody knows these any more. */
export const probesGone: MetricDelta = {
  counts: [],
  observations: [],
  lost: [],
  gauges: probeGaugeNames.map((name) => ({ name, rows: [] })),
}
