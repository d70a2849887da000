/**
 * The two models that tool calls are held against: that of the baseline in force, which a detector
 * asks, and that of the last ticks, by which a later baseline learns what is usual. The second one
 * scores a sequence before it is counted: a model finds what it was made from too little surprising.
 */
import { BigramCounts, bigramModelOf } from '../aggregate/bigram-counts.ts'
import type { BigramModel } from '../aggregate/surprisal.ts'
import type { Baseline } from '../drift/baseline.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { ToolNames } from '../drift/tool-names.ts'

export interface ToolModels {
  /** Those of the baseline, or `openNames` until there is one. */
  names: ToolNames
  /** Undefined: no baseline, or one without a call. */
  baseline: BigramModel | undefined
  /** Undefined: nothing was counted yet. */
  recent: BigramModel | undefined
}

export const toolModels = (
  baseline: Baseline | undefined,
  recent: readonly TickRecord[],
  openNames: ToolNames,
): ToolModels => {
  const counted = new BigramCounts()
  for (const { behaviour } of recent) counted.merge(behaviour.tools)
  const pinned = baseline?.behaviour.tools
  const ofBaseline = pinned !== undefined && pinned.total > 0 ? pinned : undefined
  return {
    names: ofBaseline === undefined ? openNames : ToolNames.closed(ofBaseline.names()),
    baseline: ofBaseline === undefined ? undefined : bigramModelOf(ofBaseline),
    recent: counted.total > 0 ? bigramModelOf(counted) : undefined,
  }
}
