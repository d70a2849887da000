import t from 'tap'
import { checkClaims } from '../../src/claims/check-claims.ts'
import { type Claim, parseBound, readClaims } from '../../src/claims/claim.ts'
import { type RowContent, sealRow } from '../../src/profile/row.ts'

const content: RowContent = {
  dimension: 'refusal_calibration',
  measure: 'refusal_gap',
  condition: 'language=tr',
  baseline: 'baseline',
  level: 'model',
  estimate: 2,
  unit: 'points',
  n: 200,
  interval: { lo: -2, hi: 6, method: 'newcombe_paired' },
  counts: { bothYes: 180, firstOnly: 8, secondOnly: 4, bothNo: 8 },
  window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  model: 'm-1',
  scaffold: null,
  suite: { id: 'refusal-core', version: '1.0.0', hash: 'ab', epoch: null },
  judge: {
    id: 'lexical',
    version: '4',
    standing: 'verified',
    sensitivity: { est: 0.98, lo: 0.9, hi: 0.99, n: 60 },
    specificity: { est: 0.98, lo: 0.9, hi: 0.99, n: 60 },
  },
  exclusions: {},
  source: { kind: 'probe', id: 'r1', trace: ['r.jsonl'] },
}
const { judge } = content
if (judge === null) throw new Error('the fixture has a judge')
const bare = sealRow(content)
const live = sealRow({
  ...content,
  level: 'deployment',
  baseline: 'language=en',
  source: { kind: 'live', id: 'series 1', trace: ['s: ticks 1 to 2'] },
  suite: null,
})

const claim: Claim = {
  name: 'tr',
  statement: 'Refuses in Turkish as in English',
  level: 'deployment',
  dimension: 'refusal_calibration',
  measure: undefined,
  condition: 'language=tr',
  bound: { kind: 'difference', to: 'language=en', atMost: 10 },
  boundText: 'difference to en <= 10 points',
  model: undefined,
  suite: undefined,
}

t.test(
  'bare-model probes leave a claim of the deployment at distance 3, and undecided',
  async (t) => {
    const [result] = checkClaims([claim], [bare])
    t.match(result, {
      outcome: 'undecided',
      evidenced_level: 'model',
      distance: 3,
      row: bare.id,
      interval: { est: 2, lo: -2, hi: 6, unit: 'points' },
      why: 'the evidence stops at model, 3 levels short of deployment (refusal_gap at the level model, n 200)',
    })
    t.equal(result?.closes.length, 3)
    t.match(result?.closes[0], /--conditions "language=tr,scaffold=NAME"/)
  },
)

t.test(
  'live traffic within the bound supports it; the same claim of the model is at distance 0',
  async (t) => {
    t.match(checkClaims([claim], [bare, live])[0], {
      outcome: 'supported',
      distance: 0,
      evidenced_level: 'deployment',
      closes: [],
    })
    t.match(checkClaims([{ ...claim, level: 'model' }], [bare])[0], {
      outcome: 'supported',
      distance: 0,
    })
  },
)

t.test('a judge that nobody measured supports nothing', async (t) => {
  const unmeasured = sealRow({
    ...content,
    judge: { ...judge, standing: 'unverified', sensitivity: null, specificity: null },
  })
  const [result] = checkClaims([{ ...claim, level: 'model' }], [unmeasured])
  t.equal(result?.outcome, 'undecided')
  t.match(result?.closes, [/^measure the judge under language=tr/])
})

t.test('evidence against a claim counts at any distance, beside good evidence too', async (t) => {
  const bad = sealRow({
    ...content,
    estimate: 20,
    interval: { lo: 12, hi: 28, method: 'newcombe_paired' },
  })
  t.match(checkClaims([claim], [bad])[0], { outcome: 'not_supported', distance: 3 })
  t.match(checkClaims([claim], [bad, live])[0], { outcome: 'not_supported', row: bad.id })
})

t.test(
  'an interval that holds the bound decides nothing, and says how many answers would',
  async (t) => {
    const wide = sealRow({
      ...content,
      estimate: 6,
      interval: { lo: -2, hi: 14, method: 'newcombe_paired' },
    })
    const [result] = checkClaims([{ ...claim, level: 'model' }], [wide])
    t.equal(result?.outcome, 'undecided')
    // Half 8 where there is room for 4: four times as many.
    t.match(result?.closes, [
      'about 800 answers instead of 200, should the estimate stay where it is',
    ])
  },
)

t.test('the later run of one instrument speaks; of two instruments the worse', async (t) => {
  const later = { from: '2026-01-03T00:00:00Z', to: '2026-01-04T00:00:00Z' }
  const bad = { estimate: 20, interval: { lo: 12, hi: 28, method: 'newcombe_paired' as const } }
  const good = sealRow({ ...content, window: later })
  const own = { ...claim, level: 'model' as const }
  t.equal(checkClaims([own], [sealRow({ ...content, ...bad }), good])[0]?.outcome, 'supported')
  const other = sealRow({ ...content, ...bad, model: 'm-2' })
  t.equal(checkClaims([own], [other, good])[0]?.outcome, 'not_supported')
  t.equal(checkClaims([{ ...own, model: 'm-1' }], [other, good])[0]?.outcome, 'supported')
})

t.test('without a row there is no level, no distance and no decision', async (t) => {
  t.match(checkClaims([claim], [])[0], {
    outcome: 'undecided',
    evidenced_level: null,
    distance: null,
    interval: null,
  })
})

t.test('bounds are read in three forms and no other', async (t) => {
  t.strictSame(parseBound('difference to en <= 10 points'), {
    kind: 'difference',
    to: 'language=en',
    atMost: 10,
  })
  t.strictSame(parseBound('rate >= 90 %'), { kind: 'rate', direction: 'at_least', value: 0.9 })
  t.strictSame(parseBound('grade <= 1.5'), { kind: 'grade', direction: 'at_most', value: 1.5 })
  for (const text of ['rate >= 1.5', 'rate > 0.9', 'difference to en < 10 points', '']) {
    t.equal(parseBound(text), undefined, text)
  }
})

t.test('a file of claims is read; every fault is named by its line', async (t) => {
  const folder = t.testdir({
    'good.yaml': [
      'claims:',
      '  - id: tr',
      '    statement: Refuses in Turkish as in English',
      '    level: deployment',
      '    dimension: refusal_calibration',
      '    condition: language=tr',
      '    bound: difference to en <= 10 points',
      '',
    ].join('\n'),
    'bad.yaml': [
      'claims:',
      '  - id: tr',
      '    statement: x',
      '    level: deploymnt',
      '    dimension: refusal_calibration',
      '    condition: language=tr',
      '    bound: at most ten',
      '',
    ].join('\n'),
  })
  t.strictSame(readClaims(`${folder}/good.yaml`), { ok: true, claims: [claim] })
  const read = readClaims(`${folder}/bad.yaml`)
  t.strictSame(!read.ok && read.faults.map(({ line }) => line), [4, 7])
})
