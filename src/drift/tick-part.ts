/**
 * One replica's share of one tick: the sums of every detector that ran and the counts of what was
 * seen. All of it is absolute, so writing it again, or after a time-out, changes nothing; parts of
 * several replicas add up to what one process would have had.
 */
import {
  addBehaviour,
  type BehaviourCounts,
  behaviourJson,
  emptyBehaviour,
  readBehaviour,
} from './behaviour-counts.ts'
import type { DetectorSpec } from './detector-spec.ts'
import { readTickSum } from './detector-state.ts'
import { addDifference, emptyTick, type TickSum } from './e-detector.ts'
import { addLeftovers, type Leftovers, leftoversJson, readLeftovers } from './leftovers.ts'
import { packSums, readSums } from './packed-sums.ts'
import { fieldsOf, isCount, parseJson, readRecord } from './stored-values.ts'

export interface TickPart {
  /** Samples that went into it: what tells that a late part was left out. */
  samples: number
  /** By the detector's identity. */
  detectors: Map<string, TickSum>
  behaviour: BehaviourCounts
  /** Samples that are to be paired with those of other replicas at the fold. */
  leftovers: Leftovers
}

const version = 1
/** With the sums packed. */
const packedVersion = 2
/** More than any configuration runs, with room for detectors of a changed configuration. */
export const detectorsMax = 10_000

export const emptyPart = (): TickPart => ({
  samples: 0,
  detectors: new Map(),
  behaviour: emptyBehaviour(),
  leftovers: new Map(),
})

export const handOverTo = (part: TickPart, leftovers: Leftovers): void => {
  for (const [key, cell] of leftovers) addLeftovers(part.leftovers, key, cell)
}

export const addToDetector = (part: TickPart, spec: DetectorSpec, difference: number): void => {
  let sum = part.detectors.get(spec.id)
  if (sum === undefined) {
    sum = emptyTick(spec.wager)
    part.detectors.set(spec.id, sum)
  }
  addDifference(sum, spec.wager, difference)
}

/** But for leftovers, which are paired and not added. Parts whose detectors disagree on the number of bets cannot be added: the odd one is left out. */
export const mergeParts = (parts: Iterable<TickPart>): TickPart => {
  const merged = emptyPart()
  for (const part of parts) {
    merged.samples += part.samples
    for (const [id, { count, logWealth }] of part.detectors) {
      const known = merged.detectors.get(id)
      if (known === undefined) {
        merged.detectors.set(id, { count, logWealth: [...logWealth] })
      } else if (known.logWealth.length === logWealth.length) {
        known.count += count
        for (const [k, w] of logWealth.entries()) known.logWealth[k] = (known.logWealth[k] ?? 0) + w
      }
    }
    addBehaviour(merged.behaviour, part.behaviour)
  }
  return merged
}

export const partText = ({ samples, detectors, behaviour, leftovers }: TickPart): string => {
  const packed = packSums(detectors)
  return JSON.stringify({
    version: packed === undefined ? version : packedVersion,
    samples,
    detectors:
      packed ??
      Object.fromEntries(
        Array.from(detectors, ([id, { count, logWealth }]) => [id, { count, logWealth }]),
      ),
    behaviour: behaviourJson(behaviour),
    leftovers: leftoversJson(leftovers),
  })
}

const readDetectors = (
  fields: ReadonlyMap<string, unknown>,
  bets: number,
): Map<string, TickSum> | undefined => {
  const detectors = fields.get('detectors')
  switch (fields.get('version')) {
    case version:
      return readRecord(detectors, (value) => readTickSum(value, bets), detectorsMax)
    case packedVersion:
      return typeof detectors === 'string' ? readSums(detectors, bets, detectorsMax) : undefined
    default:
      return undefined
  }
}

export const readPart = (text: string, bets: number): TickPart | undefined => {
  const fields = fieldsOf(parseJson(text))
  if (fields === undefined) return undefined
  const samples = fields.get('samples')
  const detectors = readDetectors(fields, bets)
  const behaviour = readBehaviour(fields.get('behaviour'))
  const leftovers = readLeftovers(fields.get('leftovers'))
  if (!isCount(samples) || detectors === undefined) return undefined
  if (behaviour === undefined || leftovers === undefined) return undefined
  return { samples, detectors, behaviour, leftovers }
}
