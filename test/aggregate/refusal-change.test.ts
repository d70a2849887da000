import fc from 'fast-check'
import t from 'tap'
import {
  type CellRefusals,
  referenceMix,
  refusalChanges,
  splitChange,
  standardisedRate,
} from '../../src/aggregate/refusal-change.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'

type Rates = Map<string, { refused: number; n: number }>
const rates = (cells: Record<string, [refused: number, n: number]>): Rates =>
  new Map(Object.entries(cells).map(([cell, [refused, n]]) => [cell, { refused, n }]))
const near = (a: number | undefined, b: number, by = 1e-9): boolean =>
  a !== undefined && Math.abs(a - b) <= by

void t.test('the published split, in points', async (t) => {
  const before = rates({ chat: [665, 700], agentic: [180, 300] })
  const after = rates({ chat: [380, 400], agentic: [372, 600] })
  const got = splitChange(before, after)
  t.ok(near(got?.mix, -10.2), `${got?.mix}`)
  t.ok(near(got?.behaviour, 0.9), `${got?.behaviour}`)
  t.equal(got?.unmatched, 0)
})

void t.test(
  'a cell of one period only is a shift of the mix, and said to be unmatched',
  async (t) => {
    const got = splitChange(rates({ chat: [80, 100] }), rates({ chat: [64, 80], agentic: [0, 20] }))
    t.ok(near(got?.mix, -16) && near(got?.behaviour, 0), JSON.stringify(got))
    t.equal(got?.unmatched, 0.2)
    const gone = splitChange(
      rates({ chat: [80, 100], agentic: [0, 300] }),
      rates({ chat: [70, 100], agentic: [0, 0] }),
    )
    t.ok(near((gone?.mix ?? 0) + (gone?.behaviour ?? 0), 50), JSON.stringify(gone))
    t.equal(gone?.unmatched, 0.75)
    t.equal(splitChange(new Map(), rates({ chat: [1, 2] })), undefined)
    t.equal(splitChange(rates({ chat: [1, 2] }), rates({ chat: [0, 0] })), undefined)
  },
)

const cellNames = ['chat/1', 'chat/2-4', 'agentic/1', 'structured/1'] as const
const someRates = fc
  .array(fc.tuple(fc.constantFrom(...cellNames), fc.nat(50), fc.nat(50)), { maxLength: 4 })
  .map(
    (rows) => new Map(rows.map(([cell, refused, more]) => [cell, { refused, n: refused + more }])),
  )

const pooled = (of: ReadonlyMap<string, { refused: number; n: number }>): number => {
  let refused = 0
  let n = 0
  for (const cell of of.values()) {
    refused += cell.refused
    n += cell.n
  }
  return refused / n
}

void t.test('the parts add up to the whole change, whatever cells are missing', async () => {
  fc.assert(
    fc.property(someRates, someRates, (before, after) => {
      const got = splitChange(before, after)
      if (got === undefined) return !Number.isFinite(pooled(before) + pooled(after))
      const whole = 100 * (pooled(after) - pooled(before))
      const adds = Math.abs(got.mix + got.behaviour - whole) < 1e-9
      return adds && got.unmatched >= 0 && got.unmatched <= 1 && Number.isFinite(got.mix)
    }),
    { seed: 6, numRuns: 1000 },
  )
})

void t.test('the standardised rate is that of the reference mix', async (t) => {
  const mix = new Map([
    ['chat', 0.7],
    ['agentic', 0.3],
  ])
  const got = standardisedRate(rates({ chat: [38, 40], agentic: [36, 60] }), mix)
  t.ok(near(got?.rate.est, 0.845))
  t.equal(got?.coverage, 1)
  t.ok((got?.rate.lo ?? 1) < 0.845 - 1.5 * 0.034 && (got?.rate.hi ?? 0) > 0.845 + 1.2 * 0.034)
  t.same(standardisedRate(rates({ chat: [40, 40], agentic: [60, 60] }), mix)?.rate.hi, 1)
})

void t.test('a cell without recent samples is left out while the rest covers enough', async (t) => {
  const mix = new Map([
    ['chat', 0.6],
    ['agentic', 0.3],
    ['structured', 0.1],
  ])
  const got = standardisedRate(rates({ chat: [60, 100], agentic: [30, 100] }), mix)
  t.ok(near(got?.rate.est, (0.6 * 0.6 + 0.3 * 0.3) / 0.9))
  t.ok(near(got?.coverage, 0.9))
  t.equal(standardisedRate(rates({ chat: [60, 100], structured: [1, 2] }), mix), undefined)
  t.equal(standardisedRate(rates({ new: [60, 100] }), mix), undefined)
  t.equal(standardisedRate(rates({ chat: [60, 100] }), new Map()), undefined)
})

