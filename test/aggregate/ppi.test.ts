import t from 'tap'
import { ppiMean } from '../../src/aggregate/ppi.ts'

const labels = [1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1]
const predictions = [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1]
const ones = (count: number): number[] => Array.from({ length: count }, () => 1)
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)
const unlabelled = [...ones(163), ...zeros(37)]

/** The reference values are written with 8 decimals. */
const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 5.1e-9

void t.test('a fixed weight of 1 gives the reference interval', async (t) => {
  const got = ppiMean({ labels, predictions, unlabelled }, 1)
  t.ok(near(got?.est, 0.865) && near(got?.lo, 0.68828911) && near(got?.hi, 1.04171089))
})

void t.test('the tuned weight gives the reference interval', async (t) => {
  const got = ppiMean({ labels, predictions, unlabelled })
  t.ok(near(got?.est, 0.83808186), `${got?.est}`)
  t.ok(near(got?.lo, 0.6911763), `${got?.lo}`)
  t.ok(near(got?.hi, 0.98498742), `${got?.hi}`)
})

void t.test('predictions that say nothing cost nothing', async (t) => {
  const same = ppiMean({ labels, predictions: ones(20), unlabelled: ones(200) })
  t.equal(same?.lambda, 0)
  t.ok(near(same?.est, 0.8))
  const against = ppiMean({ labels, predictions: labels.map((y) => 1 - y), unlabelled })
  t.equal(against?.lambda, 0, 'a judge that is always wrong is not used')
})

void t.test('perfect predictions narrow the interval towards that of all items', async (t) => {
  const alone = ppiMean({ labels, predictions: labels, unlabelled }, 0)
  const helped = ppiMean({ labels, predictions: labels, unlabelled })
  const width = (i: { lo: number; hi: number } | undefined): number => (i ? i.hi - i.lo : 0)
  t.ok(width(helped) < 0.4 * width(alone), `${width(helped)} of ${width(alone)}`)
})

void t.test('too little of either kind is unknown; unequal lists are a fault', async (t) => {
  t.equal(ppiMean({ labels: [1], predictions: [1], unlabelled }), undefined)
  t.equal(ppiMean({ labels, predictions, unlabelled: [] }), undefined)
  t.throws(() => ppiMean({ labels, predictions: [1], unlabelled }), RangeError)
})
