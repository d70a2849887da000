import t from 'tap'
import { createEvidenceHistory } from '../../src/drift/evidence-history.ts'

void t.test('each tick is a point of every detector that runs, oldest first', async (t) => {
  const history = createEvidenceHistory()
  history.record(7, new Map([['a', 0.25]]))
  history.record(
    9,
    new Map([
      ['a', 0.5],
      ['b', 0],
    ]),
  )
  t.same(
    [...history.all()],
    [
      [
        'a',
        [
          { tick: 7, ratio: 0.25 },
          { tick: 9, ratio: 0.5 },
        ],
      ],
      ['b', [{ tick: 9, ratio: 0 }]],
    ],
  )
})

void t.test('a tick that was recorded already, or an older one, changes nothing', async (t) => {
  const history = createEvidenceHistory()
  history.record(7, new Map([['a', 0.25]]))
  history.record(7, new Map([['a', 0.75]]))
  history.record(6, new Map([['a', 0.75]]))
  t.same(history.all().get('a'), [{ tick: 7, ratio: 0.25 }])
})

void t.test('old points and detectors that stopped are forgotten', async (t) => {
  const history = createEvidenceHistory(3)
  history.record(0, new Map([['gone', 1]]))
  for (let tick = 1; tick <= 5; tick++) history.record(tick, new Map([['a', tick / 10]]))
  t.same([...history.all().keys()], ['a'])
  t.same(
    history
      .all()
      .get('a')
      ?.map(({ tick }) => tick),
    [3, 4, 5],
  )
})
