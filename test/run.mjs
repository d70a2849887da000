/**
 * Runs the test files, as many side by side as there are processors: those that are named or stand in a
 * folder that is named, or all.
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

const asked = process.argv.slice(2).map((name) => join(name))
const isAsked = (file) => asked.some((name) => file === name || file.startsWith(`${name}/`))
const files = asked.length > 0 ? all.filter(isAsked) : all
if (files.length === 0) throw new Error(`no test file is ${asked.join(' or ')}`)
t.jobs = Number(process.env.HOLDFAST_TEST_JOBS ?? availableParallelism())
/** The long forms of tests are asked for, and known to be long. */
const isLongRun = process.env.HOLDFAST_TEST_SLOW === '1' || process.env.HOLDFAST_FUZZ !== undefined
const timeout = isLongRun ? 7_200_000 : 600_000
// A whole suite takes longer than one test may.
t.setTimeout(0)
for (const file of files) {
  void t.spawn(
    process.execPath,
    ['--import=tsx', '--enable-source-maps', file],
    { buffered: true, timeout, env: { ...process.env, TAP_TIMEOUT: String(timeout / 1000) } },
    file,
  )
}
