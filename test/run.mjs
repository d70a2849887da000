/**
 * Runs the test files, as many side by side as there are processors: those that are named or stand in a
 * folder that is named, or all. They are compiled first and then run by Node alone: a loader of sources in
 * every process, as `tap run` has it, costs more than most tests do.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, symlinkSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import t from 'tap'

/** What takes longest is begun first, so that nothing long is left for the end: these, then these folders. */
const longest = [
  'test/commands/train-judge.test.ts',
  'test/image/dockerfile.test.ts',
  'test/e2e/faults.test.ts',
  'test/e2e/drift.test.ts',
  'test/app.test.ts',
  'test/e2e/fleet-faults.test.ts',
  'test/e2e/status.test.ts',
  'test/e2e/replay.test.ts',
  'test/watch/live-traffic.test.ts',
  'test/probe/planted-gaps.test.ts',
]
const isLong = (file) => /^test\/(?:e2e|image|rules|dashboards|commands|probe|state)\b/.test(file)
const rank = (file) => (longest.includes(file) ? longest.indexOf(file) : isLong(file) ? 100 : 101)
const all = readdirSync('test', { recursive: true })
  .map((file) => join('test', file))
  .filter((file) => file.endsWith('.test.ts'))
  .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))

const asked = process.argv.slice(2).map((name) => join(name))
const isAsked = (file) => asked.some((name) => file === name || file.startsWith(`${name}/`))
const files = asked.length > 0 ? all.filter(isAsked) : all
if (files.length === 0) throw new Error(`no test file is ${asked.join(' or ')}`)

const compiled = '.cache/tests'
execFileSync('node_modules/.bin/tsc', ['-p', 'test/tsconfig.run.json'], { stdio: 'inherit' })
// What the sources read beside themselves.
for (const name of ['package.json', 'suites']) {
  rmSync(join(compiled, name), { force: true })
  symlinkSync(join('../..', name), join(compiled, name))
}

t.jobs = Number(process.env.HOLDFAST_TEST_JOBS ?? availableParallelism())
/** The long forms of tests are asked for, and known to be long. */
const isLongRun = process.env.HOLDFAST_TEST_SLOW === '1' || process.env.HOLDFAST_FUZZ !== undefined
const timeout = isLongRun ? 7_200_000 : 600_000
// A whole suite takes longer than one test may.
t.setTimeout(0)
for (const file of files) {
  // Nor the hooks for coverage, which tap puts into the options of what it starts.
  const words = ['-u', 'NODE_OPTIONS', process.execPath, '--enable-source-maps']
  void t.spawn(
    'env',
    [...words, join(compiled, file.replace(/\.ts$/, '.js'))],
    { buffered: true, timeout, env: { ...process.env, TAP_TIMEOUT: String(timeout / 1000) } },
    file,
  )
}
