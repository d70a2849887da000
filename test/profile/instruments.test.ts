import t from 'tap'
import { instrumentsOf } from '../../src/profile/instruments.ts'
import { probeRow, runEnd } from './example-row.ts'

t.test('an instrument stands once, whatever figures and conditions it gave', (t) => {
  const rows = [
    probeRow(),
    probeRow({ condition: 'language=tr', estimate: 0.9 }),
    probeRow({ measure: 'refusal_gap', unit: 'points' }),
  ]
  t.strictSame(instrumentsOf(rows), [
    {
      dimension: 'refusal_calibration',
      level: 'model',
      source: 'probe',
      model: 'model-1',
      scaffold: 'none',
      suite: 'refusal-core',
      suite_version: '1.2.0',
      epoch: 'none',
      judge: 'lexical',
      judge_version: '5',
      standing: 'unverified',
    },
  ])
  t.end()
})

t.test(
  'epoch and scaffold are told; the newest come first, so that a bound cuts the oldest',
  (t) => {
    const suite = { id: 'agentic', version: null, hash: 'ab', epoch: 0 }
    const rows = [
      probeRow(),
      probeRow({ suite, scaffold: '0123456789abcdef'.repeat(4), model: null }, runEnd + 1000),
      probeRow({ suite: null, judge: null, window: null }),
    ]
    t.match(instrumentsOf(rows), [
      {
        suite: 'agentic',
        suite_version: 'none',
        epoch: '0',
        scaffold: '0123456789ab',
        model: 'unknown',
      },
      { suite: 'refusal-core', epoch: 'none' },
      {
        suite: 'none',
        suite_version: 'none',
        epoch: 'none',
        judge: 'none',
        judge_version: 'none',
        standing: 'none',
      },
    ])
    t.end()
  },
)
