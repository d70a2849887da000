/** docs/fuzzing.md and the properties in the tests say the same, both ways. */
import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import t from 'tap'
import { type FuzzName, fuzz, fuzzMode, fuzzRuns, fuzzTable } from './fuzz-runs.ts'

const rows = Object.entries(fuzzTable)
const thousands = (n: number): string => n.toLocaleString('en-US').replaceAll(',', ' ')

t.test('the page has a row for each property, with its file and counts', async (t) => {
  const page = readFileSync('docs/fuzzing.md', 'utf8')
  const found = [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| `([^`]+)` \| (.*) \|$/gm)].map(
    ([, name, file, counts]) => `${name} ${file} ${counts}`,
  )
  const wanted = rows.map(
    ([name, [file, ...counts]]) => `${name} ${file} ${counts.map(thousands).join(' | ')}`,
  )
  t.same(found, wanted)
  t.ok(rows.length >= 30)
})

t.test(
  'each property is in the file that the table names, once, and each in a file is in the table',
  async (t) => {
    const used = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && name !== 'fuzzing.test.ts')
      .flatMap((name) => {
        const text = readFileSync(`test/${name}`, 'utf8')
        return [...text.matchAll(/\bfuzz\('(\w+)'/g)].map(
          ([, property]) => `${property} test/${name}`,
        )
      })
    t.same(used.sort(), rows.map(([name, [file]]) => `${name} ${file}`).sort())
  },
)

t.test('more runs for a commit than by default, and more again in a night', async (t) => {
  for (const [name, [, few, commit, nightly]] of rows) {
    t.ok(few > 0 && few < commit && commit * 10 <= nightly, name)
  }
})

t.test('a failure is the same each time and says how to repeat it', async (t) => {
  const name: FuzzName = 'depth'
  const failure = (): string => {
    try {
      fc.assert(
        fc.property(fc.nat(), (n) => n < 1000),
        fuzz(name, 5),
      )
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
    return ''
  }
  const text = failure()
  t.match(text, /Counterexample: \[1000\]/)
  t.match(
    text,
    /HOLDFAST_FUZZ_REPEAT=depth:-?\d+:[\d:]+ node test\/run\.mjs test\/enrich\/depth\.test\.ts$/,
  )
  t.equal(failure(), text)
  t.equal(fuzz(name, 5).numRuns, fuzzRuns(name))
  if (fuzzMode === 'few') t.equal(fuzz(name, 5).seed, 5)
})
