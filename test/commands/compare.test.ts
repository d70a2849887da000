import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { mcnemarP, pairedDifference } from '../../src/aggregate/mcnemar.ts'
import { compare } from '../../src/commands/compare.ts'
import type { Score } from '../../src/probe/scorers/scorer.ts'
import { type LineCase, runLine } from './compare-lines.ts'

const run = async (...args: string[]) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await compare.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

const folder = t.testdir()
let files = 0
const file = (cases: readonly LineCase[], more = ''): string => {
  const path = join(folder, `${++files}.jsonl`)
  writeFileSync(path, cases.map(runLine).join('') + more)
  return path
}

interface JsonRow {
  by: string
  category: string
  set: string
  value: string | null
  pairs: number
  points: { est: number; lo: number; hi: number } | null
  review: boolean
}
const rowsOf = (out: string): JsonRow[] => (JSON.parse(out) as { rows: JsonRow[] }).rows

/** @param counts pairs that fail in both, only after, only before, in neither */
const sides = (
  counts: readonly [number, number, number, number],
  of: Partial<LineCase> = {},
): [before: LineCase[], after: LineCase[]] => {
  const kinds: [Score, Score][] = [
    ['fail', 'fail'],
    ['pass', 'fail'],
    ['fail', 'pass'],
    ['pass', 'pass'],
  ]
  const pairs = counts.flatMap((n, i) =>
    new Array<[Score, Score]>(n).fill(kinds[i] ?? ['pass', 'pass']),
  )
  const side = (which: 0 | 1): LineCase[] =>
    pairs.map((pair, i) => ({
      ...of,
      probe: `factual-${i}`,
      score: pair[which],
      run: `run_${which}`,
    }))
  return [side(0), side(1)]
}

t.test(
  'points, interval and p are those of paired answers, and a rise above 15 asks for a review',
  async (t) => {
    const [before, after] = sides([3, 11, 1, 25])
    const { code, out } = await run(file(before), file(after), '--json')
    t.equal(code, 1)
    const interval = pairedDifference({ bothYes: 3, firstOnly: 11, secondOnly: 1, bothNo: 25 })
    t.match(rowsOf(out)[0], {
      by: 'category',
      category: 'factual',
      set: 'other',
      value: null,
      pairs: 40,
      probes: 40,
      failed_before: 4,
      failed_after: 14,
      worse: 11,
      better: 1,
      points: { est: 25, lo: 100 * (interval?.lo ?? 0), hi: 100 * (interval?.hi ?? 0) },
      p: mcnemarP(11, 1),
      review: true,
    })
    t.match(JSON.parse(out), {
      review: true,
      rule: { points: 15 },
      before: { run: 'run_0', answers: 40 },
    })
  },
)

t.test('exactly 15 points, or more whose interval holds 0, is no review', async (t) => {
  const cases: [counts: [number, number, number, number], est: number, code: number][] = [
    [[40, 40, 10, 110], 15, 0],
    [[40, 41, 10, 109], 15.5, 1],
    [[0, 2, 0, 6], 25, 0],
    [[0, 0, 30, 70], -30, 0],
  ]
  for (const [counts, est, code] of cases) {
    const [before, after] = sides(counts)
    const told = await run(file(before), file(after), '--json')
    t.equal(told.code, code, String(counts))
    t.ok(Math.abs((rowsOf(told.out)[0]?.points?.est ?? 99) - est) < 1e-9, String(est))
  }
})

t.test(
  'pairs of one probe in several languages widen the interval and count once in the test',
  async (t) => {
    const languages = ['en', 'de', 'fr', 'bn']
    const [before, after] = sides([2, 8, 0, 10])
    const spread = (side: readonly LineCase[]): LineCase[] =>
      side.flatMap((one) =>
        languages.map((language) => ({ ...one, language, condition: `language=${language}` })),
      )
    const { out } = await run(file(spread(before)), file(spread(after)), '--json')
    const alone = await run(file(before), file(after), '--json')
    const [pooled] = rowsOf(out)
    t.match(pooled, { pairs: 80, probes: 20, p: mcnemarP(8, 0) })
    t.same(pooled?.points, rowsOf(alone.out)[0]?.points, 'as wide as the probes alone')
    const german = rowsOf(out).find(({ by, value }) => by === 'language' && value === 'de')
    t.match(german, { pairs: 20, probes: 20, points: pooled?.points })
    t.equal(rowsOf(out).filter(({ by }) => by === 'condition').length, 4)
  },
)

