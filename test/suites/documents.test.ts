/** What is written about the suites is true of them: scorers, expectations, the example. */
import { readFileSync } from 'node:fs'
import t from 'tap'
import { Check } from 'typebox/schema'
import { parse } from 'yaml'
import { scorerIds } from '../../src/probe/scoring.ts'
import { categories, isFields, listOf, suitesFolder } from './suite-files.ts'

const readme = readFileSync(`${suitesFolder}README.md`, 'utf8')
const guide = readFileSync('docs/adding-a-probe.md', 'utf8')

/** First cells of the table rows under a heading. */
const firstCells = (heading: string): string[] => {
  const [, section = ''] = readme.split(new RegExp(`^#+ ${heading}$`, 'm'))
  return [...(section.split(/^#/m)[0] ?? '').matchAll(/^\| `([a-z_-]+)`/gm)].map(
    ([, cell = '']) => cell,
  )
}

void t.test('the table of scorers names those there are', async (t) => {
  t.same(firstCells('Scorers').sort(), [...scorerIds].sort())
})

void t.test('the table of categories names those there are', async (t) => {
  t.same(firstCells('Categories'), categories)
})

void t.test('the example of a new probe keeps to the schema', async (t) => {
  const [, block = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? []
  const items = listOf(parse(block))
  const schema: unknown = JSON.parse(
    readFileSync(`${suitesFolder}schema/refusal-core.schema.json`, 'utf8'),
  )
  t.equal(items.length, 2)
  t.ok(isFields(schema) && Check({ ...schema }, { items }))
})
