/** The committed chart is the generated one, and its values and its templates know the same names. */
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { chartValues } from '../../helm/src/chart-values.ts'
import { chartFolder, generatedChart } from '../../helm/src/generated.ts'
import type { ValueNode } from '../../helm/src/value-node.ts'
import { keys } from '../../src/config/keys.ts'
import { isJsonObject, valueAt } from '../../src/decode/untrusted-json.ts'
import { packageVersion } from '../../src/version.ts'

const generated = generatedChart()
const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()

t.test('values, schema, page, rules and dashboards are what the generator writes', async (t) => {
  for (const [path, text] of generated) {
    t.equal(readFileSync(path, 'utf8'), text, `${path}: npm run chart`)
  }
  const copies = [...generated.keys()].filter((path) => path.startsWith(`${chartFolder}/files/`))
  t.same(filesUnder(`${chartFolder}/files`), copies.sort(), 'and nothing else is copied')
  t.ok(copies.length >= 9, `${copies.length} copies`)
})

t.test('the chart is of the version of the package', async (t) => {
  const chart: unknown = parse(readFileSync(`${chartFolder}/Chart.yaml`, 'utf8'))
  t.match(chart, { apiVersion: 'v2', version: packageVersion, appVersion: packageVersion })
})

t.test('values.yaml is the defaults of the schema', async (t) => {
  const defaultsOf = (values: Readonly<Record<string, ValueNode>>): unknown =>
    Object.fromEntries(
      Object.entries(values).map(([name, { properties, default: value }]) => [
        name,
        properties === undefined ? value : defaultsOf(properties),
      ]),
    )
  t.same(parse(generated.get(`${chartFolder}/values.yaml`) ?? ''), defaultsOf(chartValues))
})

const schema: unknown = JSON.parse(generated.get(`${chartFolder}/values.schema.json`) ?? '')

t.test('every key of the configuration is a value, but for the two that follow', async (t) => {
  const config = valueAt(valueAt(schema, 'properties'), 'config')
  const leaves = (node: unknown, path: string): string[] => {
    const properties = valueAt(node, 'properties')
    if (!isJsonObject(properties)) return [path]
    return Object.entries(properties).flatMap(([word, child]) =>
      leaves(child, path === '' ? word : `${path}.${word}`),
    )
  }
  const expected = keys.map(({ name }) => name).filter((name) => !/^(listen|admin)$/.test(name))
  t.same(leaves(config, ''), expected)
  t.ok(expected.length > 100)
})

t.test('no section takes a word that it does not know', async (t) => {
  let sections = 0
  const visit = (node: unknown, path: string): void => {
    if (Array.isArray(node)) {
      for (const [at, child] of node.entries()) visit(child, `${path}/${at}`)
    } else if (isJsonObject(node)) {
      if (isJsonObject(node['properties']) && node['type'] === 'object') {
        sections++
        t.equal(node['additionalProperties'], false, path)
      }
      for (const [word, child] of Object.entries(node)) visit(child, `${path}/${word}`)
    }
  }
  visit(schema, '')
  t.ok(sections > 30, `${sections} sections`)
})

t.test('every value is used by a template, and every value that is used exists', async (t) => {
  const text = filesUnder(`${chartFolder}/templates`)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  const used = [...text.matchAll(/(?:\.Values|\$values)((?:\.[A-Za-z]+)+)/g)].map(([, path = '']) =>
    path.slice(1).split('.'),
  )
  for (const path of used) {
    let values: Readonly<Record<string, ValueNode>> | undefined = chartValues
    for (const word of path) {
      // What stands under `config` is holdfast's own.
      if (values === undefined) break
      t.ok(values[word], path.join('.'))
      values = values[word]?.properties
    }
  }
  t.ok(used.length > 80, `${used.length} uses`)
  // A section that is handed on whole needs no use of its parts.
  const whole = new Set([...text.matchAll(/toYaml \.Values\.(\w+)/g)].map(([, name]) => name))
  const leaves = (values: Readonly<Record<string, ValueNode>>): string[] =>
    Object.entries(values).flatMap(([name, { properties }]) =>
      properties === undefined || whole.has(name) ? [name] : leaves(properties),
    )
  t.same(
    leaves(chartValues).filter((name) => !new RegExp(`\\.${name}\\b`).test(text)),
    [],
  )
})
