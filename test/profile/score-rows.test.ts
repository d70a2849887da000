/** What figures of benchmarks become: rows whose dimension, condition and counts say what they are of. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { benchmarkAudits } from '../../src/audit/rubric.ts'
import { score } from '../../src/commands/score.ts'
import { benchmarkScores } from '../../src/probe/scores/benchmark-scores.ts'
import { readProfile } from '../../src/profile/profile-file.ts'
import { scoreRows } from '../../src/profile/score-rows.ts'
import { explain } from '../../src/report/explain.ts'

const folder = t.testdir()
const run = async (...args: string[]) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await score.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}
const file = (name: string, rows: readonly object[]): string => {
  const path = join(folder, name)
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return path
}
const times = (n: number, row: object): object[] => Array.from({ length: n }, () => row)
const rowsOf = async (benchmark: string, path: string, ...more: string[]) => {
  const { code, out, err } = await run(benchmark, path, '--profile', ...more)
  t.equal(err, '')
  t.equal(code, 0)
  const read = readProfile(out)
  if (!read.ok) throw new Error(read.reason)
  return read.rows
}
const scaffold = 'ab'.repeat(32)

t.test('verdicts by language: rates, and the gap with what it is made of', async (t) => {
  const path = file('mj.jsonl', [
    ...times(18, { language: 'en', unsafe: 0 }),
    ...times(2, { language: 'en', unsafe: 1 }),
    ...times(12, { language: 'bn', unsafe: 0 }),
    ...times(8, { language: 'bn', unsafe: 1 }),
  ])
  const given = ['--model', 'm-1', '--from', '2026-01-01', '--to', '2026-01-02']
  const rows = await rowsOf('multijail', path, ...given)
  t.equal(rows.length, 3)
  const gap = rows.find(({ measure }) => measure === 'unsafe_gap')
  t.match(gap, {
    dimension: 'refusal_calibration',
    condition: 'language=bn',
    baseline: 'language=en',
    level: 'model',
    unit: 'points',
    n: 20,
    counts: { yes: 8, n: 20, base_yes: 2, base_n: 20 },
    window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
    model: 'm-1',
    scaffold: null,
    suite: { id: 'multijail', version: null, hash: /^[0-9a-f]{64}$/, epoch: null },
    judge: { id: 'score_multijail', version: '1', standing: 'unverified', sensitivity: null },
    source: { kind: 'score', id: 'multijail', trace: ['mj.jsonl'] },
  })
  t.ok(Math.abs((gap?.estimate ?? 0) - 30) < 1e-9)
  t.match(
    rows.find(({ condition }) => condition === 'language=en'),
    { measure: 'unsafe_rate', estimate: 0.1, counts: { yes: 2, n: 20 }, baseline: null },
  )
  const input = {
    from: 0,
    to: 1,
    files: [],
    history: undefined,
    interaction: undefined,
    runs: [],
    rows,
    calibrations: [],
    claims: [],
    evidence: undefined,
    command: 'x',
  }
  for (const row of rows) t.match(explain(input, row.id), ', the same\n', row.measure)
})

t.test('groups stand as conditions of their own, beside the condition of all', async (t) => {
  const path = file('jf.jsonl', [
    ...times(3, { gt: 'yes', answer: '[[Yes]]', style: 'plain' }),
    { gt: 'yes', answer: '[[No]]', style: 'polite' },
    { gt: 'yes', answer: 'perhaps', style: 'polite' },
  ])
  const more = ['--level', 'response', '--scaffold', scaffold, '--condition', 'language=de']
  const rows = await rowsOf('jailflipbench', path, ...more)
  t.same(
    rows.map(({ condition, estimate, n, level, exclusions }) => [
      condition,
      estimate,
      n,
      level,
      exclusions,
    ]),
    [
      ['language=de', 0.75, 4, 'response', { unread: 1 }],
      ['language=de,style=plain', 1, 3, 'response', { unread: 1 }],
      ['language=de,style=polite', 0, 1, 'response', { unread: 1 }],
    ],
  )
  t.equal(rows[0]?.judge?.standing, 'rule')
  t.equal(rows[0]?.scaffold, scaffold)
})

t.test('pass^1 is capability, pass^k is consistency, and neither has an interval', async (t) => {
  const path = file(
    'tau.jsonl',
    [0, 1].flatMap((task) =>
      [0, 1].map((trial) => ({
        task_id: task,
        trial,
        reward: task === 0 || trial === 0 ? 1 : 0,
        info: {},
        traj: [],
      })),
    ),
  )
  const rows = await rowsOf('tau2', path)
  t.same(
    rows.map(({ dimension, measure, estimate, interval, n }) => [
      dimension,
      measure,
      estimate,
      interval,
      n,
    ]),
    [
      ['capability', 'pass_hat_1', 0.75, null, 2],
      ['consistency', 'pass_hat_2', 0.5, null, 2],
    ],
  )
})

t.test('every scorer has its meanings, and they are those of the audit', async (t) => {
  const source = {
    file: 'f',
    sha256: 'c',
    level: 'model',
    condition: 'baseline',
    model: undefined,
    scaffold: undefined,
    window: undefined,
  } as const
  const names = ['x', 'pass^1', 'pass^2', 'rating', 'score', 'refused', 'unsafe en', 'gap bn to en']
  names.push('utility, nothing injected', 'utility under attack', 'injected task carried out')
  let checked = 0
  for (const { id } of benchmarkScores) {
    const rows = scoreRows(
      {
        rows: names.map((name) => ({
          name,
          n: 4,
          estimate: 0.5,
          interval: undefined,
          unit: 'share',
        })),
        unread: 0,
      },
      { ...source, benchmark: id },
    )
    t.ok(rows.length > 0, id)
    const marks = benchmarkAudits.find((one) => one.id === id)?.marks ?? {}
    for (const { dimension } of rows) t.ok(dimension in marks, `${id} speaks to ${dimension}`)
    checked++
  }
  t.equal(checked, 11)
  t.throws(() => scoreRows({ rows: [], unread: 0 }, { ...source, benchmark: 'none' }), RangeError)
  const one = {
    name: 'first wins',
    n: 4,
    estimate: 0.5,
    interval: undefined,
    unit: 'share',
  } as const
  t.same(scoreRows({ rows: [one], unread: 0 }, { ...source, benchmark: 'mt-bench' }), [])
})

t.test('options that cannot be are refused together, each by its name', async (t) => {
  const path = file('x.jsonl', [{ language: 'en', unsafe: 0 }])
  const told = async (...args: string[]) => (await run('multijail', path, ...args)).err.split('\n')
  t.same(await told('--profile', '--level', 'interaction', '--condition', 'a b', '--from', 'x'), [
    'holdfast score: --level: interaction is further than multijail reaches: response (holdfast audit)',
    'holdfast score: --scaffold: is needed: at the level interaction a pinned scaffold answers',
    'holdfast score: --condition: must be baseline, or as language=bn,format=agentic',
    'holdfast score: --to: is missing: a window has both ends',
    '',
  ])
  t.same(await told('--profile', '--level', 'deployment', '--scaffold', scaffold), [
    'holdfast score: --level: deployment is further than multijail reaches: response (holdfast audit)',
    '',
  ])
  t.same(await told('--profile', '--scaffold', 'abc', '--from', 'b', '--to', '2026-01-01'), [
    'holdfast score: --scaffold: is no SHA-256 in 64 hexadecimal digits',
    'holdfast score: --level: must be response or interaction: with a scaffold it is no bare model',
    'holdfast score: --from: is no time as 2026-01-31T00:00:00Z',
    '',
  ])
  t.same(await told('--model', 'm'), ['holdfast score: --model: is of --profile alone', ''])
  t.same(await told('--json', '--profile'), [
    'holdfast score: --json and --profile are two forms: give one',
    '',
  ])
  t.same(await told('--profile', '--level', 'far', '--model', ''), [
    'holdfast score: --level: must be one of model, response',
    'holdfast score: --model: must have 1 to 200 characters',
    '',
  ])
})
