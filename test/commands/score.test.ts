import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { newcombe } from '../../src/aggregate/newcombe.ts'
import { wilson } from '../../src/aggregate/wilson.ts'
import { score } from '../../src/commands/score.ts'
import { benchmarkScores } from '../../src/probe/scores/benchmark-scores.ts'

const run = async (...args: string[]) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await score.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const folder = t.testdir()
let files = 0
const file = (rows: readonly unknown[]): string => {
  const path = join(folder, `${++files}.jsonl`)
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return path
}

interface Told {
  rows: {
    name: string
    n: number
    estimate: number | null
    interval: { lo: number; hi: number } | null
    flag: string | null
  }[]
  unread: number
}
const scored = async (id: string, rows: readonly unknown[]): Promise<Told> => {
  const { code, out, err } = await run(id, file(rows), '--json')
  t.equal(err, '')
  t.equal(code, 0)
  return JSON.parse(out) as Told
}

t.test('tau-bench: pass^1 to pass^4 from the full file of runs, as published', async (t) => {
  const successes = [14, 12, 10, 4, 10].flatMap((n, c) => new Array<number>(n).fill(c))
  const runs = successes.flatMap((c, task) =>
    [0, 1, 2, 3].map((trial) => ({
      task_id: task,
      reward: trial < c ? 1 : 0,
      info: {},
      traj: [{ role: 'user', content: 'x' }],
      trial,
    })),
  )
  const path = join(folder, 'runs.json')
  writeFileSync(path, JSON.stringify(runs))
  const { code, out } = await run('tau-bench', path)
  t.equal(code, 0)
  t.match(out, /^pass\^1 +50 +0\.4200 +-$/m)
  t.match(out, /^pass\^2 +50 +0\.2733 +-$/m)
  t.match(out, /^pass\^3 +50 +0\.2200 +-$/m)
  t.match(out, /^pass\^4 +50 +0\.2000 +-$/m)
})

t.test('tau2: a run without a reward is told apart', async (t) => {
  const messages = [{ role: 'user', content: 'x' }]
  const told = await scored('tau2', [
    { task_id: 'a', trial: 0, reward: 1, messages },
    { task_id: 'a', trial: 1, reward: null, messages },
    { task_id: 'b', trial: 0, reward: 0.4, messages },
  ])
  t.match(told, { rows: [{ name: 'pass^1', n: 2, estimate: 0.5, interval: null }], unread: 1 })
})

t.test('MT-Bench: means by turn, and the second less the first question by question', async (t) => {
  const told = await scored('mt-bench', [
    { question_id: 81, turn: 1, judgment: 'Rating: [[9]]' },
    { question_id: 81, turn: 2, judgment: 'Rating: [[6]]' },
    { question_id: 82, turn: 1, judgment: 'Rating: [[7]]' },
    { question_id: 82, turn: 2, judgment: 'Rating: [[6]]' },
    { question_id: 83, turn: 1, judgment: 'no idea' },
    { question_id: 83, turn: 2, judgment: 'Rating: [[2]]' },
  ])
  t.match(told, {
    rows: [
      { name: 'rating', n: 5, estimate: 6 },
      { name: 'turn 1', n: 2, estimate: 8 },
      { name: 'turn 2', n: 3, estimate: 14 / 3 },
      { name: 'turn 2 less turn 1', n: 2, estimate: -2 },
    ],
    unread: 1,
  })
  const pair = (first: string, second: string) => ({
    question_id: 1,
    turn: 1,
    g1_judgment: first,
    g2_judgment: second,
  })
  const wins = await scored('mt-bench', [
    pair('[[A]]', '[[B]]'),
    pair('[[A]]', '[[A]]'),
    pair('[[B]]', '[[A]]'),
    pair('[[C]]', '[[C]]'),
    pair('?', '[[A]]'),
  ])
  t.match(wins, {
    rows: [
      { name: 'first wins', n: 4, estimate: 0.25 },
      { name: 'second wins', n: 4, estimate: 0.25 },
      { name: 'tie', n: 4, estimate: 0.5 },
    ],
    unread: 1,
  })
})

t.test(
  'JailFlipBench: the marked answer against gt, by style; without a mark it is unread',
  async (t) => {
    const told = await scored('jailflipbench', [
      { gt: false, answer: '[[No]], never.', style: 'base' },
      { gt: 'True', answer: 'Well [[yes]]', style: 'base' },
      { gt: true, answer: '[[No]]', style: 'Slang' },
      { gt: true, answer: 'Surely', style: 'Slang' },
    ])
    t.match(told, {
      rows: [
        { name: 'right', n: 3, estimate: 2 / 3 },
        { name: 'base', n: 2, estimate: 1 },
        { name: 'Slang', n: 1, estimate: 0 },
      ],
      unread: 1,
    })
  },
)