t.test('a rise in one language alone is a review, though the others thin it out', async (t) => {
  const [before, after] = sides([0, 8, 0, 32])
  const still = ['en', 'de', 'fr'].flatMap((language) =>
    before.map((one): LineCase => ({ ...one, language, condition: `language=${language}` })),
  )
  const bengali = { language: 'bn', condition: 'language=bn' }
  const first = [...still, ...before.map((one) => ({ ...one, ...bengali }))]
  const second = [
    ...still.map((one) => ({ ...one, run: 'run_1' })),
    ...after.map((one) => ({ ...one, ...bengali })),
  ]
  const { code, out } = await run(file(first), file(second))
  t.equal(code, 1)
  t.match(out, /^factual +other +160 \(40 probes\) +0\.0 % +5\.0 % /m)
  t.match(out, /^Up for review: factual in bn, factual under language=bn \(failure rate/m)
})

t.test('sets of refusals are rows of their own', async (t) => {
  const refuse = {
    category: 'refusal-core' as const,
    scoring: { scorer: 'refusal', expect: 'refuse' } as const,
  }
  const comply = {
    category: 'refusal-core' as const,
    scoring: { scorer: 'refusal', expect: 'comply' } as const,
  }
  const before: LineCase[] = [
    { ...refuse, probe: 'a', score: 'pass' },
    { ...comply, probe: 'b', score: 'fail' },
  ]
  const after: LineCase[] = [
    { ...refuse, probe: 'a', score: 'fail' },
    { ...comply, probe: 'b', score: 'pass' },
  ]
  const { out } = await run(file(before), file(after), '--json')
  t.match(
    rowsOf(out).filter(({ by }) => by === 'category'),
    [
      { set: 'benign', points: { est: -100 } },
      { set: 'should_refuse', points: { est: 100 } },
    ],
  )
})

t.test('what cannot be read and what has no like is counted, never a failure', async (t) => {
  const before: LineCase[] = [
    { probe: 'a', score: 'pass' },
    { probe: 'b', score: 'unscored' },
    { probe: 'c', score: 'unclear' },
    { probe: 'd', score: 'pass' },
    { probe: 'd', score: 'pass', condition: 'depth=5' },
  ]
  const after: LineCase[] = [
    { probe: 'a', score: 'fail' },
    { probe: 'b', score: 'fail' },
    { probe: 'c', score: 'error' },
    { probe: 'e', score: 'fail' },
  ]
  const { out } = await run(file(before), file(after), '--json')
  t.match(rowsOf(out)[0], {
    pairs: 1,
    unscored: { before: 2, after: 1 },
    unpaired: { before: 2, after: 1 },
  })
  const text = (await run(file(before), file(after))).out
  t.match(text, / 2 \/ 1 +2 \/ 1/)
})

t.test('an error that was asked again counts once, another answer twice is a fault', async (t) => {
  const [before, after] = sides([0, 1, 0, 3])
  const again: LineCase = { probe: 'factual-0', score: 'error', run: 'run_1' }
  const { code, out } = await run(file(before), file([again, ...after]), '--json')
  t.equal(code, 0)
  t.match(rowsOf(out)[0], { pairs: 4, worse: 1 })
  const twice = file([...after, ...after.slice(0, 1)])
  const refused = await run(file(before), twice)
  t.equal(refused.code, 2)
  t.equal(refused.err, `holdfast compare: ${twice}:5: factual-0 under chat has an answer already\n`)
})

t.test('a line torn by a crash is left out and told', async (t) => {
  const [before, after] = sides([0, 0, 0, 3])
  const cut = file(after, runLine({ probe: 'factual-9', score: 'fail', run: 'run_1' }).slice(0, 60))
  const { code, out } = await run(file(before), cut)
  t.equal(code, 0)
  t.match(out, /^after : .*, run_1, m, 3 answers, cut short$/m)
})

t.test('other suites, scaffolds or judges are refused by name', async (t) => {
  const plain: LineCase = { probe: 'a', score: 'pass' }
  const cases: [LineCase, LineCase, string][] = [
    [plain, { ...plain, suite: 'bbbb' }, 'suite of factual differs: aaaa before, bbbb after'],
    [
      { ...plain, scaffold: { name: 's', hash: 'cccc' } },
      { ...plain, scaffold: { name: 's', hash: 'dddd' } },
      'scaffold of factual under chat differs: cccc before, dddd after',
    ],
    [
      plain,
      { ...plain, scaffold: { name: 's', hash: 'dddd' } },
      'scaffold of factual under chat differs: none before, dddd after',
    ],
    [
      { ...plain, judge: ['lexical', '1'] },
      { ...plain, judge: ['lexical', '2'] },
      'version of judge lexical differs: 1 before, 2 after',
    ],
    [
      { ...plain, judge: ['lexical', '1'] },
      { ...plain, judge: ['learned', '1'] },
      'judges of factual: lexical before, learned after: none in common',
    ],
    [plain, { ...plain, probe: 'z' }, 'no probe was asked in both runs alike'],
  ]
  for (const [first, second, reason] of cases) {
    const { code, err, out } = await run(file([first]), file([second]))
    t.equal(code, 2)
    t.equal(out, '')
    t.equal(err, `holdfast compare: ${reason}\n`)
  }
})

t.test('a judge that spoke in one run only is told, the provider signal is not', async (t) => {
  const before: LineCase[] = [
    { probe: 'a', score: 'pass', judge: ['lexical', '1'] },
    { probe: 'b', score: 'pass', judge: ['provider_signal', '1'] },
  ]
  const after: LineCase[] = [
    { probe: 'a', score: 'pass', judge: ['lexical', '1'] },
    { probe: 'b', score: 'pass', judge: ['lexical', '1'] },
  ]
  const quiet = await run(file(before), file(after), '--json')
  t.same((JSON.parse(quiet.out) as { notes: string[] }).notes, [])
  const other = after.map((one) =>
    one.probe === 'b' ? { ...one, judge: ['learned', '1'] as [string, string] } : one,
  )
  const told = await run(file(before), file(other), '--json')
  t.same((JSON.parse(told.out) as { notes: string[] }).notes, [
    'judges of factual: lexical before, lexical, learned after',
  ])
})

t.test('a file that is none of a probe run is named with its line', async (t) => {
  const good = file([{ probe: 'a', score: 'pass' }])
  const line = runLine({ probe: 'a', score: 'pass' })
  const edited = (from: string, to: string): string => line.replace(from, to)
  const cases: [string, RegExp][] = [
    ['', /: holds no line of a probe run$/],
    ['nonsense\n', /:1: is not JSON$/],
    ['{}\n', /:1: is no line of a probe run: "run" is missing$/],
    ['[]\n', /:1: is no line of a probe run: "run" is missing$/],
    [
      edited('"factual"', '"fictional"'),
      /:1: is no line of a probe run: "category" is none of its categories$/,
    ],
    [
      edited('"set":"other"', '"set":"all"'),
      /:1: is no line of a probe run: "set" is none of its sets$/,
    ],
    [
      edited('"step":1', '"step":"x"'),
      /:1: is no line of a probe run: "step" or "tool_calls" is missing$/,
    ],
    [edited('"scaffold":null', '"scaffold":4'), /:1: "scaffold" is neither a hash nor null$/],
    [
      edited('"score":"pass"', '"score":"good"'),
      /:1: "outcome" is neither null nor has score, judge and version$/,
    ],
    [`${line}${edited('run_1', 'run_2')}`, /:2: is of run run_2, and the lines before of run_1$/],
  ]
  for (const [content, message] of cases) {
    const path = join(folder, 'bad.jsonl')
    writeFileSync(path, content)
    const { code, err } = await run(good, path)
    t.equal(code, 2)
    t.match(err.trimEnd(), message)
    t.ok(err.includes(path))
  }
  const both = await run(join(folder, 'none'), join(folder, 'nothing'))
  t.match(both.err, /none: cannot be read \(ENOENT\)\n.*nothing: cannot be read \(ENOENT\)\n$/)
})

t.test('the table and the Markdown say the same in words', async (t) => {
  const [before, after] = sides([3, 11, 1, 25])
  const paths = [file(before), file(after)] as const
  const text = await run(...paths)
  t.equal(text.code, 1)
  t.match(
    text.out,
    /^category +set +pairs +failed before +after +points +95 % interval +worse +better +p/m,
  )
  t.match(
    text.out,
    /^factual +other +40 +10\.0 % +35\.0 % +\+25\.0 +\+8\.5 to \+40\.5 +11 +1 +0\.0063 +0 \/ 0 +0 \/ 0 +review$/m,
  )
  t.match(
    text.out,
    /^Up for review: factual \(failure rate up by more than 15 points, interval above 0\)\.$/m,
  )
  t.notMatch(text.out, /By language/, 'one language is no breakdown')
  const markdown = await run(...paths, '--markdown')
  t.match(markdown.out, /^Up for review: factual /)
  t.match(markdown.out, /^\| factual \| other \| 40 \| 10\.0 % \| 35\.0 % \| \+25\.0 \| /m)
})

t.test('arguments that cannot be used are named', async (t) => {
  const cases: [string[], RegExp][] = [
    [['a'], /two files are needed, not 1/],
    [['a', 'b', 'c'], /two files are needed, not 3/],
    [['a', 'b', '--json', '--markdown'], /either --json or --markdown/],
    [['a', 'b', '--points', '5'], /Unknown option/],
  ]
  for (const [args, message] of cases) {
    const { code, err } = await run(...args)
    t.equal(code, 2)
    t.match(err, message)
  }
})
