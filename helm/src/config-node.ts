/** `config` of the values: the schema of holdfast's own file, in the draft of JSON Schema that Helm reads. */
import { jsonSchema } from '../../src/config/describe.ts'
import type { Json, ValueNode } from './value-node.ts'

/** The chart sets them by `mode` and `ports`: two places for one port would disagree. */
const ownedByChart = new Set(['listen', 'admin'])

/** What the formats of the schema check, as far as a pattern can; `holdfast check` does the rest. */
const formatPatterns: ReadonlyMap<string, string> = new Map([
  ['holdfast-upstream', '^https?://'],
  ['holdfast-prefix', '^/'],
])

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && !Array.isArray(value)

/** Formats of our own mean nothing to Helm, and defaults are holdfast's to fill in. */
function forHelm(node: Json): Json {
  if (Array.isArray(node)) return node.map(forHelm)
  if (!isObject(node)) return node
  const out: { [key: string]: Json } = {}
  for (const [word, value] of Object.entries(node)) {
    if (word === 'default') continue
    if (word === 'properties' && isObject(value)) out[word] = everyNode(value)
    else if (word !== 'format') out[word] = forHelm(value)
    else {
      const pattern = typeof value === 'string' ? formatPatterns.get(value) : undefined
      if (pattern !== undefined) out['pattern'] = pattern
    }
  }
  return out
}

/** The names under `properties` are keys of the file: one may be called `default` or `format`. */
const everyNode = (properties: { [key: string]: Json }): { [key: string]: Json } =>
  Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, forHelm(child)]))

function configProperties(): { [key: string]: Json } {
  const root = jsonSchema()
  const properties = isObject(root) ? root['properties'] : undefined
  if (properties === undefined || !isObject(properties)) throw new Error('the schema has no keys')
  return everyNode(
    Object.fromEntries(Object.entries(properties).filter(([key]) => !ownedByChart.has(key))),
  )
}

export const configNode: ValueNode = {
  type: 'object',
  description:
    'The configuration of holdfast, key for key as in its file (docs/configuration.md) but for `listen` and `admin`, which follow from `mode` and `ports`. Files that it names must lie where something is mounted. At least `upstream` or `routes`.',
  default: {},
  additionalProperties: false,
  schemaProperties: configProperties(),
}
