/** The fault list is whole: every number has what tests it, and what it names is there. */
import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { faults } from '../faults/faults.ts'

const numbers = Array.from({ length: 40 }, (_, i) => `F${String(i + 1).padStart(2, '0')}`)

t.test('F01 to F40 stand in the list, each once', async (t) => {
  t.strictSame(
    faults.map(({ id }) => id),
    numbers,
  )
})

t.test('every fault is run, or held by a test, or says what is missing', async (t) => {
  for (const { id, scenarios = [], tests = [], missing } of faults) {
    t.ok(scenarios.length + tests.length > 0 || (missing ?? '').length > 10, id)
  }
  const runs = faults.flatMap(({ id, scenarios = [] }) =>
    scenarios.map(({ variant }) => `${id} ${variant}`),
  )
  t.equal(new Set(runs).size, runs.length, 'no two runs have one name')
  t.ok(runs.length >= 60, `${runs.length} ways to inject a fault`)
})

t.test('the tests that are named exist under these words', async (t) => {
  let looked = 0
  for (const { id, tests = [] } of faults) {
    for (const { file, title } of tests) {
      looked++
      t.ok(
        existsSync(file) && readFileSync(file, 'utf8').includes(title),
        `${id}: ${file}: ${title}`,
      )
    }
  }
  t.ok(looked >= 35, `${looked} tests named`)
})

t.test('docs/faults.md names every fault, and no other', async (t) => {
  const text = readFileSync('docs/faults.md', 'utf8')
  const described = text.slice(text.indexOf('## What each fault is'))
  const rows = [...described.matchAll(/^\| (F\d\d) \|/gm)].map(([, id]) => id)
  t.strictSame(rows, numbers)
  for (const { id, promise } of faults) t.ok(described.includes(promise.replaceAll('|', '\\|')), id)
})
