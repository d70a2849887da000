/**
 * Why a pooled rate moved: Kitagawa (1955), the change split into one of mix (who asks what) and one
 * of behaviour (how it is answered). The two add up to the whole change, exactly.
 *
 * Assumes the same cells at both times and shares that sum to 1. It describes; it says nothing of
 * chance.
 */
export interface CellChange {
  /** Share of the cell, then its rate; before and after. */
  before: { weight: number; rate: number }
  after: { weight: number; rate: number }
}

export const kitagawa = (cells: readonly CellChange[]): { mix: number; behaviour: number } => {
  let mix = 0
  let behaviour = 0
  for (const { before, after } of cells) {
    mix += ((after.weight - before.weight) * (before.rate + after.rate)) / 2
    behaviour += ((after.rate - before.rate) * (before.weight + after.weight)) / 2
  }
  return { mix, behaviour }
}
