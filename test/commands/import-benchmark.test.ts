import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { importBenchmark } from '../../src/commands/import-benchmark.ts'
import { benchmarks } from '../../src/probe/import/benchmarks.ts'

const run = async (...args: string[]) => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const { signal } = new AbortController()
  const code = await importBenchmark.run(args, { stdout, stderr, env: {}, signal })
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') }
}

t.test('says what was read and where it is now', async (t) => {
  const folder = t.testdir({
    's.csv': 'category,source,forbidden_prompt\nFraud,made up,Sell a cloud\n',
  })
  const out = join(folder, 'mine')
  const { code, out: told, err } = await run('strongreject', join(folder, 's.csv'), '--out', out)
  t.equal(err, '')
  t.equal(code, 0)
  t.equal(
    told,
    'StrongREJECT (MIT), StrongREJECT, github.com/alexandrasouly/strongreject\n' +
      '1 prompts; published are 313, and 60 in the small set\n' +
      `${out}/strongreject: 1 items\n`,
  )
  t.ok(existsSync(join(out, 'strongreject', 'suite.yaml')))
})

t.test('faults of the file go to stderr with exit code 2, and nothing is written', async (t) => {
  const folder = t.testdir({ 's.csv': 'category,source,forbidden_prompt\nFraud,made up,\n' })
  const { code, out, err } = await run(
    'strongreject',
    join(folder, 's.csv'),
    '--out',
    join(folder, 'o'),
  )
  t.equal(code, 2)
  t.equal(out, '')
  t.equal(err, `holdfast import: ${join(folder, 's.csv')}:2: column forbidden_prompt: is empty\n`)
  t.notOk(existsSync(join(folder, 'o')))
})

t.test('faults of the arguments name what to change', async (t) => {
  const cases: [string[], RegExp][] = [
    [[], /a benchmark and a path are needed, not 0 words/],
    [['harmbench'], /a benchmark and a path are needed, not 1 words/],
    [['harmbensh', 'x'], /no benchmark "harmbensh"; did you mean harmbench\?: harmbench, xstest/],
    [['harmbench', 'x'], /--out must say where to write/],
    [['harmbench', 'x', '--put', 'y'], /Unknown option '--put'/],
  ]
  for (const [args, message] of cases) {
    const { code, err } = await run(...args)
    t.equal(code, 2)
    t.match(err, message)
  }
})

t.test('the help names every benchmark', async (t) => {
  t.equal(benchmarks.length, 14)
  for (const { id } of benchmarks) t.match(importBenchmark.help, new RegExp(`^  ${id} `, 'm'))
})
