/** What an operator may ask of the probes: how they stand, to go on after a stop, to close an episode. */
import type { DetectorSpec } from '../../drift/detector-spec.ts'
import { evidenceRatio } from '../../drift/e-detector.ts'
import type { EvidenceHistory } from '../../drift/evidence-history.ts'
import type { Canaries } from './canaries.ts'
import type { ProbeState } from './probe-state.ts'
import type { StopSwitch } from './stop-switch.ts'

export type ProbeOperatorRequest =
  | { kind: 'probes_show' }
  /** Evidence over the runs, for the status page. */
  | { kind: 'probe_histories' }
  | { kind: 'probes_resume' }
  | { kind: 'probes_acknowledge'; detector: string }

const kinds: ReadonlySet<string> = new Set<ProbeOperatorRequest['kind']>([
  'probes_show',
  'probe_histories',
  'probes_resume',
  'probes_acknowledge',
])

export const isProbeRequest = (request: { kind: string }): request is ProbeOperatorRequest =>
  kinds.has(request.kind)

export type ProbeOperatorAnswer =
  | { ok: true; body: unknown }
  | { ok: false; failure: 'not_found' | 'conflict' | 'unavailable'; reason: string }

export interface ProbeOperatorOptions {
  canaries: Pick<Canaries, 'report' | 'refresh'>
  stopSwitch: Pick<StopSwitch, 'resume'>
  state: Pick<ProbeState, 'acknowledge'>
  specs: readonly DetectorSpec[]
  threshold: number
  version: string
  history: Pick<EvidenceHistory, 'all'>
  nextDue: () => number
}

const unavailable = (error: string): ProbeOperatorAnswer => ({
  ok: false,
  failure: 'unavailable',
  reason: `the state store failed: ${error}`,
})

export const createProbeOperator =
  (options: ProbeOperatorOptions) =>
  async (request: ProbeOperatorRequest): Promise<ProbeOperatorAnswer> => {
    const { canaries, stopSwitch, state } = options
    switch (request.kind) {
      case 'probes_show':
        return { ok: true, body: shown(options) }
      case 'probe_histories':
        return { ok: true, body: { histories: options.history.all() } }
      case 'probes_resume': {
        const resumed = await stopSwitch.resume()
        if (!resumed.ok) return unavailable(resumed.error)
        if (!resumed.value) {
          return { ok: false, failure: 'conflict', reason: 'the probes are not stopped' }
        }
        await canaries.refresh()
        return { ok: true, body: { resumed: true } }
      }
      case 'probes_acknowledge': {
        const closed = await state.acknowledge(request.detector)
        if (!closed.ok) return unavailable(closed.error)
        if (!closed.value) {
          const reason = 'this detector has no open episode'
          return { ok: false, failure: 'not_found', reason }
        }
        await canaries.refresh()
        return { ok: true, body: { acknowledged: request.detector } }
      }
    }
  }

const isoOf = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString()

function shown(options: ProbeOperatorOptions): object {
  const { canaries, specs, threshold, version, nextDue } = options
  const { leads, running, stop, runs, left } = canaries.report()
  return {
    version,
    leads,
    running,
    stopped: stop === undefined ? null : { reason: stop.reason, at: isoOf(stop.at) },
    complete_runs: runs?.runs ?? null,
    last_due: isoOf(runs?.dueAt),
    next_due: isoOf(nextDue()),
    budget_left: left ?? null,
    threshold,
    detectors: specs.map((spec) => {
      const detector = runs?.detectors.get(spec.id)
      return {
        id: spec.id,
        metric: spec.metric,
        null: spec.null,
        language: spec.language,
        set: spec.set,
        g0: spec.wager.g0,
        reference: spec.reference ?? null,
        evidence_ratio: detector === undefined ? 0 : evidenceRatio(detector, threshold),
        differences: detector?.differences ?? 0,
        runs: detector?.activeTicks ?? 0,
        episodes: detector?.episodes ?? 0,
        open_since_run: detector?.episode?.openedAt ?? null,
      }
    }),
  }
}
