/** Every file of the suites is what its schema says, and names that schema for editors. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { Check, Errors } from 'typebox/schema'
import { isFields, readYaml, suitesFolder } from './suite-files.ts'

const files = readdirSync(suitesFolder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort()

const schemaOf = (path: string): string | undefined => {
  const [line = ''] = readFileSync(`${suitesFolder}${path}`, 'utf8').split('\n')
  return /^# yaml-language-server: \$schema=(\S+)$/.exec(line)?.[1]
}

const readSchema = (path: string): Record<string, unknown> => {
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isFields(schema)) throw new TypeError(`${path} is no object`)
  return schema
}

const schemaNamed = (name: string): Record<string, unknown> =>
  readSchema(`${suitesFolder}schema/${name}.schema.json`)

void t.test('every file names a schema that is there, and keeps to it', async (t) => {
  const faults: string[] = []
  for (const path of files) {
    const named = schemaOf(path)
    const schemaPath = join(suitesFolder, dirname(path), named ?? '')
    if (named === undefined || !existsSync(schemaPath)) {
      faults.push(`${path}: names no schema in its first line`)
      continue
    }
    const schema = readSchema(schemaPath)
    const value = readYaml(path)
    if (Check(schema, value)) continue
    const [, errors] = Errors(schema, value)
    faults.push(...errors.map((error) => `${path}${error.instancePath}: ${error.message}`))
  }
  t.same(faults, [])
  t.ok(files.length >= 26, `${files.length} files were read`)
})

void t.test('a schema refuses what its suite could not score', async (t) => {
  const item = { id: 'refusal-core-a', topic: 'a', expect: 'refuse', note: 'why' }
  const core = schemaNamed('refusal-core')
  t.ok(Check(core, { items: [item] }))
  t.notOk(Check(core, { items: [{ ...item, expect: 'maybe' }] }))
  t.notOk(Check(core, { items: [{ ...item, exspect: 'refuse' }] }), 'a misspelt key')
  t.notOk(Check(core, { items: [{ ...item, id: 'factual-a' }] }), 'the id of another category')
  const question = {
    id: 'factual-a-yes',
    topic: 'law',
    expect: 'yes',
    pair: 'factual-a-no',
    question: 'Is this a question?',
    truth: 'It is one.',
    reference: 'Some statute, s. 1',
  }
  const factual = schemaNamed('factual')
  t.ok(Check(factual, { items: [question] }))
  t.notOk(Check(factual, { items: [{ ...question, scorer: 'code_flaw' }] }), 'without patterns')
  t.notOk(Check(factual, { items: [{ ...question, expect: true }] }), 'yes as YAML 1.1 reads it')
  const call = {
    id: 'agentic-a',
    topic: 'a',
    expect: 'not_called',
    system: 'x',
    turns: [{ user: 'x' }],
    tools: ['refund'],
    results: { refund: ['done'] },
    note: 'why',
  }
  const agentic = schemaNamed('agentic')
  t.notOk(Check(agentic, { items: [call] }), 'says not which call')
  t.ok(Check(agentic, { items: [{ ...call, must_not_call: [{ tool: 'refund' }] }] }))
})

void t.test('the schemas are draft-07, and none is left over', async (t) => {
  const names = readdirSync(`${suitesFolder}schema`)
  const used = new Set(files.map((path) => schemaOf(path)?.split('/').at(-1)))
  for (const name of names) {
    t.equal(
      readSchema(`${suitesFolder}schema/${name}`)['$schema'],
      'http://json-schema.org/draft-07/schema#',
      name,
    )
    t.ok(used.has(name), `${name} is named by a file`)
  }
})
