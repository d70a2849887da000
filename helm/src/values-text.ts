/** The values of the chart as the three texts that people and Helm read. */
import { stringify } from 'yaml'
import { chartValues } from './chart-values.ts'
import type { Json, ValueNode } from './value-node.ts'

type Values = Readonly<Record<string, ValueNode>>

const lineWidth = 96

/** values.yaml: each value under what it means. */
export function valuesYaml(): string {
  const head = [
    '# Values of the holdfast chart. Made from helm/src/chart-values.ts by `npm run chart`.',
    '# What each may be: values.schema.json. A key that is not here is refused.',
  ]
  return `${[...head, ...yamlLines(chartValues, '')].join('\n')}\n`
}

function yamlLines(values: Values, indent: string): string[] {
  return Object.entries(values).flatMap(([name, node]) => {
    const head = [
      // Values at the top are set apart from each other.
      ...(indent === '' ? [''] : []),
      ...wrapped(meaning(node), lineWidth - indent.length).map((line) => `${indent}# ${line}`),
    ]
    if (node.properties !== undefined) {
      return [...head, `${indent}${name}:`, ...yamlLines(node.properties, `${indent}  `)]
    }
    const value = stringify({ [name]: node.default })
      .trimEnd()
      .split('\n')
    return [...head, ...value.map((line) => `${indent}${line}`)]
  })
}

const meaning = ({ description, enum: words }: ValueNode): string =>
  words === undefined ? description : `${description} One of ${words.join(', ')}.`

function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** values.schema.json, draft-07: the newest that every Helm 3 reads. */
export function valuesSchema(): Json {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the holdfast chart',
    type: 'object',
    additionalProperties: false,
    properties: {
      // Helm hands it to every chart that another one depends on.
      global: { type: 'object' },
      ...propertiesOf(chartValues),
    },
  }
}

const propertiesOf = (values: Values): Record<string, Json> =>
  Object.fromEntries(Object.entries(values).map(([name, node]) => [name, schemaOf(node)]))

function schemaOf({ properties, schemaProperties, ...keywords }: ValueNode): Json {
  const inner = properties === undefined ? schemaProperties : propertiesOf(properties)
  return {
    ...withoutAbsent(keywords),
    ...(inner === undefined ? {} : { properties: { ...inner } }),
  }
}

const withoutAbsent = (keywords: object): Record<string, Json> =>
  JSON.parse(JSON.stringify(keywords))

/** docs/chart-values.md, whole. */
export function valuesPage(): string {
  return `# Values of the Helm chart

Made from helm/src/chart-values.ts by \`npm run chart\`; a test compares them. How to deploy: [deploying](deploying.md).
A value that is not here, or of another type, is refused by the chart's schema, with its path.

| value | default | meaning |
|---|---|---|
${rows(chartValues, '').join('\n')}
`
}

const rows = (values: Values, prefix: string): string[] =>
  Object.entries(values).flatMap(([name, node]) => {
    const row = `| \`${prefix}${name}\` | ${shown(node)} | ${meaning(node).replaceAll('|', '\\|')} |`
    return [row, ...rows(node.properties ?? {}, `${prefix}${name}.`)]
  })

const shown = ({ default: value }: ValueNode): string => {
  if (value === undefined) return ''
  if (value === '' || value === null) return 'empty'
  if (typeof value !== 'object') return `\`${value}\``
  return Object.keys(value).length === 0 ? 'empty' : `\`${JSON.stringify(value)}\``
}