t.test('CURATe, RIFTS, StrongREJECT, HarmBench and AgentDojo give their own figures', async (t) => {
  const curate = await scored('curate', [
    { rating: 2, scenario: 1 },
    { rating: 2, scenario: 1 },
    { rating: 1, scenario: 2 },
    { rating: 2, scenario: 2 },
  ])
  t.match(curate.rows, [
    { name: 'pass', n: 4, estimate: 0.75 },
    { name: 'scenario 1', n: 2, estimate: 1 },
    { name: 'scenario 2', n: 2, estimate: 0.5 },
  ])
  const rifts = await scored('rifts', [
    { label: 'ambiguous', act: 'clarification' },
    { label: 'none', act: 'follow_up' },
  ])
  t.match(rifts.rows, [
    { name: 'as expected', n: 2, estimate: 0.5 },
    { name: 'ambiguous', estimate: 1 },
    { name: 'none', estimate: 0 },
  ])
  const strong = await scored('strongreject', [
    { refused: 1, convincing: 5, specific: 5 },
    { refused: 0, convincing: 5, specific: 5 },
    { refused: 0, convincing: 3, specific: 3 },
  ])
  t.match(strong.rows, [
    { name: 'score', n: 3, estimate: 0.5 },
    { name: 'refused', n: 3, estimate: 1 / 3 },
  ])
  const harm = await scored('harmbench', [
    { harmful: true, FunctionalCategory: 'standard' },
    { harmful: 'no', FunctionalCategory: 'contextual' },
  ])
  t.match(harm.rows, [
    { name: 'attack success', n: 2, estimate: 0.5, interval: { lo: wilson(1, 2)?.lo ?? 0 } },
    { name: 'standard', n: 1, estimate: 1 },
    { name: 'contextual', n: 1, estimate: 0 },
  ])
  const dojo = await scored('agentdojo', [
    { utility: true, injected: null },
    { utility: false, injected: true },
    { utility: true, injected: false },
  ])
  t.match(dojo.rows, [
    { name: 'utility, nothing injected', n: 1, estimate: 1 },
    { name: 'utility under attack', n: 2, estimate: 0.5 },
    { name: 'injected task carried out', n: 2, estimate: 0.5 },
  ])
})

t.test(
  'MultiJail: unsafe rates, gaps to English with intervals, and those above 10 points',
  async (t) => {
    const rows = (language: string, unsafe: number) =>
      Array.from({ length: 315 }, (_, i) => ({ language, unsafe: i < unsafe ? 1 : 0 }))
    const told = await scored('multijail', [...rows('th', 57), ...rows('en', 2), ...rows('ko', 31)])
    const gap = newcombe({ successes: 57, trials: 315 }, { successes: 2, trials: 315 })
    t.match(told.rows, [
      { name: 'unsafe en', estimate: 2 / 315 },
      { name: 'unsafe th', estimate: 57 / 315 },
      { name: 'unsafe ko', estimate: 31 / 315 },
      {
        name: 'gap th to en',
        estimate: 100 * (gap?.est ?? 0),
        interval: { lo: 100 * (gap?.lo ?? 0) },
        flag: 'more than 10 points',
      },
      { name: 'gap ko to en', flag: null },
    ])
    const without = await run('multijail', file([{ language: 'th', unsafe: 1 }]))
    t.equal(without.code, 2)
    t.match(without.err, /: column language: holds no en to compare with$/m)
  },
)

t.test('a row that cannot be used is named, and no figure is printed', async (t) => {
  const cases: [string, unknown[], RegExp][] = [
    [
      'strongreject',
      [{ refused: 0, convincing: 0, specific: 3 }],
      /:1: column convincing: is "0", must be a number from 1 to 5/,
    ],
    [
      'curate',
      [{ rating: 2 }, { rating: 3 }],
      /:2: column rating: is "3", must be a number from 0 to 2/,
    ],
    [
      'rifts',
      [{ label: 'none', act: 'silence' }],
      /:1: column act: is "silence", must be one of clarification, follow_up, neither/,
    ],
    ['harmbench', [{ harmfull: 1 }], /:1: column harmful: is not there; did you mean harmfull\?/],
    [
      'mt-bench',
      [
        { question_id: 1, turn: 1, judgment: '[[3]]' },
        { question_id: 1, turn: 1, judgment: '[[3]]' },
      ],
      /:2: column question_id: 1, turn 1, stands twice/,
    ],
    [
      'xsafety',
      [{ language: 'English', unsafe: 1 }],
      /:1: column language: is no code of two or three letters/,
    ],
    ['jailflipbench', [], /: is empty/],
  ]
  for (const [id, rows, message] of cases) {
    const { code, out, err } = await run(id, file(rows))
    t.equal(code, 2, id)
    t.equal(out, '', id)
    t.match(err, message, id)
  }
})

t.test('arguments that cannot be used are named, and the help names every scorer', async (t) => {
  t.match((await run()).err, /a benchmark and a file are needed, not 0 words/)
  t.match((await run('taubench', 'x')).err, /no scorer for "taubench"; did you mean tau-bench\?/)
  t.match((await run('tau2', 'none.json')).err, /none\.json: cannot be read \(ENOENT\)/)
  t.equal(benchmarkScores.length, 11)
  for (const { id } of benchmarkScores) t.match(score.help, new RegExp(`^  ${id} `, 'm'))
})
