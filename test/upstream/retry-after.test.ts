import t from 'tap'
import { retryAfterMs } from '../../src/upstream/retry-after.ts'

const now = Date.UTC(2026, 10, 21, 3, 0, 0)

t.test('seconds and HTTP dates are a wait; a date in the past is none', async (t) => {
  t.equal(retryAfterMs('0', now), 0)
  t.equal(retryAfterMs(' 120 ', now), 120_000)
  t.equal(retryAfterMs('Sat, 21 Nov 2026 03:00:30 GMT', now), 30_000)
  t.equal(retryAfterMs('Saturday, 21-Nov-26 03:00:30 GMT', now), 30_000)
  t.equal(retryAfterMs('Sat, 21 Nov 2026 02:00:00 GMT', now), 0)
})

t.test('everything else asks for nothing', async (t) => {
  for (const value of [
    undefined,
    '',
    '-1',
    '1.5',
    '1e3',
    '9999999',
    'soon',

    'NaN',
    '0x10',
  ]) {
    t.equal(retryAfterMs(value, now), undefined, String(value))
  }
})
