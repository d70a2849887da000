/**
 * From flags, environment and file to one checked configuration: flags go before the environment,
 * the environment before the file, the file before the defaults. Either everything is right, or
 * every fault of every source is returned at once.
 */
import { readFileSync, statSync } from 'node:fs'
import { Check } from 'typebox/value'
import { codeOf, type Fault } from '../error.ts'
import { checkValue } from './check-value.ts'
import { judgeConfig } from './faults.ts'
import { type Key, keys } from './keys.ts'
import { type Layer, readEnvironment, readFlags, readTree } from './layers.ts'
import { type Config, configSchema } from './schema.ts'
import { fileBytesMax, parseYaml } from './yaml-tree.ts'

export type LoadResult =
  | { ok: true; config: Config; warnings: Fault[] }
  | { ok: false; faults: Fault[] }

export interface LoadInput {
  args: readonly string[]
  env: NodeJS.ProcessEnv
  /** What the file holds, where it has been read already. */
  fileBytes?: Uint8Array | undefined
}

export function loadConfig(input: LoadInput): LoadResult {
  const flags = readFlags(input.args)
  const environment = readEnvironment(input.env)
  const named = flags.file ?? environment.file
  const file = named === undefined ? { said: [], faults: [] } : readFile(named, input.fileBytes)
  return mergeLayers([file, environment, flags])
}

/** The file that flags or environment name; undefined: none. */
export const configFilePath = ({ args, env }: LoadInput): string | undefined =>
  (readFlags(args).file ?? readEnvironment(env).file)?.path

/** Whether any source names an upstream, whatever else is right or wrong with it. */
export function namesUpstream(input: LoadInput): boolean {
  const flags = readFlags(input.args)
  const environment = readEnvironment(input.env)
  // A file was chosen on purpose: its faults are to be seen, not hidden behind a demo.
  if ((flags.file ?? environment.file) !== undefined) return true
  return [...flags.said, ...environment.said].some(({ key }) => key.name === 'upstream')
}

function readFile({ path, at }: { path: string; at: string }, given?: Uint8Array): Layer {
  const refuse = (reason: string): Layer => ({ said: [], faults: [{ key: 'file', reason, at }] })
  let text: string
  try {
    const size = given?.byteLength ?? statSync(path).size
    if (size > fileBytesMax) return refuse(`is larger than ${fileBytesMax} bytes`)
    text = new TextDecoder('utf-8', { fatal: true }).decode(given ?? readFileSync(path))
  } catch (error) {
    return refuse(
      error instanceof TypeError && codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? 'is not UTF-8'
        : `cannot be read (${codeOf(error) ?? 'unknown error'})`,
    )
  }
  return parseFile(text)
}

function parseFile(text: string): Layer {
  const parsed = parseYaml(text)
  return parsed.ok ? readTree(parsed.tree) : { said: [], faults: parsed.faults }
}

/** The file's text alone, as `holdfast check` and tests want it. */
export const loadText = (text: string): LoadResult => mergeLayers([parseFile(text)])

/** Weakest layer first. */
function mergeLayers(layers: readonly Layer[]): LoadResult {
  const faults = layers.flatMap((layer) => layer.faults)
  const values = new Map<string, { value: unknown; at: string }>()
  const faulty = new Set(faults.flatMap((fault) => (fault.key === 'file' ? ['file'] : [])))
  for (const { key, value, at } of layers.flatMap((layer) => layer.said)) {
    const checked = checkValue(key.node, value, key.name, at)
    if (checked.ok) values.set(key.name, { value: checked.value, at })
    else {
      faulty.add(key.name)
      faults.push(...checked.faults)
    }
  }
  const input = assemble((key) => values.get(key.name)?.value ?? structuredClone(key.node.default))
  if (!Check(configSchema, input)) throw new Error('the checked parts do not make up the schema')
  const judged = judgeConfig(input)
  const placed = (fault: Fault): Fault => {
    const at = values.get(fault.key.replace(/\[.*$/, ''))?.at
    return at === undefined ? fault : { ...fault, at }
  }
  // A key whose value was refused has its default here; what follows from that is no news.
  faults.push(
    ...judged.faults
      .filter((fault) => !faulty.has(fault.key) && !blames(fault, faulty))
      .map(placed),
  )
  if (faults.length > 0 || judged.config === undefined) return { ok: false, faults }
  return { ok: true, config: judged.config, warnings: judged.warnings.map(placed) }
}

/** Nothing is known of an upstream when the routes were refused or the file could not be read. */
const blames = (fault: Fault, faulty: ReadonlySet<string>): boolean =>
  fault.key === 'upstream' && (faulty.has('routes') || faulty.has('file'))

function assemble(valueOf: (key: Key) => unknown): unknown {
  const root: Section = {}
  for (const key of keys) {
    const value = valueOf(key)
    const sections = key.path.slice(0, -1)
    const last = key.path.at(-1)
    if (last === undefined) throw new Error('a key has a name')
    const section = sections.reduce(sectionIn, root)
    if (value !== undefined) section[last] = value
  }
  return root
}

/** Its words are those of the schema, never of the input. */
interface Section {
  [word: string]: unknown
}

const isSection = (value: unknown): value is Section => typeof value === 'object' && value !== null

function sectionIn(parent: Section, word: string): Section {
  const made = parent[word] ?? {}
  if (!isSection(made)) throw new Error(`${word} is no section`)
  parent[word] = made
  return made
}
