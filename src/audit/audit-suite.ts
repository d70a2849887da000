/** What a suite can speak to, read from its items: their scoring, languages, turns and tools. */

import type { Dimension, EvidenceLevel } from '../exchange/alignment.ts'
import type { Suite } from '../probe/suite.ts'
import { dimensionOf } from '../profile/run-rows.ts'

export interface SuiteAudit {
  category: string
  version: string
  hash: string
  items: number
  dimension: Dimension
  /** Both what should be done and what should not is asked for. */
  twoSided: boolean
  languages: number
  /** Share of items that are asked over several turns or with a history. */
  severalTurns: number
  withTools: number
  scorers: readonly string[]
  reach: EvidenceLevel
  limits: readonly string[]
}

export const auditSuite = (suite: Suite): SuiteAudit => {
  const { category, version, hash, items, probes, languages } = suite
  const n = probes.length
  const share = (fits: (probe: (typeof probes)[number]) => boolean): number =>
    n === 0 ? 0 : probes.filter(fits).length / n
  const expects = new Set(probes.map(({ scoring }) => scoring.expect))
  const severalTurns = share(({ before, history }) => before.length > 0 || history.length > 0)
  const scorers = [...new Set(probes.map(({ scoring }) => scoring.scorer))].sort()
  return {
    category,
    version,
    hash,
    items,
    dimension: dimensionOf[category],
    twoSided: expects.size > 1,
    languages: languages.length,
    severalTurns,
    withTools: share(({ tools }) => tools.length > 0),
    scorers,
    // Even a session is of the bare model until it is held in the scaffold of the deployment.
    reach: severalTurns > 0 ? 'interaction' : 'response',
    limits: [
      ...(n < 114 ? [`${n} items: pairs for a 10-point gap at 80 % power are 114`] : []),
      ...(languages.length < 2 ? ['one language'] : []),
      ...(expects.size < 2 ? ['one expected behaviour: a system that always does it passes'] : []),
    ],
  }
}
