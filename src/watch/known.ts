/**
 * What this replica knows of the fleet, and what it builds from it: the detectors and where their samples go,
 * the ticks of the last week, the usual sequences of tool calls, and the evidence seen so far.
 */
import type { Baseline } from '../drift/baseline.ts'
import type { DetectorSpec, SeriesIdentity } from '../drift/detector-spec.ts'
import { evidenceRatio } from '../drift/e-detector.ts'
import { createEvidenceHistory, type EvidenceHistory } from '../drift/evidence-history.ts'
import { emptyFleet, type ModelSeries } from '../drift/fleet-state.ts'
import { liveDetectors } from '../drift/nulls.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { ToolNames } from '../drift/tool-names.ts'
import type { FleetView } from './fleet-store.ts'
import { createBook, type DetectorBook } from './live-streams.ts'
import type { WatchSettings } from './settings.ts'
import { toolModels } from './tool-models.ts'

export const recentTicksMax = 168

interface KnownOptions {
  languages: readonly string[]
  requestSets: boolean
  judgeVersion: string
  nulls: WatchSettings['nulls']
  threshold: number
  alpha: number
}

export interface Known {
  /** Undefined before the store answered first. */
  readonly view: FleetView | undefined
  readonly baseline: Baseline | undefined
  readonly specs: readonly DetectorSpec[]
  readonly book: DetectorBook
  /** Ticks of the last week (or the last 168), oldest first. */
  readonly recent: readonly TickRecord[]
  readonly models: ReturnType<typeof toolModels>
  readonly history: EvidenceHistory
  /** From the next view on detectors are held to it. */
  pin(baseline: Baseline | undefined): void
  use(next: FleetView): void
  remember(records: readonly TickRecord[]): void
}

export function createKnown(options: KnownOptions): Known {
  const { languages, requestSets, judgeVersion, nulls, threshold, alpha } = options
  const history = createEvidenceHistory()
  const openNames = new ToolNames()
  let view: FleetView | undefined
  let baseline: Baseline | undefined
  /** The baseline that the detectors were built with. */
  let builtWith: Baseline | undefined
  let specs: readonly DetectorSpec[] = []
  let book: DetectorBook = new Map()
  let recent: TickRecord[] = []
  let models = toolModels(undefined, [], openNames)

  const rebuild = (series: ModelSeries): void => {
    builtWith = baseline
    specs = liveDetectors({
      languages,
      requestSets,
      configured: nulls,
      baseline,
      alpha,
      series: seriesIdentity(series, judgeVersion),
    })
    book = createBook(specs)
    models = toolModels(baseline, recent, openNames)
  }
  rebuild(emptyFleet.series)

  const recordEvidence = ({ fleet: { foldedTick, detectors } }: FleetView): void => {
    if (foldedTick === undefined) return
    const ratioOf = ({ id }: DetectorSpec): number => {
      const state = detectors.get(id)
      return state === undefined ? 0 : evidenceRatio(state, threshold)
    }
    history.record(foldedTick, new Map(specs.map((spec) => [spec.id, ratioOf(spec)])))
  }

  return {
    history,
    get view() {
      return view
    },
    get baseline() {
      return baseline
    },
    get specs() {
      return specs
    },
    get book() {
      return book
    },
    get recent() {
      return recent
    },
    get models() {
      return models
    },
    pin(next) {
      baseline = next
    },
    use(next) {
      const isSame =
        view?.fleet.series.number === next.fleet.series.number && baseline === builtWith
      view = next
      if (!isSame) rebuild(next.fleet.series)
      recordEvidence(next)
    },
    remember(records) {
      recent = [...recent, ...records].slice(-recentTicksMax)
      models = toolModels(baseline, recent, openNames)
    },
  }
}

const seriesIdentity = (series: ModelSeries, judgeVersion: string): SeriesIdentity => ({
  // The number alone: a name that becomes known later is no change.
  model: `series ${Math.max(1, series.number)}`,
  suiteVersion: 'live',
  judgeVersion,
})
