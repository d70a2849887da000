import { readFileSync } from 'node:fs'
import t from 'tap'
import { Check } from 'typebox/value'
import { parse } from 'yaml'
import { generatedDocs } from '../../src/commands/docs.ts'
import { jsonSchema, optionsText } from '../../src/config/describe.ts'
import { keys } from '../../src/config/keys.ts'
import { loadText } from '../../src/config/load.ts'

t.test('the committed pages are the ones that the code makes', (t) => {
  const docs = generatedDocs()
  t.ok(docs.has('configuration.md') && docs.has('errors.md'))
  for (const [name, text] of docs) {
    const committed = readFileSync(`docs/${name}`, 'utf8')
    t.equal(committed, text, `docs/${name}: run \`node dist/cli.js docs\``)
  }
  t.end()
})

t.test('the example of the page is a valid configuration', (t) => {
  const page = generatedDocs().get('configuration.md') ?? ''
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  t.equal(loadText(example).ok, true)
  t.end()
})

t.test('the JSON Schema takes the words of the file and refuses others', (t) => {
  const schema: object = JSON.parse(JSON.stringify(jsonSchema()))
  t.ok(
    Check(schema, parse('routes: [{prefix: /, upstream: http://h}]\nproxy: {connections_max: 5}')),
  )
  t.notOk(Check(schema, parse('proxy: {connectionsMax: 5}')))
  t.notOk(Check(schema, parse('routes: [{prefix: /}]')))
  t.end()
})

t.test('the help names every key that has a form on one line', (t) => {
  const text = optionsText()
  for (const key of keys) t.equal(text.includes(`--${key.flag} `), key.onOneLine, key.flag)
  t.end()
})
