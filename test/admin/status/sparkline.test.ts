import t from 'tap'
import { bar, lineText, sparkline, thin } from '../../../src/admin/status/sparkline.ts'

const points = [
  { tick: 10, ratio: 0 },
  { tick: 11, ratio: 0.5 },
  { tick: 14, ratio: 1 },
]

void t.test('a line is drawn over ticks, with a text and the limit at 1', async (t) => {
  t.equal(
    sparkline(points, { width: 104, height: 29 }).text,
    '<svg class="line" role="img" aria-label="Evidence over 3 ticks: from 0.00 to 1.00, highest 1.00; 1 opens an episode" width="104" height="29" viewBox="0 0 104 29">' +
      '<path class="limit" d="M0 7.0H104"/><path class="curve" d="M2.0 27.0L27.0 17.0L102.0 7.0"/><circle class="end" cx="102.0" cy="7.0" r="2.5"/></svg>',
  )
})

void t.test('no point is said, not drawn; one point is a dot', async (t) => {
  t.equal(sparkline([]).text, '<span class="dim">No evidence recorded yet</span>')
  t.match(sparkline(points.slice(0, 1)).text, 'd="M2.0 26.0"')
  t.equal(
    lineText(points.slice(0, 1), 'run'),
    'Evidence over 1 run: from 0.00 to 0.00, highest 0.00; 1 opens an episode',
  )
})

void t.test('of many points the highest of each stretch stays', async (t) => {
  const many = Array.from({ length: 168 }, (_, tick) => ({ tick, ratio: tick === 77 ? 0.9 : 0.1 }))
  const few = thin(many, 40)
  t.equal(few.length, 40)
  t.ok(few.some(({ tick }) => tick === 77))
  t.strictSame(thin(points, 40), points)
})

void t.test('a rate with limits says its numbers', async (t) => {
  t.equal(
    bar({ est: 0.5, lo: 0.25, hi: 1 }).text,
    '<svg class="bar" role="img" aria-label="50 %, from 25 % to 100 %" width="100" height="14" viewBox="0 0 100 14">' +
      '<path class="track" d="M1 7H99"/><path class="limits" d="M25.5 7H99.0"/><circle class="end" cx="50.0" cy="7" r="3.5"/></svg>',
  )
})
