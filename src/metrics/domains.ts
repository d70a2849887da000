/**
 * What a metric is made of, and the closed sets its labels take their values from. Sets that belong
 * to one metric alone stand beside it in the catalogue.
 */

/** Domains that are fixed by the configuration or by policy when the recorder is made. */
export const fromLanguages = { domain: 'languages' } as const
/** The same and `all`, for detectors that are of no single language. */
export const fromDetectorLanguages = { domain: 'detector_languages' } as const
export const fromModels = { domain: 'models' } as const
export const fromMetricNames = { domain: 'metric_names' } as const
/** Names of instruments: printable, and so many different ones of each label at most. */
export const fromInstruments = { domain: 'instruments' } as const
/** Set once by this program itself, never by input. */
export const fromBuild = { domain: 'build' } as const

export type Domain =
  | readonly string[]
  | typeof fromLanguages
  | typeof fromDetectorLanguages
  | typeof fromModels
  | typeof fromMetricNames
  | typeof fromInstruments
  | typeof fromBuild

export type MetricType = 'counter' | 'gauge' | 'histogram'

export interface MetricDefinition {
  readonly type: MetricType
  readonly help: string
  readonly labels: Readonly<Record<string, Domain>>
  /** Values that this build can produce, where they are fewer than the domain: only these start at 0. */
  readonly initial?: Readonly<Record<string, readonly string[]>>
  /** Of two labels only these pairs exist. */
  readonly pairs?: {
    readonly by: string
    readonly label: string
    readonly values: Readonly<Record<string, readonly string[]>>
  }
  /** Gauges of what may be unknown: no series until it is set, for unknown is not 0. */
  readonly absent?: true
  readonly buckets?: readonly number[]
  /** Carries the trace id of one exchange behind it. */
  readonly exemplars?: true
}

export const verdictSources = ['live', 'probe'] as const
export const promptSets = ['should_refuse', 'benign', 'unsure', 'unclassified'] as const
export type PromptSet = (typeof promptSets)[number]
/** An estimate with its 95 % limits. */
export const bounds = ['est', 'lo', 'hi'] as const
