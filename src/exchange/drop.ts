/**
 * Every reason for which a sampled exchange ends without a verdict, by the stage that gives it up.
 * Each pair is a series of holdfast_dropped_total; the reasons of the stage `decode` stand in
 * decode/decoder.ts.
 */

export const captureDrops = [
  'client_aborted',
  'upstream_reset',
  'request_truncated',
  'response_truncated',
  'capture_budget',
  'upstream_error',
  'refused',
  'shed',
] as const
export type CaptureDrop = (typeof captureDrops)[number]

export const queueDrops = ['window_items', 'window_bytes', 'monitor_down'] as const
export type QueueDrop = (typeof queueDrops)[number]

export const monitorDrops = ['monitor_lost', 'internal_error'] as const
export type MonitorDrop = (typeof monitorDrops)[number]

/** A classifier of one's own that answered no class. */
export const judgeDrops = ['queue_full', 'queue_expired', 'closed', 'no_number', 'runtime'] as const
export type JudgeDrop = (typeof judgeDrops)[number]

/** no_answer: no model was asked, as on the tool side; there is nothing to judge. */
export const sampleDrops = ['conversation_not_selected', 'no_answer'] as const
export type SampleDrop = (typeof sampleDrops)[number]

/** Why samples are given up under pressure. */
export const shedCauses = ['memory', 'event_loop'] as const
export type ShedCause = (typeof shedCauses)[number]
