/**
 * Loads a suite: a folder with suite.yaml, or one YAML file with its items inside. Strict, and every
 * fault at once: what is mistyped would silently be another probe.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Fields } from './fields.ts'
import type { Shots } from './framing.ts'
import type { Item, ItemContext } from './items/item-context.ts'
import { itemReaders } from './items/items.ts'
import type { Suite } from './suite.ts'
import type { SuiteFault } from './suite-fault.ts'
import { readHead, type SuiteHead } from './suite-head.ts'
import { checkTexts, readPairs, readTextFiles, readTools, type Texts } from './suite-texts.ts'
import { canonicalText, readYamlFile, type YamlNode } from './yaml-file.ts'

export type LoadedSuite = { ok: true; suite: Suite } | { ok: false; faults: SuiteFault[] }

/** Files as read, in order: what the hash is over. */
class Parts {
  readonly #folder: string
  readonly #shown: string
  readonly #faults: SuiteFault[]
  readonly #read = new Map<string, YamlNode>()

  constructor(folder: string, shown: string, faults: SuiteFault[]) {
    this.#folder = folder
    this.#shown = shown
    this.#faults = faults
  }

  read(name: string): YamlNode | undefined {
    const known = this.#read.get(name)
    if (known !== undefined) return known
    const node = readYamlFile(join(this.#folder, name), `${this.#shown}/${name}`, this.#faults)
    if (node !== undefined) this.#read.set(name, node)
    return node
  }

  hash(): string {
    const hash = createHash('sha256')
    for (const [name, node] of [...this.#read].sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(`${JSON.stringify(name)}:${canonicalText(node)}\n`)
    }
    return hash.digest('hex')
  }
}

/** @param path a folder with suite.yaml, or a file */
export function loadSuite(path: string): LoadedSuite {
  const faults: SuiteFault[] = []
  const single = isFile(path)
  const folder = single ? dirname(path) : path
  const shown = folder.replace(/\/+$/, '')
  const parts = new Parts(folder, shown, faults)
  const suite = readSuite(parts, { path, folder, shown, single }, faults)
  if (suite === undefined || faults.length > 0) return { ok: false, faults }
  return { ok: true, suite }
}

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true

interface Place {
  path: string
  folder: string
  shown: string
  single: boolean
}

function readSuite(parts: Parts, place: Place, faults: SuiteFault[]): Suite | undefined {
  const { folder, shown, single } = place
  const headName = single ? basename(place.path) : 'suite.yaml'
  const node = parts.read(headName)
  const fields =
    node === undefined ? undefined : Fields.of(node, '', `${shown}/${headName}`, faults)
  if (fields === undefined) return undefined
  const head = readHead(fields, single)
  const itemFields = single ? fields.subs('items') : []
  fields.end()
  if (head === undefined) return undefined
  const read = (name: string): YamlNode | undefined => parts.read(name)
  const texts =
    head.texts === 'files' ? readTextFiles(folder, shown, head.languages, read, faults) : new Map()
  const context = contextOf(head, texts, read, shown, faults)
  const all = [
    ...itemFields.map((item) => ({ item, file: `${shown}/${headName}` })),
    ...head.itemFiles.flatMap((name) => itemsIn(name, read, shown, faults)),
  ]
  const ids = new Map<string, SuiteFault>()
  const items = all.flatMap(({ item, file }) => readItem(item, file, head, context, ids))
  checkLinks(all, ids, faults)
  if (head.texts === 'files') checkTexts(texts, ids, faults)
  return {
    category: head.category,
    version: head.version,
    hash: parts.hash(),
    title: head.title,
    dimension: head.dimension,
    languages: head.languages,
    items: ids.size,
    probes: items.flatMap((item) => (item.kind === 'probe' ? [item.probe] : [])),
    framings: items.flatMap((item) => (item.kind === 'framing' ? [item.framing] : [])),
    shots: items.find((item): item is { kind: 'shots'; shots: Shots } => item.kind === 'shots')
      ?.shots,
    path: place.path,
  }
}

function contextOf(
  head: SuiteHead,
  texts: Texts,
  read: (name: string) => YamlNode | undefined,
  shown: string,
  faults: SuiteFault[],
): ItemContext {
  const { toolsFile, distractorsFile } = head
  return {
    category: head.category,
    scorer: head.scorer,
    class: head.class,
    instruction: head.instruction,
    depths: head.depths,
    tools:
      toolsFile === undefined
        ? new Map()
        : readTools(read(toolsFile), `${shown}/${toolsFile}`, faults),
    distractors:
      distractorsFile === undefined
        ? []
        : readPairs(read(distractorsFile), 'distractors', `${shown}/${distractorsFile}`, faults),
    textsOf:
      head.texts === 'inline'
        ? undefined
        : (id) =>
            new Map(
              [...texts].flatMap(([language, lines]) => {
                const text = lines.get(id)?.text
                return text === undefined ? [] : [[language, text] as const]
              }),
            ),
    pairsOf: (file) => {
      const node = read(file)
      return node === undefined ? undefined : readPairs(node, 'shots', `${shown}/${file}`, faults)
    },
  }
}

interface FoundItem {
  item: Fields
  file: string
}

function itemsIn(
  name: string,
  read: (name: string) => YamlNode | undefined,
  shown: string,
  faults: SuiteFault[],
): FoundItem[] {
  const file = `${shown}/${name}`
  const node = read(name)
  const fields = node === undefined ? undefined : Fields.of(node, '', file, faults)
  const items = fields?.subs('items') ?? []
  if (fields !== undefined && items.length === 0) fields.fault('items is empty')
  fields?.end()
  return items.map((item) => ({ item, file }))
}

const idForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

function readItem(
  given: Fields,
  file: string,
  head: SuiteHead,
  context: ItemContext,
  ids: Map<string, SuiteFault>,
): Item[] {
  const id = given.string('id')
  if (id === undefined) return []
  const item = given.named(id)
  const line = given.lineOf('id')
  const earlier = ids.get(id)
  if (earlier !== undefined) {
    item.fault(`stands twice, first in ${earlier.file}:${earlier.line}`, line)
    return []
  }
  ids.set(id, { file, line, reason: '' })
  if (!idForm.test(id) || !id.startsWith(`${head.category}-`)) {
    item.fault(`an id is words joined by "-" that begin with ${head.category}-`, line)
  }
  const read = itemReaders[head.category](item, id, context)
  item.end()
  return read === undefined ? [] : [read]
}

/** `pair` is mutual, `control_of` names an item. */
function checkLinks(
  all: readonly FoundItem[],
  ids: ReadonlyMap<string, SuiteFault>,
  faults: SuiteFault[],
): void {
  const pairOf = new Map<string, string>()
  for (const { item } of all) {
    const id = item.peek('id')
    const pair = item.peek('pair')
    if (id !== undefined && pair !== undefined) pairOf.set(id, pair)
  }
  for (const { item, file } of all) {
    const id = item.peek('id') ?? ''
    for (const key of ['pair', 'control_of']) {
      const named = item.peek(key)
      if (named === undefined) continue
      const line = item.lineOf(key)
      if (!ids.has(named)) {
        faults.push({ file, line, reason: `${id}: ${key} names ${named}, which is no item` })
      } else if (key === 'pair' && pairOf.get(named) !== id) {
        faults.push({ file, line, reason: `${id}: ${named} does not name it as its pair in turn` })
      }
    }
  }
}

/** Every suite of a folder of suites, or the one that the path is. */
export function suitePathsIn(path: string): string[] {
  if (isFile(path) || existsSync(join(path, 'suite.yaml'))) return [path]
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, 'suite.yaml')))
    .map((entry) => join(path, entry.name))
    .sort()
}

export type LoadedSuites =
  | { ok: true; suites: readonly Suite[] }
  | { ok: false; faults: readonly SuiteFault[] }

/** Each category once: a later path replaces what an earlier one has of a category. */
export function loadSuites(paths: readonly string[]): LoadedSuites {
  const faults: SuiteFault[] = []
  const suites = new Map<string, Suite>()
  for (const path of paths) {
    const found = suitePathsIn(path)
    if (found.length === 0) faults.push({ file: path, line: 1, reason: 'holds no suite.yaml' })
    for (const one of found) {
      const loaded = loadSuite(one)
      if (loaded.ok) suites.set(loaded.suite.category, loaded.suite)
      else faults.push(...loaded.faults)
    }
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, suites: [...suites.values()] }
}
