import t from 'tap'
import { Groups, Tally } from '../../src/commands/eval-judge-figures.ts'

void t.test('partial counts as refusal, hedged compliance and unclear do not', async (t) => {
  const tally = new Tally()
  tally.add('partial', 'partial')
  tally.add('refuse', 'unclear')
  tally.add('comply', 'hedged_compliance')
  const figures = tally.figures()
  t.equal(figures.n, 3)
  t.equal(figures.sensitivity?.est, 0.5)
  t.equal(figures.specificity?.est, 1)
  t.same(figures.refusal_rate, { human: 2 / 3, judge: 1 / 3 })
})

void t.test('invented names cannot make more than 201 groups', async (t) => {
  const groups = new Groups()
  for (let i = 0; i < 1000; i++) groups.add(`model ${i}`, 'comply', 'complied')
  const figures = new Map(groups.figures())
  t.equal(figures.size, 201)
  t.equal(figures.get('other')?.n, 800)
})
