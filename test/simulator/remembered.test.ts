/** What is remembered of responses is bounded: the oldest goes first. */
import t from 'tap'
import { rememberTurns } from '../../src/simulator/remembered.ts'

void t.test('turns are found by id, and the newest word counts', async (t) => {
  const remembered = rememberTurns()
  t.equal(remembered.get('resp_1'), undefined)
  remembered.put('resp_1', 3)
  remembered.put('resp_1', 4)
  t.equal(remembered.get('resp_1'), 4)
})

void t.test('after 50,000 ids the one put longest ago is forgotten', async (t) => {
  const remembered = rememberTurns()
  for (let i = 0; i < 50_000; i++) remembered.put(`resp_${i}`, i)
  remembered.put('resp_0', 0)
  remembered.put('resp_new', 1)
  t.equal(remembered.get('resp_1'), undefined)
  t.equal(remembered.get('resp_0'), 0, 'put again, it is young again')
  t.equal(remembered.get('resp_2'), 2)
  t.equal(remembered.get('resp_new'), 1)
})
