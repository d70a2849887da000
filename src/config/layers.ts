/**
 * What each source says, key by key and still unchecked: command-line flags, HOLDFAST_* variables,
 * the file. A name that belongs to no key is a fault of its source, with the nearest one that does.
 */
import { didYouMean, nearest } from '../did-you-mean.ts'
import type { Fault } from '../error.ts'
import { scrub } from '../scrub.ts'
import {
  configFileEnv,
  configFileFlag,
  type Key,
  keys,
  rootNode,
  type SchemaNode,
  snakeCase,
} from './keys.ts'
import type { YamlTree } from './yaml-tree.ts'

export interface Said {
  key: Key
  value: unknown
  at: string
}

export interface Layer {
  said: Said[]
  faults: Fault[]
  /** The file named by this layer. */
  file?: { path: string; at: string }
}

const oneLine = keys.filter((key) => key.onOneLine)
const byFlag = new Map(oneLine.map((key) => [key.flag, key]))
const byEnv = new Map(oneLine.map((key) => [key.env, key]))

export function readFlags(args: readonly string[]): Layer {
  const layer: Layer = { said: [], faults: [] }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    const match = /^--([^=]+)(?:=([\s\S]*))?$/.exec(arg)
    if (match === null) {
      layer.faults.push({ key: 'arguments', reason: `unexpected argument number ${i + 1}` })
      continue
    }
    const name = match[1] ?? ''
    const key = byFlag.get(name)
    if (key === undefined && name !== configFileFlag) {
      const near = nearest(name, [...byFlag.keys(), configFileFlag])
      const hint = near === undefined ? '' : didYouMean(`--${near}`)
      layer.faults.push({ key: 'arguments', reason: `unknown option --${scrub(name)}${hint}` })
      // Its value, if it has one, is no argument of its own.
      if (match[2] === undefined && isValue(args[i + 1])) i++
      continue
    }
    let value = match[2]
    if (value === undefined && isValue(args[i + 1])) value = args[++i]
    else if (value === undefined && key?.node.type === 'boolean') value = 'true'
    if (value === undefined) {
      layer.faults.push({ key: key?.name ?? 'file', reason: 'needs a value', at: `--${name}` })
      continue
    }
    say(layer, key, value, `--${name}`)
  }
  return layer
}

const isValue = (arg: string | undefined): arg is string =>
  arg !== undefined && !arg.startsWith('--')

function say(layer: Layer, key: Key | undefined, value: string, at: string): void {
  if (key === undefined) layer.file = { path: value, at }
  else layer.said.push({ key, value: fromText(key.node, value), at })
}

/**
 * A Kubernetes Service whose name begins with `holdfast` puts variables of its own into every pod of
 * its namespace (HOLDFAST_SERVICE_HOST, HOLDFAST_PORT_8787_TCP=tcp://…); they are not settings.
 */
const kubernetesService =
  /^HOLDFAST(?:_[A-Z0-9]+)*_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$/
const kubernetesPort = /^HOLDFAST(?:_[A-Z0-9]+)*_PORT$/

const fromKubernetes = (name: string, value: string): boolean =>
  kubernetesService.test(name) ||
  (kubernetesPort.test(name) && /^(?:tcp|udp|sctp):\/\//.test(value))

const prefix = 'HOLDFAST_'

/** An empty variable counts as not set: templates write them so. */
export function readEnvironment(env: NodeJS.ProcessEnv): Layer {
  const layer: Layer = { said: [], faults: [] }
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(prefix) || value === undefined || value === '') continue
    const key = byEnv.get(name)
    if (key !== undefined || name === configFileEnv) say(layer, key, value, name)
    else if (!fromKubernetes(name, value)) {
      const known = [...byEnv.keys(), configFileEnv].map((word) => word.slice(prefix.length))
      const near = nearest(name.slice(prefix.length), known)
      const hint = near === undefined ? '' : didYouMean(prefix + near)
      layer.faults.push({ key: name, reason: `unknown environment variable${hint}` })
    }
  }
  return layer
}

/** Text of a flag or variable as the type its key has; what does not fit stays text and is refused later. */
function fromText(node: SchemaNode, text: string): unknown {
  switch (node.type ?? 'string') {
    case 'integer':
    case 'number':
      return /^-?\d{1,20}(?:\.\d{1,20})?$/.test(text) ? Number(text) : text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'array':
      return text.split(',').map((item) => item.trim())
    default:
      return text
  }
}

export function readTree(tree: YamlTree): Layer {
  const layer: Layer = { said: [], faults: [] }
  // An empty file says nothing.
  if (tree.kind === 'scalar' && tree.value === null) return layer
  readSection(tree, rootNode, [], layer)
  return layer
}

function readSection(
  tree: YamlTree,
  node: SchemaNode,
  path: readonly string[],
  layer: Layer,
): void {
  const at = `line ${tree.line}`
  if (tree.kind !== 'map') {
    layer.faults.push({ key: nameOf(path) || 'file', reason: 'must be a section of keys', at })
    return
  }
  const words = wordsOf(node)
  for (const entry of tree.entries) {
    const word = words.get(entry.key)
    const child = word === undefined ? undefined : node.properties?.[word]
    const childPath = [...path, word ?? entry.key]
    if (word === undefined || child === undefined) {
      layer.faults.push(unknownKey(entry.key, nameOf(path), words.keys(), entry.line))
    } else if (child.type === 'object') readSection(entry.value, child, childPath, layer)
    else {
      const key = keys.find((candidate) => candidate.name === nameOf(childPath))
      if (key === undefined) throw new Error(`schema key without a name: ${nameOf(childPath)}`)
      const value = plain(entry.value, child, key.name, layer)
      layer.said.push({ key, value, at: `line ${entry.line}` })
    }
  }
}

/** A value of one key; the sections of a list (`routes`) get the words that code uses. */
function plain(tree: YamlTree, node: SchemaNode, name: string, layer: Layer): unknown {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') {
    return tree.items.map((item, i) => plain(item, node.items ?? {}, `${name}[${i}]`, layer))
  }
  const words = wordsOf(node)
  const out = new Map<string, unknown>()
  for (const entry of tree.entries) {
    const word = words.get(entry.key)
    const child = word === undefined ? undefined : node.properties?.[word]
    if (word === undefined || child === undefined) {
      layer.faults.push(unknownKey(entry.key, name, words.keys(), entry.line))
    } else out.set(word, plain(entry.value, child, `${name}.${entry.key}`, layer))
  }
  return out
}

const nameOf = (path: readonly string[]): string => path.map(snakeCase).join('.')

const wordsOf = (node: SchemaNode): Map<string, string> =>
  new Map(Object.keys(node.properties ?? {}).map((word) => [snakeCase(word), word]))

function unknownKey(key: string, under: string, known: Iterable<string>, line: number): Fault {
  const full = under === '' ? key : `${under}.${key}`
  const near = nearest(key, known)
  const hint = near === undefined ? '' : didYouMean(under === '' ? near : `${under}.${near}`)
  return { key: full.slice(0, 200), reason: `unknown key${hint}`, at: `line ${line}` }
}
