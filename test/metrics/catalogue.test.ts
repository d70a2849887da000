import t from 'tap'
import { definitionOf, isMetricName, metricNames } from '../../src/metrics/catalogue.ts'

t.test('every metric keeps the naming rules of Prometheus', (t) => {
  for (const name of metricNames) {
    const { type, help, labels, buckets, pairs, absent } = definitionOf(name)
    t.match(name, /^holdfast_[a-z][a-z0-9_]*$/)
    t.equal(type === 'counter', name.endsWith('_total'), name)
    if (type === 'histogram') t.match(name, /_(?:seconds|bits|turns)$/)
    t.notMatch(name, /_(?:ms|bucket|sum|count)$/)
    // Quotes and backslashes would have to be escaped differently in the two text formats.
    t.match(help, /^[A-Z1][^"\\\n]*\.$/, name)
    for (const label of Object.keys(labels)) t.match(label, /^[a-z]+(?:_[a-z]+)*$/, name)
    t.notOk('le' in labels)
    if (absent === true) t.equal(type, 'gauge', `${name}: a counter starts at 0`)
    t.equal(buckets !== undefined, type === 'histogram', name)
    t.strictSame(buckets, buckets && [...new Set(buckets)].sort((a, b) => a - b), name)
    if (pairs !== undefined) t.strictSame(Object.keys(labels), [pairs.by, pairs.label], name)
  }
  t.ok(metricNames.length >= 27)
  t.end()
})

t.test('initial values are a part of their domain', (t) => {
  for (const name of metricNames) {
    const { labels, initial } = definitionOf(name)
    for (const [label, values] of Object.entries(initial ?? {})) {
      const domain = labels[label]
      t.ok(Array.isArray(domain) && values.every((value) => domain.includes(value)), name)
    }
  }
  t.end()
})

t.test('names of Object.prototype are no metrics', (t) => {
  t.ok(isMetricName('holdfast_in_flight'))
  for (const name of ['toString', '__proto__', 'constructor', '']) t.notOk(isMetricName(name))
  t.end()
})
