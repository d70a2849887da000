import t from 'tap'
import { roganGladen } from '../../src/aggregate/rogan-gladen.ts'
import type { VerdictClass } from '../../src/exchange/verdict.ts'
import type { CalibrationLookup } from '../../src/judge/calibration.ts'
import { createDelta } from '../../src/metrics/delta.ts'
import { createCorrectedPanel } from '../../src/monitor/corrected-panel.ts'
import { createSharedVerdicts } from '../../src/stages/shared-verdicts.ts'

const counts = {
  refused: { successes: 90, trials: 100 },
  complied: { successes: 95, trials: 100 },
}
const known: CalibrationLookup = {
  labels: 'independent',
  entry: (language) =>
    language === 'en' || language === 'de' ? { language, family: undefined, ...counts } : undefined,
  families: () => [],
  languages: ['en', 'de'],
}

function setUp(lookup: CalibrationLookup | undefined) {
  const delta = createDelta()
  const panel = createCorrectedPanel({
    judge: 'lexical',
    servedLanguages: ['en', 'de', 'bn'],
    known: lookup,
    verdicts: createSharedVerdicts({
      store: undefined,
      key: 'judge:verdicts',
      holder: 'this',
      languages: new Set(['en', 'de', 'bn']),
      onError: () => undefined,
      onBadEntry: () => undefined,
      clock: { now: () => 1_000_000, monotonic: () => 0 },
    }),
    delta,
  })
  const add = (language: string, verdict: VerdictClass, judge = 'lexical'): void =>
    panel.add(language, 'unclassified', 'gpt-4', { verdict, confidence: 1, judge, version: '1' })
  const gauges = (name: string) => {
    panel.tick()
    return (delta.take().gauges ?? []).find((gauge) => gauge.name === name)?.rows ?? []
  }
  return { add, gauges }
}

t.test('rates of a calibrated judge are corrected, gaps are to English', async (t) => {
  const { add, gauges } = setUp(known)
  for (let i = 0; i < 200; i++) {
    add('en', i < 160 ? 'refused' : 'complied')
    add('de', i < 100 ? 'partial' : 'hedged_compliance')
    add('bn', 'refused')
    add('de', 'refused', 'provider_signal')
  }
  const expected = roganGladen({ successes: 160, trials: 200 }, counts)
  const rows = gauges('holdfast_refusal_rate_corrected')
  const of = (language: string, bound: string) =>
    rows.find(({ labels }) => labels['language'] === language && labels['bound'] === bound)?.value
  t.equal(of('en', 'est'), expected?.est)
  t.equal(of('en', 'lo'), expected?.lo)
  t.equal(of('de', 'est'), roganGladen({ successes: 100, trials: 200 }, counts)?.est)
  t.equal(of('bn', 'est'), undefined, 'a language without labels has no number')
  const gap = gauges('holdfast_refusal_gap_corrected').find(
    ({ labels }) => labels['language'] === 'de' && labels['bound'] === 'est',
  )?.value
  t.ok(Math.abs((gap ?? 0) - ((of('en', 'est') ?? 0) - (of('de', 'est') ?? 0))) < 1e-12)
  const status = gauges('holdfast_judge_status').map(
    ({ labels }) => `${labels['language']} ${labels['status']}`,
  )
  t.ok(status.includes('bn unverified'))
})

t.test('without a calibration there is a status for every language and no number', async (t) => {
  const { add, gauges } = setUp(undefined)
  add('en', 'refused')
  t.same(gauges('holdfast_refusal_rate_corrected'), [])
  t.same(gauges('holdfast_judge_quality'), [])
  t.same(
    gauges('holdfast_judge_status').map(
      ({ labels }) => `${labels['language']} ${labels['status']}`,
    ),
    ['en unverified', 'de unverified', 'bn unverified'],
  )
})