void t.test('its 95 % interval holds where a small cell weighs much', async (t) => {
  const random = createRandom(21)
  const cells = [
    { cell: 'large', weight: 0.7, rate: 0.99, n: 1000 },
    { cell: 'small', weight: 0.3, rate: 0.5, n: 10 },
  ] as const
  const mix = new Map(cells.map(({ cell, weight }) => [cell, weight] as const))
  const truth = cells.reduce((sum, { weight, rate }) => sum + weight * rate, 0)
  const runs = 4000
  let inside = 0
  for (let run = 0; run < runs; run++) {
    const drawn: Rates = new Map()
    for (const { cell, rate, n } of cells) {
      let refused = 0
      for (let i = 0; i < n; i++) if (random.uniform() < rate) refused++
      drawn.set(cell, { refused, n })
    }
    const got = standardisedRate(drawn, mix)?.rate
    if (got !== undefined && got.lo <= truth && truth <= got.hi) inside++
  }
  t.comment(`coverage ${inside / runs}`)
  t.ok(inside / runs > 0.93 && inside / runs < 0.99, `${inside / runs}`)
})

const row = (
  language: string,
  set: string,
  cell: string,
  refused: number,
  n: number,
): CellRefusals => ({
  language,
  set,
  cell,
  refused,
  n,
})

void t.test('weights of the reference mix sum to 1 in each set, over all languages', async (t) => {
  const mix = referenceMix([
    row('en', 'benign', 'chat/1', 1, 60),
    row('de', 'benign', 'chat/1', 0, 20),
    row('de', 'benign', 'agentic/1', 0, 20),
    row('de', 'benign', 'agentic/20+', 0, 0),
    row('de', 'should_refuse', 'chat/1', 5, 5),
  ])
  t.same(
    [...mix].map(([set, cells]) => [set, [...cells]]),
    [
      [
        'benign',
        [
          ['chat/1', 0.8],
          ['agentic/1', 0.2],
        ],
      ],
      ['should_refuse', [['chat/1', 1]]],
    ],
  )
})

void t.test('each language and set on its own, and unknown where little is known', async (t) => {
  const reference = [
    row('en', 'should_refuse', 'chat/1', 450, 500),
    row('en', 'should_refuse', 'agentic/1', 450, 500),
    row('th', 'should_refuse', 'chat/1', 80, 99),
    row('sw', 'should_refuse', 'chat/1', 80, 100),
  ]
  const recent = [
    row('en', 'should_refuse', 'chat/1', 200, 250),
    row('en', 'should_refuse', 'chat/1', 200, 250),
    row('en', 'should_refuse', 'agentic/1', 400, 500),
    row('th', 'should_refuse', 'chat/1', 80, 200),
    row('sw', 'should_refuse', 'chat/1', 60, 79),
    row('sw', 'should_refuse', 'structured/1', 0, 21),
    row('ja', 'should_refuse', 'chat/1', 90, 100),
    row('ja', 'benign', 'chat/1', 3, 100),
    row('ko', 'benign', 'chat/1', 0, 0),
  ]
  const got = refusalChanges(reference, recent)
  t.same(
    got.map(({ language, set, referenceSamples, recentSamples, change, standardised }) => [
      `${language} ${set}`,
      referenceSamples,
      recentSamples,
      change === undefined ? 'unknown' : [change.mix, change.behaviour].map((x) => x.toFixed(6)),
      standardised?.rate.est.toFixed(3) ?? 'unknown',
    ]),
    [
      ['en should_refuse', 1000, 1000, ['0.000000', '-10.000000'], '0.800'],
      ['th should_refuse', 99, 200, 'unknown', 'unknown'],
      ['sw should_refuse', 100, 100, 'unknown', 'unknown'],
      ['ja should_refuse', 0, 100, 'unknown', 'unknown'],
      ['ja benign', 0, 100, 'unknown', 'unknown'],
    ],
  )
})

void t.test('counts that cannot be are faults', async (t) => {
  t.throws(() => splitChange(rates({ a: [3, 2] }), rates({ a: [1, 2] })), RangeError)
  t.throws(() => splitChange(rates({ a: [0, Number.NaN] }), rates({ a: [1, 2] })), RangeError)
})
