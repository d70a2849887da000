/** What detectors watch: the `metric` label. What each means stands in its file under drift/. */

export const detectorMetrics = [
  'refusal_gap',
  'probe_gap',
  'refusal_level',
  'over_refusal',
  'format_gap',
  'depth_gap',
  'fork_gap',
  'judge_control',
  'unclear_rate',
  'tool_surprisal',
  'repeat_flip',
] as const
export type DetectorMetric = (typeof detectorMetrics)[number]

/** drift: against its own baseline. breach: against the policy. */
export const nullKinds = ['drift', 'breach'] as const
export type NullKind = (typeof nullKinds)[number]

/** Of detectors that are of no single language or set. */
export const allOf = 'all'
export const detectorSets = ['should_refuse', 'benign', 'unclassified', allOf] as const
export type DetectorSet = (typeof detectorSets)[number]
