/**
 * What the fleet shares and folds: the state of every detector, the last folded tick, and the model
 * series that runs now, with the counts before and since the last change of the model.
 */
import { readDetectorState } from './detector-state.ts'
import { type DetectorState, defaultBets } from './e-detector.ts'
import { fieldsOf, isCount, isTick, parseJson, readCounts, readRecord } from './stored-values.ts'
import { detectorsMax } from './tick-part.ts'

/** Counts of one category in one period. */
export interface CategoryCounts {
  n: number
  refused: number
}

export interface ModelSeries {
  /** 0 before any model was seen. */
  number: number
  /** The version that answers most; '' until one clearly does. */
  model: string
  /** The name that an operator gave to the deployment; '' when none did. */
  label: string
  /** First tick of the series. */
  since: number
  before: ReadonlyMap<string, CategoryCounts>
  after: ReadonlyMap<string, CategoryCounts>
}

/** Which part of whom went into a fold, so that a replica can tell what of its own came late. */
export interface FoldReceipt {
  tick: number
  writers: ReadonlyMap<string, number>
}

export interface FleetState {
  foldedTick: number | undefined
  detectors: ReadonlyMap<string, DetectorState>
  series: ModelSeries
  /** Of the last folds, newest last. */
  receipts: readonly FoldReceipt[]
}

const version = 1
export const receiptsMax = 8
const writersMax = 5000
const categoriesMax = 500

export const emptyFleet: FleetState = {
  foldedTick: undefined,
  detectors: new Map(),
  series: { number: 0, model: '', label: '', since: 0, before: new Map(), after: new Map() },
  receipts: [],
}

const categoriesJson = (counts: ReadonlyMap<string, CategoryCounts>): Record<string, number[]> =>
  Object.fromEntries(Array.from(counts, ([name, { n, refused }]) => [name, [n, refused]]))

export const fleetText = ({ foldedTick, detectors, series, receipts }: FleetState): string =>
  JSON.stringify({
    version,
    foldedTick,
    detectors: Object.fromEntries(detectors),
    series: {
      ...series,
      before: categoriesJson(series.before),
      after: categoriesJson(series.after),
    },
    receipts: receipts.map(({ tick, writers }) => ({
      tick,
      writers: Object.fromEntries(writers),
    })),
  })

export const modelLengthMax = 256
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= modelLengthMax

const readCategories = (value: unknown): Map<string, CategoryCounts> | undefined =>
  readRecord(
    value,
    (counts) => {
      const [n, refused] = readCounts(counts, 2) ?? []
      return n === undefined || refused === undefined || refused > n ? undefined : { n, refused }
    },
    categoriesMax,
  )

const readSeries = (value: unknown): ModelSeries | undefined => {
  const fields = fieldsOf(value)
  const number = fields?.get('number')
  const model = fields?.get('model')
  const label = fields?.get('label')
  const since = fields?.get('since')
  const before = readCategories(fields?.get('before'))
  const after = readCategories(fields?.get('after'))
  if (!isCount(number) || !isName(model) || !isName(label)) return undefined
  if (!isTick(since) || before === undefined || after === undefined) return undefined
  return { number, model, label, since, before, after }
}

const readReceipt = (value: unknown): FoldReceipt | undefined => {
  const fields = fieldsOf(value)
  const tick = fields?.get('tick')
  const count = (samples: unknown): number | undefined => (isCount(samples) ? samples : undefined)
  const writers = readRecord(fields?.get('writers'), count, writersMax)
  return isTick(tick) && writers !== undefined ? { tick, writers } : undefined
}

const readReceipts = (value: unknown): FoldReceipt[] | undefined => {
  if (!Array.isArray(value) || value.length > receiptsMax) return undefined
  const receipts = value.map(readReceipt)
  const whole = receipts.filter((receipt) => receipt !== undefined)
  return whole.length === receipts.length ? whole : undefined
}

/** Of `fleetText`; undefined when it is anything else. */
export const readFleet = (text: string): FleetState | undefined => {
  const fields = fieldsOf(parseJson(text))
  if (fields?.get('version') !== version) return undefined
  const foldedTick = fields.get('foldedTick')
  const detectors = readRecord(
    fields.get('detectors'),
    (value) => readDetectorState(value, defaultBets.length),
    detectorsMax,
  )
  const series = readSeries(fields.get('series'))
  const receipts = readReceipts(fields.get('receipts'))
  if (foldedTick !== undefined && !isTick(foldedTick)) return undefined
  if (detectors === undefined || series === undefined || receipts === undefined) return undefined
  return { foldedTick, detectors, series, receipts }
}
