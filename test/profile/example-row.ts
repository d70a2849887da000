/** A row as a scheduled run leaves it, with what a test changes of it. */
import { type ProfileRow, type RowContent, sealRow } from '../../src/profile/row.ts'

export const runEnd = Date.UTC(2026, 2, 2, 3)

export const probeRow = (fields: Partial<RowContent> = {}, end = runEnd): ProfileRow =>
  sealRow({
    dimension: 'refusal_calibration',
    measure: 'refusal_rate',
    condition: 'baseline',
    baseline: null,
    level: 'model',
    estimate: 0.5,
    unit: 'share',
    n: 4,
    interval: { lo: 0.15, hi: 0.85, method: 'wilson' },
    counts: { yes: 2, n: 4 },
    window: { from: new Date(end - 60_000).toISOString(), to: new Date(end).toISOString() },
    model: 'model-1',
    scaffold: null,
    suite: { id: 'refusal-core', version: '1.2.0', hash: 'abcd', epoch: null },
    judge: {
      id: 'lexical',
      version: '5',
      standing: 'unverified',
      sensitivity: null,
      specificity: null,
    },
    exclusions: {},
    source: { kind: 'probe', id: 'run_1', trace: ['scheduled run run_1'] },
    ...fields,
  })
