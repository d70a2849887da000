/** All that a page is made of, read at one time: every section is a function of it. */
import type { Clock } from '../../clock.ts'
import { type FigureSource, type Figures, readFigures } from './figures.ts'
import type { MonitorAnswer, MonitorView } from './monitor-view.ts'

/** What the configuration says, as the page shows it; no secret, no address of an upstream. */
export interface StatusFacts {
  version: string
  servedLanguages: readonly string[]
  sampleRate: number
  captureEnabled: boolean
  liveJudge: string
  requestSets: boolean
  calibrated: boolean
  /** The model of the paid judge; undefined: none is configured. */
  gradedModel: string | undefined
  probesConfigured: boolean
  probesSchedule: string
  operatorToken: boolean
}

export interface Snapshot {
  /** Epoch milliseconds. */
  now: number
  startedAt: number
  facts: StatusFacts
  figures: Figures
  monitorUp: boolean
  inFlight: number
  monitor: MonitorAnswer
}

export interface SnapshotSource {
  /** As the configuration in force has it. */
  facts(): StatusFacts
  figures: FigureSource
  monitorUp(): boolean
  inFlight(): number
  monitor(): Promise<MonitorAnswer>
  clock: Clock
}

export function createSnapshots(source: SnapshotSource): () => Promise<Snapshot> {
  const { clock } = source
  const startedAt = clock.now()
  return async () => {
    // The counters last: nothing that they say is then older than what the monitor says.
    const monitor = await source.monitor()
    const figures = await readFigures(source.figures)
    return {
      now: clock.now(),
      startedAt,
      facts: source.facts(),
      figures,
      monitorUp: source.monitorUp(),
      inFlight: source.inFlight(),
      monitor,
    }
  }
}

/** What the monitor says, or said last. */
export const viewOf = ({ monitor }: Snapshot): MonitorView | undefined =>
  monitor.kind === 'answered' ? monitor.view : monitor.kind === 'silent' ? monitor.last : undefined
