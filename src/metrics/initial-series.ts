/**
 * Which label sets start at 0. A counter that appears with its first event loses that event to
 * `increase()`, so every set that this build can produce is there from the start.
 */
import { allOf } from '../exchange/detector-metric.ts'
import { countedLanguages } from '../exchange/stratum.ts'
import { definitionOf, type MetricName, metricNames } from './catalogue.ts'
import type { Domain } from './domains.ts'

export interface ConfiguredDomains {
  /** Served languages; `other` and `und` are added. */
  languages: readonly string[]
  /** The allow-list of models; `other` and `unknown` are added. */
  models: readonly string[]
}

export const otherValue = 'other'
/** The model of an exchange whose request and response name none. */
export const unknownModel = 'unknown'

/** The closed set of a domain; undefined where only this program itself chooses the value. */
export function valuesOf(
  domain: Domain,
  configured: ConfiguredDomains,
): readonly string[] | undefined {
  if (!('domain' in domain)) return domain
  switch (domain.domain) {
    case 'languages':
      return [...countedLanguages(configured.languages)]
    case 'detector_languages':
      return [...new Set([...countedLanguages(configured.languages), allOf])]
    case 'models':
      return [...new Set([...configured.models, otherValue, unknownModel])]
    case 'metric_names':
      return metricNames
    case 'instruments':
    case 'build':
      return undefined
  }
}

/** Label sets of one metric that start at 0, values in the order of the catalogue's labels. */
export function initialLabels(name: MetricName, configured: ConfiguredDomains): string[][] {
  const definition = definitionOf(name)
  if (definition.absent === true) return []
  if (definition.pairs !== undefined) {
    return Object.entries(definition.pairs.values).flatMap(([by, values]) =>
      values.map((value) => [by, value]),
    )
  }
  let sets: string[][] = [[]]
  for (const [label, domain] of Object.entries(definition.labels)) {
    const values = definition.initial?.[label] ?? valuesOf(domain, configured)
    if (values === undefined) return []
    sets = sets.flatMap((set) => values.map((value) => [...set, value]))
  }
  return sets
}

/** Lines that one label set of the metric takes. */
export function linesPerSet(name: MetricName): number {
  const { type, buckets } = definitionOf(name)
  // Every bound and +Inf, sum and count.
  return type === 'histogram' ? (buckets?.length ?? 0) + 3 : 1
}

export function initialSeries(configured: ConfiguredDomains): number {
  let sum = 0
  for (const name of metricNames) sum += initialLabels(name, configured).length * linesPerSet(name)
  return sum
}
