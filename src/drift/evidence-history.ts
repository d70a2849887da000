/**
 * The evidence of each detector over the last ticks, as this replica saw it: for people to look at,
 * never for a decision. Bounded: so many ticks of the detectors that run now. It begins empty with
 * every start, and a tick that was folded between two looks is missing and not made up.
 */
export interface EvidencePoint {
  tick: number
  /** ln M / ln A, as exported. */
  ratio: number
}

export interface EvidenceHistory {
  /** Ticks at or before the last recorded one change nothing. */
  record(tick: number, ratios: ReadonlyMap<string, number>): void
  /** Oldest first, by the detector's identity. */
  all(): ReadonlyMap<string, readonly EvidencePoint[]>
}

/** A week of hours. */
const pointsDefault = 168

export const createEvidenceHistory = (pointsMax = pointsDefault): EvidenceHistory => {
  let last = Number.NEGATIVE_INFINITY
  let histories = new Map<string, EvidencePoint[]>()
  return {
    record(tick, ratios) {
      if (tick <= last) return
      last = tick
      // A detector that no longer runs goes, or changes of the null would add up.
      histories = new Map(
        Array.from(ratios, ([id, ratio]) => {
          const points = histories.get(id) ?? []
          points.push({ tick, ratio })
          if (points.length > pointsMax) points.shift()
          return [id, points]
        }),
      )
    },
    all: () => histories,
  }
}
