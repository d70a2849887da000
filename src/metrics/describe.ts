/** docs/metrics.md, made from the catalogue. */
import { coreLanguages } from '../exchange/stratum.ts'
import { definitionOf, metricNames } from './catalogue.ts'
import type { Domain } from './domains.ts'
import { initialLabels, initialSeries, linesPerSet } from './initial-series.ts'
import { instrumentNamesMax } from './instrument-labels.ts'

const domainText = (domain: Domain): string => {
  if (!('domain' in domain)) return domain.map((value) => `\`${value}\``).join(' ')
  switch (domain.domain) {
    case 'languages':
      return 'the served languages, `other`, `und`'
    case 'detector_languages':
      return 'the served languages, `other`, `und`, `all`'
    case 'models':
      return '`metrics.models`, or the first `metrics.models_auto_max` seen; `other`, `unknown`'
    case 'metric_names':
      return 'the metrics of this page'
    case 'instruments':
      return `the first ${instrumentNamesMax} seen, in printable ASCII; \`other\``
    case 'build':
      return 'set by the program'
  }
}

export function metricsDoc(): string {
  const configured = { languages: coreLanguages, models: [] }
  const sections = metricNames.map((name) => {
    const { type, help, labels, buckets, pairs, exemplars, absent } = definitionOf(name)
    const lines = [`## ${name}`, '', `${type}. ${help}`, '']
    for (const [label, domain] of Object.entries(labels)) {
      if (pairs?.label !== label) lines.push(`- \`${label}\`: ${domainText(domain)}`)
    }
    for (const [by, values] of Object.entries(pairs?.values ?? {})) {
      const list = values.map((value) => `\`${value}\``).join(' ')
      lines.push(`- \`${pairs?.label}\` with \`${pairs?.by}="${by}"\`: ${list}`)
    }
    if (buckets !== undefined) lines.push(`- buckets: ${buckets.join(' ')}`)
    if (exemplars === true)
      lines.push('- carries exemplars `{trace_id}` of requests with a W3C traceparent')
    if (absent === true) lines.push('- absent until it is known')
    lines.push(`- series at start: ${initialLabels(name, configured).length * linesPerSet(name)}`)
    return `${lines.join('\n').replace(/\n\n- /, '\n\n- ')}\n`
  })
  return `# Metrics

Made from src/metrics/catalogue.ts by \`node dist/cli.js docs\`; a test compares them.

Served on the admin port at \`/metrics\` in the OpenMetrics format, all values of one instant. Every label has a
closed set of values: what does not belong to it is counted as \`other\` where the set has that, and always in
\`holdfast_label_overflow_total\`. No label ever holds a user, a session, a prompt or a key. All label sets that this
build can produce start at 0, so that the first event is not lost to \`increase()\`. With the ${coreLanguages.length}
default languages that is ${initialSeries(configured)} series; the cap is \`metrics.series_max\`.

At every scrape, exactly: \`sum(holdfast_sampled_total)\` = \`sum(holdfast_judged_total{source="live"})\` +
\`sum(holdfast_dropped_total)\` + \`holdfast_in_flight\`.

${sections.join('\n')}`
}
