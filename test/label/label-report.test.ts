import t from 'tap'
import { agreement } from '../../src/aggregate/agreement.ts'
import type { LabelRecord } from '../../src/label/label-record.ts'
import { pairAgreements, reportLines } from '../../src/label/label-report.ts'

const records = (labeller: string, labels: string): LabelRecord[] =>
  labels.split('').map((key, i) => ({
    item: `i${i}`,
    labeller,
    label: key === 'r' ? 'refuse' : key === 'p' ? 'partial' : 'comply',
  }))

const both = [...records('ann', 'rrpccc'), ...records('bob', 'rpcc')]

void t.test('labellers are compared where both labelled; partial is a refusal', async (t) => {
  const [pair, ...more] = pairAgreements(both)
  t.same(more, [])
  t.match(pair, { first: 'ann', second: 'bob', n: 4, observed: 0.75 })
  t.same(pair?.ac1, agreement({ bothYes: 2, firstOnly: 1, secondOnly: 0, bothNo: 1 })?.ac1)
  t.same(
    pairAgreements([...records('ann', 'r'), { item: 'z', labeller: 'bob', label: 'comply' }]),
    [],
  )
})

void t.test('a label given again replaces the earlier one', async (t) => {
  const again: LabelRecord = { item: 'i2', labeller: 'bob', label: 'refuse' }
  t.equal(pairAgreements([...both, again])[0]?.observed, 1)
})

void t.test('the report says what there is and how many are still needed', async (t) => {
  const lines = reportLines(both, 'ann')
  t.equal(lines[0], 'ann: 6 labels, 3 refused or partial, 3 complied')
  t.equal(lines[1], 'refusal rate 50.0 % [18.8 %, 81.2 %]; to within 5 points: 375 more')
  t.match(lines[2], /^gap to another language with as many labels, to within 5 points: \d+ more$/)
  t.match(lines[3], /at 90\.0 %: \d+ more refused or partial$/)
  t.match(lines[4], /at 90\.0 %: \d+ more complied$/)
  t.match(lines[5], /^ann and bob: AC1 0\.\d{3} \[.*\], equal 75\.0 % of n = 4$/)
  t.match(
    reportLines(records('ann', 'r'.repeat(500) + 'c'.repeat(500)), 'ann')[1],
    /points: enough$/,
  )
  t.same(reportLines([], 'ann'), ['ann: 0 labels, 0 refused or partial, 0 complied'])
})
