/**
 * Counts of interaction signals out of a scrape of /metrics. A scrape says what one process has counted
 * since it started, and not when that was: rows of it have no window.
 */
import { interactionActs } from '../exchange/interaction-act.ts'
import { depthBuckets } from '../exchange/stratum.ts'
import type { CorrectionCount, InteractionCounts, TurnCount } from './interaction-rows.ts'

export type ReadScrape = { ok: true; counts: InteractionCounts } | { ok: false; reason: string }

const turnsName = 'holdfast_interaction_turns_total'
const correctionsName = 'holdfast_interaction_corrections_total'
const line = new RegExp(`^(${turnsName}|${correctionsName})\\{([^}]*)\\} (\\d+)(?: |$)`)

/** Series that count nothing are left out. */
export const readInteractionScrape = (text: string): ReadScrape => {
  const turns: TurnCount[] = []
  const corrections: CorrectionCount[] = []
  let series = 0
  for (const [index, row] of text.split('\n').entries()) {
    const isTurns = row.startsWith(`${turnsName}{`)
    if (!isTurns && !row.startsWith(`${correctionsName}{`)) continue
    series++
    const found = line.exec(row)
    const labels = new Map(
      [...(found?.[2] ?? '').matchAll(/(\w+)="([^"\\]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    )
    const language = labels.get('language')
    const n = Number(found?.[3])
    const act = interactionActs.find((one) => one === labels.get('act'))
    const depth = depthBuckets.find((one) => one === labels.get('depth'))
    const outcome = labels.get('outcome')
    if (!Number.isSafeInteger(n) || language === undefined) return bad(index)
    if (isTurns) {
      if (act === undefined || depth === undefined) return bad(index)
      if (n > 0) turns.push({ act, language, depth, n })
    } else {
      if (outcome === undefined) return bad(index)
      if (n > 0) corrections.push({ outcome, language, n })
    }
  }
  return series === 0
    ? { ok: false, reason: `has no series of ${turnsName}` }
    : { ok: true, counts: { turns, corrections } }
}

const bad = (index: number): ReadScrape => ({
  ok: false,
  reason: `line ${index + 1} is no count of turns or corrections`,
})
