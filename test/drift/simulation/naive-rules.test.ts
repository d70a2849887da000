import t from 'tap'
import { emptyHour, NaiveWatch, naiveRules } from '../../../src/drift/simulation/naive-rules.ts'

const [hourly, daily, tested] = naiveRules

const hour = (english: number, englishRefused: number, other: number, otherRefused: number) => ({
  ...emptyHour(),
  english,
  englishRefused,
  other,
  otherRefused,
})

void t.test(
  'the hourly rule fires on a gap above ten points and counts its episodes',
  async (t) => {
    if (hourly === undefined) throw new Error('no rule')
    const watch = new NaiveWatch(hourly)
    watch.close(0, hour(10, 9, 10, 8))
    t.equal(watch.episodes, 0, 'ten points are not more than ten')
    watch.close(1, hour(10, 9, 10, 7))
    watch.close(2, hour(10, 9, 10, 7))
    t.equal(watch.episodes, 1, 'two hours on end are one episode')
    watch.close(3, hour(0, 0, 10, 0))
    watch.close(4, hour(10, 9, 10, 0))
    t.equal(watch.episodes, 2)
    t.equal(watch.firstAt, 1)
  },
)

void t.test('the daily rule forgets what is older than a day', async (t) => {
  if (daily === undefined) throw new Error('no rule')
  const watch = new NaiveWatch(daily)
  watch.close(0, hour(10, 10, 10, 0))
  for (let at = 1; at < 24; at++) watch.close(at, hour(1, 1, 1, 1))
  t.equal(watch.episodes, 1)
  watch.close(24, hour(1, 1, 1, 1))
  watch.close(25, hour(10, 10, 10, 0))
  t.equal(watch.episodes, 2)
})

void t.test('the z-test does not fire on equal or certain rates', async (t) => {
  if (tested === undefined) throw new Error('no rule')
  const watch = new NaiveWatch(tested)
  watch.close(0, hour(100, 100, 100, 100))
  watch.close(1, hour(100, 90, 100, 90))
  t.equal(watch.episodes, 0)
  watch.close(2, hour(100, 90, 100, 10))
  t.equal(watch.firstAt, 2)
})
