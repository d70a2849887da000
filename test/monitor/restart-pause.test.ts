import t from 'tap'
import { createRestartPause } from '../../src/monitor/restart-pause.ts'

t.test('pauses double up to the limit while threads die before they work', async (t) => {
  const pause = createRestartPause(30_000)
  let at = 0
  const pauses: number[] = []
  for (let death = 0; death < 12; death++) {
    // A minute and a half of loading each time: that is no minute of work.
    at += 90_000
    const ms = pause.lost(at)
    pauses.push(ms)
    at += ms
  }
  t.same(
    pauses,
    [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000, 30_000],
    'what a death costs is spent 9 times in 51 s, and once in 30 s from then on',
  )
})

t.test('a minute of work earns a short pause, less does not', async (t) => {
  const pause = createRestartPause(30_000)
  t.same([pause.lost(0), pause.lost(1), pause.lost(2)], [100, 200, 400])
  pause.ready(1000)
  t.equal(pause.lost(61_000), 800, 'worked for 60.000 s')
  pause.ready(70_000)
  t.equal(pause.lost(130_001), 100, 'worked for 60.001 s')
  t.equal(pause.lost(400_000), 200, 'the work of the one before is not its own')
})

t.test('a limit below the first pause is kept', async (t) => {
  const pause = createRestartPause(40)
  t.same([pause.lost(0), pause.lost(1)], [40, 40])
})
