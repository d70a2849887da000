/** Whether the names in an expression exist: in the catalogue, among the recorded ones, of a scrape. */
import { coreLanguages } from '../../../src/exchange/stratum.ts'
import { definitionOf, isMetricName, metricNames } from '../../../src/metrics/catalogue.ts'
import type { Domain } from '../../../src/metrics/domains.ts'
import { valuesOf } from '../../../src/metrics/initial-series.ts'
import { namesIn, valuesIn } from './promql.ts'
import { recordedNames, recordingRules } from './rule-files.ts'

/** Labels of the scrape itself, and of histograms. */
const scrapeLabels = new Set(['namespace', 'job', 'instance', 'le'])
/** Written by Prometheus and by its scrape of holdfast. */
const prometheusMetrics = new Set(['ALERTS', 'up'])

const configured = { languages: coreLanguages, models: [] }
const closedSet = (domain: Domain): readonly string[] | undefined =>
  'domain' in domain && domain.domain === 'models' ? undefined : valuesOf(domain, configured)

/** Of every label its values anywhere, for series that rules have made; undefined: any value. */
const anywhere = new Map<string, Set<string> | undefined>()
for (const name of metricNames) {
  for (const [label, domain] of Object.entries(definitionOf(name).labels)) {
    const values = closedSet(domain)
    const known = anywhere.get(label)
    if (values === undefined) anywhere.set(label, undefined)
    else if (known !== undefined || !anywhere.has(label)) {
      anywhere.set(label, new Set([...(known ?? []), ...values]))
    }
  }
}
for (const { labels } of recordingRules) {
  for (const [label, value] of Object.entries(labels ?? {})) {
    anywhere.set(label, new Set([...(anywhere.get(label) ?? []), value]))
  }
}

/** The metric that a series belongs to: the same, or the histogram behind _bucket, _sum and _count. */
export function metricOf(series: string): string | undefined {
  if (isMetricName(series)) return series
  const base = series.replace(/_(?:bucket|sum|count)$/, '')
  return isMetricName(base) && definitionOf(base).type === 'histogram' ? base : undefined
}

/** Every name in the expression that exists nowhere, in words. */
export function unknownNames(expression: string): string[] {
  const unknown: string[] = []
  const { selectors, labels } = namesIn(expression)
  for (const label of labels) {
    if (!scrapeLabels.has(label) && !anywhere.has(label)) unknown.push(`label ${label}`)
  }
  for (const { name, matchers } of selectors) {
    const metric = metricOf(name)
    if (metric === undefined && !recordedNames.has(name) && !prometheusMetrics.has(name)) {
      unknown.push(`metric ${name}`)
      continue
    }
    if (prometheusMetrics.has(name)) continue
    for (const matcher of matchers) {
      const { label } = matcher
      if (scrapeLabels.has(label)) continue
      const own = metric !== undefined && isMetricName(metric) ? definitionOf(metric).labels : {}
      const domain = own[label]
      if (metric === undefined ? !anywhere.has(label) : domain === undefined) {
        unknown.push(`label ${label} of ${name}`)
        continue
      }
      const values = domain === undefined ? anywhere.get(label) : closedSet(domain)
      for (const value of valuesIn(matcher)) {
        const known = values === undefined || [...values].includes(value)
        if (!known) unknown.push(`value ${value} of ${label} of ${name}`)
      }
    }
  }
  return unknown
}
