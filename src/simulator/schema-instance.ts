/**
 * Makes a value that satisfies a JSON schema of the kind that clients send: objects, arrays, enums,
 * unions, local references. Strings are filled with the text handed in. Bounded in depth and width:
 * a schema comes from a client.
 */
import { arrayAt, isJsonObject, stringAt, valueAt } from '../decode/untrusted-json.ts'
import { uniform } from './seeded.ts'

const depthMax = 8
const propertiesMax = 64

export interface Fill {
  text: string
  seed: number
}

export const instanceOf = (schema: unknown, fill: Fill): unknown =>
  build(schema, schema, fill, 0, '')

function build(schema: unknown, root: unknown, fill: Fill, depth: number, path: string): unknown {
  if (!isJsonObject(schema) || depth > depthMax) return null
  const reference = stringAt(schema, '$ref')
  if (reference !== undefined) {
    return build(resolve(reference, root), root, fill, depth + 1, path)
  }
  const constant = valueAt(schema, 'const')
  if (constant !== undefined) return constant
  const choices = arrayAt(schema, 'enum')
  if (choices !== undefined && choices.length > 0) {
    return choices[Math.floor(uniform(fill.seed, fill.text, path) * choices.length)]
  }
  const union = arrayAt(schema, 'anyOf') ?? arrayAt(schema, 'oneOf') ?? arrayAt(schema, 'allOf')
  if (union !== undefined && union.length > 0) return build(union[0], root, fill, depth + 1, path)
  return ofType(schema, root, fill, depth, path)
}

function ofType(schema: unknown, root: unknown, fill: Fill, depth: number, path: string): unknown {
  switch (typeOf(schema)) {
    case 'object':
      return objectOf(schema, root, fill, depth, path)
    case 'array': {
      const items = valueAt(schema, 'items')
      return items === undefined ? [] : [build(items, root, fill, depth + 1, `${path}/0`)]
    }
    case 'integer':
    case 'number':
      return numberOf(schema, fill, path)
    case 'boolean':
      return uniform(fill.seed, fill.text, path) < 0.5
    case 'string':
      return fill.text
    default:
      return null
  }
}

/** A `__proto__` key would vanish from a plain object, so the entries are made into one at the end. */
function objectOf(
  schema: unknown,
  root: unknown,
  fill: Fill,
  depth: number,
  path: string,
): unknown {
  const properties = valueAt(schema, 'properties')
  if (!isJsonObject(properties)) return {}
  const entries = Object.entries(properties)
    .slice(0, propertiesMax)
    .map(([key, of]): [string, unknown] => [
      key,
      build(of, root, fill, depth + 1, `${path}/${key}`),
    ])
  return Object.fromEntries(entries)
}

function numberOf(schema: unknown, fill: Fill, path: string): number {
  const minimum = valueAt(schema, 'minimum')
  const maximum = valueAt(schema, 'maximum')
  const from = typeof minimum === 'number' ? minimum : 0
  const to = typeof maximum === 'number' ? maximum : from + 10
  return Math.min(
    to,
    Math.ceil(from) + Math.floor(uniform(fill.seed, fill.text, path) * (to - from)),
  )
}

function typeOf(schema: unknown): string {
  const type = valueAt(schema, 'type')
  if (typeof type === 'string') return type
  if (Array.isArray(type)) {
    const first: unknown = type.find((name) => name !== 'null')
    if (typeof first === 'string') return first
  }
  return valueAt(schema, 'properties') === undefined ? 'string' : 'object'
}

/** Only references within the schema: `#/$defs/Name`. */
function resolve(reference: string, root: unknown): unknown {
  if (!reference.startsWith('#/')) return undefined
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => valueAt(at, key), root)
}
