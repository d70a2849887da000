/**
 * The schema as a flat list of keys, each with its names in the file, the environment and on the
 * command line. All three are made from the schema's words, never written by hand.
 */
import { configSchema } from './schema.ts'

/** The part of JSON Schema that schema.ts uses. */
export interface SchemaNode {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly items?: SchemaNode
  readonly default?: unknown
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  /** A check that no pattern can make; see formats in check-value.ts. */
  readonly format?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly additionalProperties?: boolean
}

export interface Key {
  /** As in code: ['proxy', 'connectTimeoutMs']. */
  readonly path: readonly string[]
  /** As in the file: proxy.connect_timeout_ms. */
  readonly name: string
  /** HOLDFAST_PROXY_CONNECT_TIMEOUT_MS */
  readonly env: string
  /** proxy-connect-timeout-ms */
  readonly flag: string
  readonly node: SchemaNode
  /** False for lists of sections, which have no form on one line. */
  readonly onOneLine: boolean
}

const parsed: SchemaNode = JSON.parse(JSON.stringify(configSchema))
export const rootNode = parsed

export const snakeCase = (word: string): string =>
  word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function keysUnder(node: SchemaNode, path: readonly string[]): Key[] {
  return Object.entries(node.properties ?? {}).flatMap(([word, child]) => {
    const childPath = [...path, word]
    if (child.type === 'object') return keysUnder(child, childPath)
    const words = childPath.map(snakeCase)
    return [
      {
        path: childPath,
        name: words.join('.'),
        env: `HOLDFAST_${words.join('_').toUpperCase()}`,
        flag: words.join('-').replaceAll('_', '-'),
        node: child,
        onOneLine: child.items?.type !== 'object',
      },
    ]
  })
}

export const keys: readonly Key[] = keysUnder(rootNode, [])

/** Where the file itself is named. */
export const configFileEnv = 'HOLDFAST_CONFIG'
export const configFileFlag = 'config'

/** What a value must be, in words; `describeNode` of a list speaks of its items. */
export function describeNode(node: SchemaNode): string {
  if (node.enum !== undefined) return `one of ${node.enum.join(', ')}`
  switch (node.type ?? 'string') {
    case 'boolean':
      return 'true or false'
    case 'integer':
      return `a whole number from ${node.minimum ?? '-∞'} to ${node.maximum ?? '∞'}`
    case 'number':
      return `a number from ${node.minimum ?? '-∞'} to ${node.maximum ?? '∞'}`
    case 'array':
      return describeList(node)
    case 'object':
      return 'a section'
    default:
      return describeText(node)
  }
}

function describeList(node: SchemaNode): string {
  const unique = node.uniqueItems === true ? ' different' : ''
  return `a list of ${node.minItems ?? 0} to ${node.maxItems ?? '∞'}${unique} items`
}

function describeText(node: SchemaNode): string {
  if (node.pattern !== undefined) return `a text like ${node.pattern}`
  if (node.maxLength !== undefined)
    return `a text of ${node.minLength ?? 0} to ${node.maxLength} characters`
  return node.minLength === undefined ? 'a text' : 'a text that is not empty'
}
