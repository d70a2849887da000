/**
 * A YAML text as a tree of plain nodes that know their lines. Nothing of the text becomes a property
 * name of an object, so no key can reach a prototype. Aliases and tags are refused: a configuration
 * needs neither, and the first can be made to grow without bound.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Fault } from '../error.ts'
import { scrub } from '../scrub.ts'

export const fileBytesMax = 262_144
const depthMax = 16
const indentMax = 128
const bracketsMax = 1000
/** One slip can make the parser complain of every line behind it. */
const faultsMax = 10

export type YamlTree =
  | { kind: 'map'; line: number; entries: { key: string; line: number; value: YamlTree }[] }
  | { kind: 'list'; line: number; items: YamlTree[] }
  | { kind: 'scalar'; line: number; value: unknown }

export type YamlResult = { ok: true; tree: YamlTree } | { ok: false; faults: Fault[] }

export function parseYaml(text: string): YamlResult {
  if (nestsDeep(text)) {
    return { ok: false, faults: [{ key: 'file', reason: 'not valid YAML: nested too deep' }] }
  }
  const lines = new LineCounter()
  const lineAt = (offset: number): number => lines.linePos(offset).line
  const faults: Fault[] = []
  // Pretty errors would quote the source, and with it possibly a secret.
  const document = parseDocument(text, {
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  })
  for (const problem of [...document.errors, ...document.warnings].slice(0, faultsMax)) {
    faults.push(fault(lineAt(problem.pos[0]), `not valid YAML: ${scrub(problem.message)}`))
  }
  const root: unknown = document.contents
  if (faults.length > 0) return { ok: false, faults }
  const tree = convert(root, 0, { lineAt, faults })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, tree }
}

/**
 * The parser recurses, and a stack that ends inside of a regular expression's compilation ends the
 * process (seen with 50,000 opening brackets on Node 20), so depth is bounded before it is called:
 * by the indentation of a line, and by all opening brackets of the file.
 */
function nestsDeep(text: string): boolean {
  let opened = 0
  for (const line of text.split(/\r\n?|\n/)) {
    const indent = /^[ \t]*(?:[-?:][ \t]+)*/.exec(line)?.[0].length ?? 0
    opened += line.split(/[[{]/).length - 1
    if (indent > indentMax || opened > bracketsMax) return true
  }
  return false
}

interface Walk {
  lineAt(offset: number): number
  faults: Fault[]
}

const fault = (line: number, reason: string): Fault => ({ key: 'file', reason, at: `line ${line}` })

function convert(node: unknown, depth: number, walk: Walk): YamlTree {
  const line = isAnyNode(node) ? walk.lineAt(node.range?.[0] ?? 0) : 1
  const nothing: YamlTree = { kind: 'scalar', line, value: null }
  if (depth > depthMax) {
    walk.faults.push(fault(line, 'nested too deep'))
    return nothing
  }
  if (isAlias(node)) {
    walk.faults.push(fault(line, 'aliases (*name) are not supported; write the value out'))
    return nothing
  }
  if (isScalar(node)) return { kind: 'scalar', line, value: node.value }
  if (isSeq(node)) {
    return { kind: 'list', line, items: node.items.map((item) => convert(item, depth + 1, walk)) }
  }
  if (isMap(node)) {
    const entries = node.items.flatMap((pair) => {
      if (!isScalar(pair.key)) {
        walk.faults.push(fault(line, 'a key must be a word'))
        return []
      }
      const value = convert(pair.value, depth + 1, walk)
      return [{ key: String(pair.key.value), line: walk.lineAt(pair.key.range?.[0] ?? 0), value }]
    })
    return { kind: 'map', line, entries }
  }
  return nothing
}

const isAnyNode = (node: unknown): node is Node =>
  isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)
