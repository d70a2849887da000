/**
 * One YAML file of a suite as plain nodes that know their lines. Anchors are resolved; repeated keys,
 * tags, deep nesting and endless expansion are faults. No key of the file becomes a property name.
 */
import { readFileSync, statSync } from 'node:fs'
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { codeOf } from '../error.ts'
import type { SuiteFault } from './suite-fault.ts'

export type YamlNode =
  | { kind: 'map'; line: number; entries: ReadonlyMap<string, YamlEntry> }
  | { kind: 'list'; line: number; items: readonly YamlNode[] }
  | { kind: 'scalar'; line: number; value: string | number | boolean | null }

export interface YamlEntry {
  line: number
  value: YamlNode
}

const fileBytesMax = 4_194_304
const depthMax = 24
/** The parser recurses over open brackets before any depth of ours is looked at. */
const openBracketsMax = 500
const indentMax = 200
/** What anchors may grow a file to. */
const nodesMax = 500_000
/** One slip can make the parser complain of every line behind it. */
const faultsMax = 10

/** Undefined: the faults say why. */
export function readYamlFile(
  path: string,
  shownAs: string,
  faults: SuiteFault[],
): YamlNode | undefined {
  try {
    if (statSync(path).size > fileBytesMax) {
      faults.push({ file: shownAs, line: 1, reason: `over ${fileBytesMax} bytes` })
      return undefined
    }
    return parseYamlText(readFileSync(path, 'utf8'), shownAs, faults)
  } catch (error) {
    const reason = `cannot be read (${codeOf(error) ?? 'unknown error'})`
    faults.push({ file: shownAs, line: 1, reason })
    return undefined
  }
}

export function parseYamlText(
  text: string,
  file: string,
  faults: SuiteFault[],
): YamlNode | undefined {
  const flat = parseFlatText(text)
  if (flat !== undefined) return flat
  if (nestsDeep(text)) {
    faults.push({ file, line: 1, reason: 'nested too deep' })
    return undefined
  }
  const lines = new LineCounter()
  const lineAt = (offset: number): number => lines.linePos(offset).line
  const document = parseDocument(text, {
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  })
  const problems = [...document.errors, ...document.warnings]
  for (const problem of problems.slice(0, faultsMax)) {
    faults.push({
      file,
      line: lineAt(problem.pos[0]),
      reason: `not valid YAML: ${problem.message}`,
    })
  }
  if (problems.length > 0) return undefined
  const walk: Walk = { document, file, faults, lineAt, nodes: 0 }
  return convert(document.contents, 1, 0, walk)
}

const flatLine = /^([a-z][a-z0-9-]*):\s+("(?:[^"\\]|\\.)*")\s*$/

/**
 * Files of texts are lines of `id: "text"` and comments, and there are many: those are read without
 * the parser, which takes a hundred times as long. Undefined: the parser has to say what it is.
 */
function parseFlatText(text: string): YamlNode | undefined {
  const entries = new Map<string, YamlEntry>()
  for (const [index, row] of text.split('\n').entries()) {
    if (row.trim() === '' || row.startsWith('#')) continue
    const match = flatLine.exec(row)
    const [, key = '', quoted = ''] = match ?? []
    if (match === null || entries.has(key)) return undefined
    const value = unquoted(quoted)
    if (value === undefined) return undefined
    const line = index + 1
    entries.set(key, { line, value: { kind: 'scalar', line, value } })
  }
  return entries.size === 0 ? undefined : { kind: 'map', line: 1, entries }
}

/** What JSON reads between double quotes YAML reads alike; the reverse is not so. */
function unquoted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

function nestsDeep(text: string): boolean {
  let open = 0
  for (const line of text.split('\n')) {
    if ((/^ */.exec(line)?.[0].length ?? 0) > indentMax) return true
    for (const letter of line) {
      if (letter === '[' || letter === '{') open++
      else if ((letter === ']' || letter === '}') && open > 0) open--
      if (open > openBracketsMax) return true
    }
  }
  return false
}

interface Walk {
  document: Document.Parsed
  file: string
  faults: SuiteFault[]
  lineAt: (offset: number) => number
  nodes: number
}

function convert(given: unknown, outer: number, depth: number, walk: Walk): YamlNode | undefined {
  const line = lineOf(given, walk) ?? outer
  const fault = (reason: string): undefined => {
    walk.faults.push({ file: walk.file, line, reason })
    return undefined
  }
  const node: unknown = isAlias(given) ? given.resolve(walk.document) : given
  walk.nodes++
  if (walk.nodes > nodesMax) return walk.nodes === nodesMax + 1 ? fault('too large') : undefined
  if (depth > depthMax) return fault('nested too deep')
  if (node === null || node === undefined) return { kind: 'scalar', line, value: null }
  if (isScalar(node)) {
    const { value } = node
    return typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      value === null
      ? { kind: 'scalar', line, value }
      : fault('a value of a kind that suites do not have')
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => convert(item, line, depth + 1, walk))
    return { kind: 'list', line, items: items.filter((item) => item !== undefined) }
  }
  if (!isMap(node)) return fault('a node of a kind that suites do not have')
  const entries = new Map<string, YamlEntry>()
  for (const pair of node.items) {
    if (!isScalar(pair.key)) return fault('a key must be a word')
    const at = lineOf(pair.key, walk) ?? line
    const value = convert(pair.value, at, depth + 1, walk)
    if (value !== undefined) entries.set(String(pair.key.value), { line: at, value })
  }
  return { kind: 'map', line, entries }
}

const lineOf = (node: unknown, { lineAt }: Walk): number | undefined => {
  if (!isScalar(node) && !isSeq(node) && !isMap(node) && !isAlias(node)) return undefined
  return node.range === null || node.range === undefined ? undefined : lineAt(node.range[0])
}

/** The same content in one spelling: keys sorted, neither comments nor layout. */
export const canonicalText = (node: YamlNode): string => {
  switch (node.kind) {
    case 'scalar':
      return JSON.stringify(node.value)
    case 'list':
      return `[${node.items.map(canonicalText).join(',')}]`
    case 'map':
      return `{${[...node.entries]
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([key, { value }]) => `${JSON.stringify(key)}:${canonicalText(value)}`)
        .join(',')}}`
  }
}

/** As JSON would hold it; keys of the file are own properties and nothing else. */
export const plainValue = (node: YamlNode): unknown => JSON.parse(canonicalText(node))
