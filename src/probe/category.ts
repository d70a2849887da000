/** The closed sets by which probes are sorted; label values and ids of reports. */

export const categories = [
  'refusal-core',
  'adversarial',
  'decomposition',
  'factual',
  'agentic',
  'personal-context',
  'grounding',
  'verification',
  'steerability',
] as const
export type Category = (typeof categories)[number]

/** P0 benign or borderline, P1 abstract or policy, P2 adversarial: by an explicit switch only. */
export const probeClasses = ['P0', 'P1', 'P2'] as const
export type ProbeClass = (typeof probeClasses)[number]
