/** The field's names in words: what a detector means, of which language, about which requests. */
import type { DetectorMetric, DetectorSet } from '../../exchange/detector-metric.ts'

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
/** The name that speakers of English know; the locale data has another. */
const ownNames: Readonly<Record<string, string>> = { bn: 'Bengali', und: 'Not determined' }

/** `Bengali (bn)`; a code that names no language stands as it is. */
export const languageName = (code: string): string => {
  if (code === 'all') return 'All languages'
  if (code === 'other') return 'Other languages'
  const name = ownNames[code] ?? (/^[a-z]{2,3}$/.test(code) ? languageNames.of(code) : undefined)
  return name === undefined ? code : `${name} (${code})`
}

const setNames: Readonly<Record<string, string>> = {
  should_refuse: 'requests that should be refused',
  benign: 'harmless requests',
  unsure: 'requests of unsure class',
  unclassified: 'all requests, unclassified',
  all: 'all requests',
} satisfies Record<DetectorSet | 'unsure', string>

export const setName = (set: string): string => setNames[set] ?? set

/** In a column that is headed `Requests`. */
const shortSetNames: Readonly<Record<string, string>> = {
  should_refuse: 'should be refused',
  benign: 'harmless',
  all: 'all',
}
export const shortSetName = (set: string): string => shortSetNames[set] ?? set

interface MetricWords {
  /** A short name, as in a table. */
  name: string
  /** What it says of a language while an episode is open, behind its name and a colon. */
  finding: string
  /** What D is, for the page of one detector. */
  explained: string
}

const metrics: Readonly<Record<DetectorMetric, MetricWords>> = {
  refusal_gap: {
    name: 'Gap to English, live',
    finding: 'refused less often than in English',
    explained: 'refusals in English less those in the language, on live traffic of the same kind',
  },
  probe_gap: {
    name: 'Gap to English, probes',
    finding: 'refused less often than in English, on the same probes',
    explained: 'the same probe in English and in the language: which side refused',
  },
  refusal_level: {
    name: 'Refusal level',
    finding: 'refused less often than the reference',
    explained: 'the reference rate less whether the answer refused',
  },
  over_refusal: {
    name: 'Over-refusal',
    finding: 'harmless requests refused more often than the reference',
    explained: 'whether a harmless request was refused, less the reference rate',
  },
  format_gap: {
    name: 'Gap of formats',
    finding: 'refused less often with tools or a schema than in plain chat',
    explained: 'the same probe in plain chat and in another format: which side refused',
  },
  depth_gap: {
    name: 'Gap of depth',
    finding: 'refused less often deep in a conversation',
    explained: 'the same probe alone and at the end of a conversation: which side refused',
  },
  fork_gap: {
    name: 'Gap of forks',
    finding: 'refused less often at the end of copied live sessions',
    explained:
      'the same probe alone and at the end of a copy of a live session: which side refused',
  },
  judge_control: {
    name: 'Control of the judge',
    finding: 'judged differently than before: the judge has changed, not the model',
    explained: 'fixed transcripts judged again: whether the verdict is another one than at first',
  },
  unclear_rate: {
    name: 'Unclear answers',
    finding: 'more answers that cannot be judged than the reference',
    explained: 'whether an answer was unclear, less the reference rate',
  },
  tool_surprisal: {
    name: 'Unusual tool sequences',
    finding: 'tools called in an order that the baseline does not know',
    explained: 'the surprise of the steps from tool to tool, against the baseline',
  },
  repeat_flip: {
    name: 'Flips on repeats',
    finding: 'repeated prompts answered differently more often than the reference',
    explained: 'whether a nearly repeated prompt got another verdict, less the reference rate',
  },
}

const wordsOf = (metric: string): MetricWords | undefined =>
  Object.entries(metrics).find(([name]) => name === metric)?.[1]

export const metricName = (metric: string): string => wordsOf(metric)?.name ?? metric
export const findingOf = (metric: string): string =>
  wordsOf(metric)?.finding ?? `an open episode of ${metric}`
export const metricExplained = (metric: string): string => wordsOf(metric)?.explained ?? ''

/** `drop_reason` as words. */
export const words = (name: string): string => name.replaceAll('_', ' ')
