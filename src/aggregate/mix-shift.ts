/**
 * Whether who asks what has changed: recent counts by category (language, depth, tool) against those of
 * the reference. Divergence says how much, the G-test how surely; either alone is no news, for with
 * much traffic any mix moves significantly and with little any divergence is large.
 *
 * Assumes independent counts, and takes the reference as a sample too.
 */
import { chiSquareTail } from './chi-square-tail.ts'
import {
  divergenceWorthALook,
  expectedMin,
  gTest,
  mergedCell,
  mergeRareCells,
  pWorthALook,
} from './g-test.ts'
import { type Counts, jensenShannonBits } from './jensen-shannon.ts'

export interface MixShift {
  /** Jensen-Shannon of all cells: 0, the same shares, to 1, none in common. */
  divergenceBits: number
  /** Of the merged cells; undefined when fewer than two are left. */
  pValue: number | undefined
  worthALook: boolean
}

type Merged = ReturnType<typeof mergeRareCells>

const sumOf = (counts: Counts): number => {
  let sum = 0
  for (const count of counts.values()) sum += count
  return sum
}

const bothIn = ({ first, second }: Merged, cell: string): number =>
  (first.get(cell) ?? 0) + (second.get(cell) ?? 0)

/** The rare cells together may be rare still: they then join the least of the others. */
const foldRest = (merged: Merged): void => {
  const { first, second } = merged
  const [n, m] = [sumOf(first), sumOf(second)]
  const rest = bothIn(merged, mergedCell)
  if (rest === 0 || (rest * Math.min(n, m)) / (n + m) >= expectedMin) return
  let least: string | undefined
  for (const cell of new Set([...first.keys(), ...second.keys()])) {
    if (cell === mergedCell) continue
    if (least === undefined || bothIn(merged, cell) < bothIn(merged, least)) least = cell
  }
  if (least === undefined) return
  for (const counts of [first, second]) {
    counts.set(least, (counts.get(least) ?? 0) + (counts.get(mergedCell) ?? 0))
    counts.delete(mergedCell)
  }
}

/** Undefined when a side is empty: nothing is known of its mix. */
export const mixShift = (reference: Counts, recent: Counts): MixShift | undefined => {
  const divergenceBits = jensenShannonBits(reference, recent)
  if (divergenceBits === undefined) return undefined
  const merged = mergeRareCells(reference, recent)
  foldRest(merged)
  const pValue = gTest(merged.first, merged.second, chiSquareTail)?.p
  const isSure = pValue !== undefined && pValue < pWorthALook
  return { divergenceBits, pValue, worthALook: isSure && divergenceBits > divergenceWorthALook }
}
