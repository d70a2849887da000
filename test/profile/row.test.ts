import t from 'tap'
import {
  canonicalJson,
  type RowContent,
  readRow,
  sealRow,
  seriesOf,
} from '../../src/profile/row.ts'

const content: RowContent = {
  dimension: 'refusal_calibration',
  measure: 'refusal_rate',
  condition: 'language=bn',
  baseline: null,
  level: 'model',
  estimate: 0.8,
  unit: 'share',
  n: 10,
  interval: { lo: 0.490162, hi: 0.943318, method: 'wilson' },
  counts: { yes: 8, n: 10 },
  window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  model: 'm-1',
  scaffold: null,
  suite: { id: 'refusal-core', version: '1.0.0', hash: 'ab', epoch: null },
  judge: {
    id: 'lexical',
    version: '1',
    standing: 'unverified',
    sensitivity: null,
    specificity: null,
  },
  exclusions: { unclear: 1 },
  source: { kind: 'probe', id: 'r1', trace: ['r.jsonl'] },
}

t.test('a row is read back as it was sealed, and a changed figure is none', async (t) => {
  const row = sealRow(content)
  t.match(row.id, /^[0-9a-f]{12}$/)
  t.same(readRow(JSON.parse(JSON.stringify(row))), row)
  t.equal(readRow({ ...row, estimate: 0.9 }), undefined)
  t.equal(readRow({ ...row, more: 1 }), undefined)
})

t.test('the id does not hang on the order of keys', async (t) => {
  const turned = Object.fromEntries(Object.entries(content).reverse())
  t.equal(canonicalJson(turned), canonicalJson(content))
})

t.test('what is no row is refused with what it was', async (t) => {
  t.throws(() => sealRow({ ...content, measure: 'Refusal rate' }), /no row of the profile/)
  t.throws(() => sealRow({ ...content, n: -1 }), RangeError)
})

t.test(
  'another suite, judge, scaffold or model is another series; another figure is not',
  async (t) => {
    const series = seriesOf(content)
    t.equal(seriesOf({ ...content, estimate: 0.1, n: 99, condition: 'baseline' }), series)
    const { suite, judge } = content
    if (suite === null || judge === null) throw new Error('the fixture has both')
    t.not(seriesOf({ ...content, suite: { ...suite, hash: 'cd' } }), series)
    t.not(seriesOf({ ...content, judge: { ...judge, version: '2' } }), series)
    t.not(seriesOf({ ...content, scaffold: 'ef' }), series)
    t.not(seriesOf({ ...content, model: 'm-2' }), series)
  },
)
