import t from 'tap'
import { interactionRows } from '../../src/profile/interaction-rows.ts'
import { readRow } from '../../src/profile/row.ts'

const source = {
  window: { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
  origin: 'scrape of a test',
}
const turn = (act: 'user_opening' | 'user_repair' | 'user_other' | 'user_unread', n: number) => ({
  act,
  language: 'de',
  depth: '2-4',
  n,
})

void t.test('a rate is over the turns that could be read, openings left out', async (t) => {
  const turns = [turn('user_opening', 50), turn('user_repair', 3), turn('user_other', 17)]
  const rows = interactionRows({ turns, corrections: [] }, source)
  t.ok(rows.every((row) => readRow(row) !== undefined))
  const repair = rows.find(
    ({ measure, condition }) => measure === 'repair_rate' && condition === 'language=de',
  )
  t.match(repair, {
    dimension: 'common_ground',
    level: 'deployment',
    estimate: 0.15,
    n: 20,
    counts: { yes: 3, turns: 20 },
    exclusions: { user_opening: 50 },
    judge: { id: 'turn_reader', standing: 'unverified', sensitivity: { n: 95 } },
  })
  t.equal(rows.filter(({ condition }) => condition === 'language=de,depth=2-4').length, 5)
  t.notOk(
    rows.some(({ measure }) => measure.startsWith('answer')),
    'no answer was read',
  )
})

void t.test('corrections whose outcome nobody knows are left out and said', async (t) => {
  const turns = [turn('user_repair', 9), turn('user_unread', 2)]
  const corrections = [
    { outcome: 'followed', language: 'de', n: 6 },
    { outcome: 'not_followed', language: 'de', n: 2 },
    { outcome: 'unknown', language: 'de', n: 5 },
  ]
  const rows = interactionRows({ turns, corrections }, source)
  t.match(
    rows.find(({ measure }) => measure === 'correction_followed_rate'),
    {
      estimate: 0.75,
      n: 8,
      exclusions: { unknown: 5 },
      judge: { sensitivity: null },
    },
  )
  t.same(interactionRows({ turns: [turn('user_unread', 4)], corrections: [] }, source), [])
})
