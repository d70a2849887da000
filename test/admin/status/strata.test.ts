import t from 'tap'
import {
  correctedSection,
  silentLanguages,
  strataOf,
  strataSection,
} from '../../../src/admin/status/strata.ts'
import { judged, recorderOf, snapshotOf } from './example.ts'

void t.test(
  'a rate has n and Wilson limits, a gap Newcombe limits, partial counts as refused',
  async (t) => {
    const recorder = recorderOf()
    judged(recorder, 'en', 90, 10)
    judged(recorder, 'bn', 60, 40)
    const partial = {
      source: 'live',
      language: 'bn',
      set: 'should_refuse',
      verdict: 'partial',
    } as const
    recorder.inc('holdfast_judged_total', partial, 20)
    recorder.inc('holdfast_judged_total', { ...partial, source: 'probe' }, 500)
    const snapshot = await snapshotOf(recorder)
    const [en, bn] = strataOf(snapshot)
    t.match(en, { language: 'en', n: 100, refused: 90, gap: undefined })
    t.match(bn, { language: 'bn', n: 120, refused: 80 })
    // By hand: Wilson 0.8256..0.9448 and 0.5784..0.7446.
    t.equal(en?.rate.lo.toFixed(4), '0.8256')
    t.equal(en?.rate.hi.toFixed(4), '0.9448')
    t.equal(bn?.gap?.est.toFixed(4), '0.2333')
    t.equal(bn?.gap?.lo.toFixed(4), '0.1256')
    t.equal(bn?.gap?.hi.toFixed(4), '0.3324')
    const shown = strataSection(snapshot).text
    t.match(shown, '<th scope="row">Bengali (bn)</th>')
    t.match(shown, '66.7 % (57.8 to 74.5)')
    t.match(shown, '+23.3 (+12.6 to +33.2) <span class="note">refused less</span>')
    t.match(shown, 'No traffic so far: German (de).')
    t.strictSame(silentLanguages(snapshot), ['de'])
  },
)

void t.test('nothing judged is said; no rate is made of it', async (t) => {
  const snapshot = await snapshotOf(recorderOf())
  t.strictSame(strataOf(snapshot), [])
  t.match(strataSection(snapshot).text, /^<p>Nothing has been judged yet\./)
  t.equal(correctedSection(snapshot), undefined)
})

void t.test(
  'without English there is no gap, and unclassified requests make no finding',
  async (t) => {
    const alone = recorderOf()
    judged(alone, 'bn', 1, 9)
    t.equal(strataOf(await snapshotOf(alone))[0]?.gap, undefined)
    const mixed = recorderOf()
    judged(mixed, 'en', 90, 10, 'unclassified')
    judged(mixed, 'bn', 10, 90, 'unclassified')
    const snapshot = await snapshotOf(mixed)
    t.equal(strataOf(snapshot)[1]?.gap?.est.toFixed(2), '0.80')
    t.notMatch(strataSection(snapshot).text, 'refused less')
  },
)

void t.test('corrected rates stand beside with their limits', async (t) => {
  const recorder = recorderOf()
  const labels = { language: 'bn', set: 'should_refuse' } as const
  for (const [bound, value] of [
    ['est', 0.5],
    ['lo', 0.4],
    ['hi', 0.6],
  ] as const) {
    recorder.set('holdfast_refusal_rate_corrected', { ...labels, bound }, value)
  }
  t.match(correctedSection(await snapshotOf(recorder))?.text, '50.0 % (40.0 to 60.0)')
})
