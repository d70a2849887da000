/** What would take a claim further: the next levels, more answers, a measured judge. */
import { type EvidenceLevel, evidenceLevels } from '../exchange/alignment.ts'
import type { ProfileRow } from '../profile/row.ts'
import type { Claim } from './claim.ts'
import type { ClaimResult } from './claim-result.ts'

interface Situation {
  row: ProfileRow | undefined
  furthest: EvidenceLevel | undefined
  outcome: ClaimResult['outcome']
}

const steps: Readonly<Record<EvidenceLevel, (condition: string) => string>> = {
  model: (condition) => `ask the bare model: holdfast probe run --conditions "${condition}"`,
  response: (condition) =>
    `ask in the scaffold of the deployment: holdfast probe run --conditions "${joined(condition, 'scaffold=NAME')}"`,
  interaction: (condition) =>
    `hold whole sessions in that scaffold: canaries and forks (docs/canaries.md), or --conditions "${joined(condition, 'depth=10,scaffold=NAME')}"`,
  deployment: (condition) =>
    `watch live traffic under ${condition} with holdfast in front of the deployment (docs/drift.md)`,
}

const joined = (condition: string, more: string): string =>
  condition === 'baseline' ? more : `${condition},${more}`

export const closing = (claim: Claim, { row, furthest, outcome }: Situation): string[] => {
  if (outcome === 'supported') return []
  if (outcome === 'not_supported') {
    return ['the figures speak against it: change the system, or the claim']
  }
  const reached = furthest === undefined ? -1 : evidenceLevels.indexOf(furthest)
  const wanted = evidenceLevels.indexOf(claim.level)
  const closes = evidenceLevels
    .slice(reached + 1, wanted + 1)
    .map((level) => steps[level](claim.condition))
  if (row === undefined) return closes
  const more = answersNeeded(claim, row)
  if (more !== undefined) {
    closes.push(`about ${more} answers instead of ${row.n}, should the estimate stay where it is`)
  }
  const { judge } = row
  if (judge === null || judge.standing === 'unverified') {
    closes.push(
      `measure the judge under ${row.condition}: label answers (holdfast label), then holdfast eval judge --calibration`,
    )
  }
  return closes
}

/**
 * n at which an interval as wide as now, narrowing by the root of n, would clear the bound. Undefined:
 * it does already, there is none, or the estimate lies on the other side.
 */
const answersNeeded = ({ bound }: Claim, row: ProfileRow): number | undefined => {
  const { interval, estimate, n } = row
  if (interval === null || estimate === null) return undefined
  const isUpper = bound.kind === 'difference' || bound.direction === 'at_most'
  const limit = bound.kind === 'difference' ? bound.atMost : bound.value
  const room = isUpper ? limit - estimate : estimate - limit
  const half = isUpper ? interval.hi - estimate : estimate - interval.lo
  if (half <= room || room <= 0) return undefined
  return Math.ceil(n * (half / room) ** 2)
}
