/**
 * Runs the test files, as many side by side as there are processors: those that are named, or all.
 * `tap run` does the same with its own loaders in every process, which cost more than most tests do.
 */
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import t from 'tap'

/** What holds real servers takes longest, and is begun first so that nothing long is left for the end. */
const isLong = (file) => /^test\/(?:e2e|image|app|rules|commands|probe)\b/.test(file)
const all = readdirSync('test', { recursive: true })
  .map((file) => join('test', file))
  .filter((file) => file.endsWith('.test.ts'))
  .sort((a, b) => Number(isLong(b)) - Number(isLong(a)) || (a < b ? -1 : 1))

const named = process.argv.slice(2)
t.jobs = Number(process.env.HOLDFAST_TEST_JOBS ?? availableParallelism())
const timeout = 600_000
// A whole suite takes longer than one test may.
t.setTimeout(0)
for (const file of named.length > 0 ? named : all) {
  void t.spawn(
    process.execPath,
    ['--import=tsx', '--enable-source-maps', file],
    { buffered: true, timeout, env: { ...process.env, TAP_TIMEOUT: String(timeout / 1000) } },
    file,
  )
}
