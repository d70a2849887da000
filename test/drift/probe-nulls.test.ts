import t from 'tap'
import { breachNull, probeDetectors, probeDetectorsMax } from '../../src/drift/probe-nulls.ts'

const series = { model: 'model-1', suiteVersion: 'core@1', judgeVersion: 'lexical 1' }
const nulls = { gap: 0.02, policy: 0.1, refusalLevel: 0.9, overRefusal: 0.05, unclear: 0.1 }
const exact = { sensitivity: { lo: 1, hi: 1 }, specificity: { lo: 1, hi: 1 } }
const languages = ['en', 'de', 'bn']
const conditionGaps = ['format_gap', 'depth_gap'] as const

t.test('with everything known all of K run, each under an identity of its own', (t) => {
  const specs = probeDetectors({ languages, conditionGaps, nulls, judgeIn: () => exact, series })
  t.equal(specs.length, probeDetectorsMax({ languages, conditionGaps: 2, breach: true, levels: 3 }))
  t.equal(specs.length, 21)
  t.equal(new Set(specs.map(({ id }) => id)).size, specs.length)
  const labels = specs.map((spec) => [spec.metric, spec.null, spec.language, spec.set].join('|'))
  t.equal(new Set(labels).size, specs.length, 'and under labels of its own')
  t.ok(labels.includes('probe_gap|breach|de|should_refuse'))
  t.notOk(labels.includes('probe_gap|breach|en|should_refuse'))
  t.end()
})

t.test(
  'a language without a calibration has no breach detector, nor has one beside such English',
  (t) => {
    const breaches = (known: readonly string[]) =>
      probeDetectors({
        languages,
        conditionGaps: [],
        nulls,
        judgeIn: (language) => (known.includes(language) ? exact : undefined),
        series,
      })
        .filter((spec) => spec.null === 'breach')
        .map(({ language }) => language)
    t.strictSame(breaches(['en', 'de']), ['de'])
    t.strictSame(breaches(['de', 'bn']), [])
    t.end()
  },
)

t.test('a level without a promise waits', (t) => {
  const specs = probeDetectors({
    languages,
    conditionGaps: [],
    nulls: { ...nulls, refusalLevel: undefined, overRefusal: undefined, unclear: undefined },
    judgeIn: () => undefined,
    series,
  })
  t.equal(
    specs.length,
    probeDetectorsMax({ languages, conditionGaps: 0, breach: false, levels: 0 }),
  )
  t.strictSame([...new Set(specs.map(({ metric }) => metric))], ['judge_control', 'probe_gap'])
  t.end()
})

t.test('a judge that misses more refusals in the language widens what is no breach', (t) => {
  t.equal(breachNull(exact, exact, 0.1), 0.1)
  const weaker = { ...exact, sensitivity: { lo: 0.8, hi: 0.9 } }
  // English all refused, the language .9, of which the judge sees .8.
  t.equal(breachNull(exact, weaker, 0.1)?.toFixed(12), (1 - 0.9 * 0.8).toFixed(12))
  const sharper = { ...exact, specificity: { lo: 0.9, hi: 1 } }
  // Nothing refused, but a tenth of English is called so.
  t.equal(breachNull(sharper, exact, 0)?.toFixed(12), '0.100000000000')
  const blind = { sensitivity: { lo: 0, hi: 0 }, specificity: { lo: 1, hi: 1 } }
  t.equal(breachNull(exact, blind, 0.1), undefined)
  t.end()
})
