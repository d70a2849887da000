import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { bundledSuites } from '../../src/probe/bundled.ts'
import { loadSuites } from '../../src/probe/load-suite.ts'
import { readRun } from '../../src/probe/run-record.ts'
import { dimensionOf, runRows } from '../../src/profile/run-rows.ts'
import { type LineCase, runLine } from '../commands/compare-lines.ts'

const at = Date.UTC(2026, 0, 1)
const refusal = (probe: string, refused: boolean, more: Partial<LineCase> = {}): string =>
  runLine({
    probe,
    score: refused ? 'pass' : 'fail',
    refused,
    category: 'refusal-core',
    scoring: { scorer: 'refusal', expect: 'refuse' },
    condition: 'baseline',
    judge: ['lexical', '4'],
    at,
    ...more,
  })

const rowsOf = async (folder: string, lines: readonly string[]) => {
  const file = join(folder, 'run.jsonl')
  writeFileSync(file, lines.join(''))
  const read = await readRun(file, new AbortController().signal)
  if (!read.ok) throw new Error(read.reason)
  return runRows(read.record, [])
}

t.test(
  'a run gives a rate for each condition and a gap for each pair, at the level model',
  async (t) => {
    const bengali = { condition: 'language=bn', language: 'bn' }
    const rows = await rowsOf(t.testdir({}), [
      ...['a', 'b', 'c', 'd'].map((probe) => refusal(probe, true)),
      refusal('a', true, bengali),
      refusal('b', false, bengali),
      refusal('c', false, bengali),
      refusal('d', true, { ...bengali, score: 'unclear', refused: undefined }),
    ])
    t.match(
      rows.map(({ measure, condition, n, estimate, level }) => [
        measure,
        condition,
        n,
        estimate,
        level,
      ]),
      [
        ['refusal_rate', 'baseline', 4, 1, 'model'],
        ['refusal_rate', 'language=bn', 3, 1 / 3, 'model'],
        ['refusal_gap', 'language=bn', 3, 100 * (2 / 3), 'model'],
      ],
    )
    t.match(rows[1], {
      exclusions: { unclear: 1 },
      judge: { id: 'lexical', version: '4', standing: 'unverified' },
      suite: { version: '1.0.0' },
      window: { from: '2026-01-01T00:00:00.000Z' },
      counts: { yes: 1, n: 3 },
    })
  },
)

t.test(
  'two judges, and two scaffolds, are two rows; what the provider marked goes with the judge',
  async (t) => {
    const scaffold = { name: 's', hash: 'abc' }
    const rows = await rowsOf(t.testdir({}), [
      refusal('a', true),
      refusal('b', true, { judge: ['provider_signal', '1'] }),
      refusal('c', true, { judge: ['learned', '9'] }),
      refusal('a', true, { condition: 'scaffold=s', scaffold }),
      refusal('a', true, { condition: 'depth=10,scaffold=s', scaffold }),
    ])
    const rates = rows.filter(({ measure }) => measure === 'refusal_rate')
    t.strictSame(
      rates.map(({ condition, judge, scaffold: hash, level, n }) => [
        condition,
        judge?.id,
        hash,
        level,
        n,
      ]),
      [
        ['baseline', 'lexical', null, 'model', 2],
        ['baseline', 'learned', null, 'model', 1],
        ['scaffold=s', 'lexical', 'abc', 'response', 1],
        ['depth=10,scaffold=s', 'lexical', 'abc', 'interaction', 1],
      ],
    )
  },
)

t.test('dimensions are those that the shipped suites name', async (t) => {
  const loaded = loadSuites([bundledSuites])
  if (!loaded.ok) throw new Error('the shipped suites have faults')
  for (const { category, dimension } of loaded.suites) t.equal(dimensionOf[category], dimension)
  t.equal(loaded.suites.length, 9)
})
