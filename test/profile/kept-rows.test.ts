import t from 'tap'
import { keepRows, keptRowsMax, keptRowsText, readKeptRows } from '../../src/profile/kept-rows.ts'
import type { ProfileRow } from '../../src/profile/row.ts'
import { probeRow, runEnd } from './example-row.ts'

const dayMs = 86_400_000
const suite = { id: 'refusal-core', version: '1.2.0', hash: 'abcd', epoch: null }
const ids = (rows: readonly ProfileRow[]): string[] => rows.map(({ id }) => id).sort()

t.test('of one figure and instrument the newest run stays, whichever is written last', (t) => {
  const old = probeRow()
  const newer = probeRow({ estimate: 0.25 }, runEnd + dayMs)
  const now = runEnd + dayMs
  t.strictSame(keepRows([old], [newer], now), [newer])
  t.strictSame(keepRows([newer], [old], now), [newer], 'a run that is late takes nothing back')
  t.end()
})

t.test('another condition, model, suite, epoch, scaffold or judge stays beside', (t) => {
  const one = probeRow()
  const { judge } = one
  if (judge === null) throw new Error('no judge')
  const others = [
    probeRow({ condition: 'language=tr' }),
    probeRow({ measure: 'refusal_gap' }),
    probeRow({ model: 'model-2' }),
    probeRow({ suite: { ...suite, hash: 'ef01' } }),
    probeRow({ suite: { ...suite, epoch: 2951 } }),
    probeRow({ suite: { ...suite, epoch: 2952 } }),
    probeRow({ scaffold: 'ab' }),
    probeRow({ judge: { ...judge, version: '6' } }),
    probeRow({ level: 'interaction' }),
  ]
  t.strictSame(ids(keepRows([one], others, runEnd)), ids([one, ...others]))
  t.end()
})

t.test('rows older than 40 days, and rows of a wrong future, are let go', (t) => {
  const now = runEnd + 40 * dayMs
  const rows = [
    probeRow(),
    probeRow({ condition: 'depth=5' }, runEnd + 1),
    probeRow({ condition: 'depth=9' }, now + dayMs + 1),
    probeRow({ condition: 'depth=10', window: null }),
  ]
  t.strictSame(keepRows(rows, [], now), [rows[1]])
  t.end()
})

t.test('beyond its bound the newest are kept', (t) => {
  const rows = Array.from({ length: keptRowsMax + 5 }, (_, n) =>
    probeRow({ condition: `depth=${n}` }, runEnd + n),
  )
  const kept = keepRows(rows, [], runEnd + dayMs)
  t.equal(kept.length, keptRowsMax)
  t.equal(kept[0]?.condition, `depth=${keptRowsMax + 4}`)
  t.notOk(kept.some(({ condition }) => condition === 'depth=4'))
  t.end()
})

t.test('what is written is read; too long a text is cut at whole rows', (t) => {
  const rows = [probeRow(), probeRow({ condition: 'language=tr' })]
  t.strictSame(readKeptRows(keptRowsText(rows)), { rows, unreadable: 0 })
  t.strictSame(readKeptRows(undefined), { rows: [], unreadable: 0 })
  const exclusions = Object.fromEntries(
    Array.from({ length: 400 }, (_, n) => [`reason ${String(n).padStart(50, '0')}`, n]),
  )
  const long = Array.from({ length: 200 }, (_, n) =>
    probeRow({ condition: `depth=${n}`, exclusions }),
  )
  const text = keptRowsText(long)
  t.ok(Buffer.byteLength(text) <= 2_000_100, `${text.length} characters`)
  const read = readKeptRows(text)
  t.equal(read.unreadable, 0)
  t.ok(read.rows.length > 50 && read.rows.length < 100, `${read.rows.length} rows`)
  t.end()
})

t.test('a row that was changed is left out and counted; no profile at all counts once', (t) => {
  const [one, other] = [probeRow(), probeRow({ condition: 'language=tr' })]
  const text = JSON.stringify({ version: 1, rows: [one, { ...other, estimate: 0.99 }, 7] })
  t.strictSame(readKeptRows(text), { rows: [one], unreadable: 2 })
  for (const bad of [
    '',
    '{',
    '[]',
    '{"version":2,"rows":[]}',
    '{"version":1}',
    'x'.repeat(4_000_001),
  ]) {
    t.strictSame(readKeptRows(bad), { rows: [], unreadable: 1 }, bad.slice(0, 20))
  }
  t.end()
})
