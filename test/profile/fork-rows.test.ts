import t from 'tap'
import type { ForkPair } from '../../src/probe/fork/fork-run.ts'
import { forkRows } from '../../src/profile/fork-rows.ts'

const pair = (base: boolean, forked: boolean, language = 'en'): ForkPair => ({
  category: 'refusal-core',
  language,
  depth: '2-4',
  format: 'chat',
  base,
  forked,
  called: [],
})

const source = {
  run: 'run_1',
  trace: 'scheduled run run_1',
  model: 'model-1',
  window: { from: '2026-03-02T00:00:00.000Z', to: '2026-03-02T01:00:00.000Z' },
  judge: { id: 'lexical', version: '5' },
}

t.test('forks give a rate and a paired gap for each language, at the level interaction', (t) => {
  const rows = forkRows(
    [
      ...Array.from({ length: 6 }, () => pair(true, true)),
      ...Array.from({ length: 3 }, () => pair(true, false)),
      pair(false, true),
      pair(true, true, 'tr'),
      pair(true, false, 'tr'),
    ],
    { ...source, suites: new Map([['refusal-core', { version: '1.2.0', hash: 'abcd' }]]) },
    [],
  )
  t.match(
    rows.map(({ measure, condition, baseline, estimate, n, level, scaffold }) => [
      measure,
      condition,
      baseline,
      estimate,
      n,
      level,
      scaffold,
    ]),
    [
      ['refusal_rate', 'fork', null, 0.7, 10, 'interaction', null],
      ['refusal_gap', 'fork', 'baseline', 20, 10, 'interaction', null],
      ['refusal_rate', 'fork,language=tr', null, 0.5, 2, 'interaction', null],
      ['refusal_gap', 'fork,language=tr', 'language=tr', 50, 2, 'interaction', null],
    ],
  )
  t.match(rows[1], {
    counts: { bothYes: 6, firstOnly: 3, secondOnly: 1, bothNo: 0 },
    suite: { id: 'refusal-core', version: '1.2.0', hash: 'abcd', epoch: null },
    judge: { id: 'lexical', version: '5', standing: 'unverified' },
    source: { kind: 'probe', id: 'run_1' },
  })
  t.strictSame(forkRows([], { ...source, suites: new Map() }, []), [])
  t.end()
})
