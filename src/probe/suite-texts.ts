/** The files beside suite.yaml that are no items: texts by language, tools, scripted pairs. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Fields } from './fields.ts'
import type { ScriptedPair } from './plan-turn.ts'
import type { ProbeTool } from './probe.ts'
import type { SuiteFault } from './suite-fault.ts'
import { plainValue, type YamlNode } from './yaml-file.ts'

/** Reads a file of the suite once, and takes it into the hash. Undefined: the fault is noted. */
export type ReadPart = (name: string) => YamlNode | undefined

export interface TextLine {
  text: string
  file: string
  line: number
}

/** language -> id -> line */
export type Texts = ReadonlyMap<string, ReadonlyMap<string, TextLine>>

export function readTextFiles(
  folder: string,
  shown: string,
  languages: readonly string[],
  read: ReadPart,
  faults: SuiteFault[],
): Texts {
  const texts = new Map<string, ReadonlyMap<string, TextLine>>()
  for (const language of languages) {
    const name = `text/${language}.yaml`
    const node = read(name)
    if (node === undefined) continue
    const file = `${shown}/${name}`
    const fields = Fields.of(node, '', file, faults)
    const lines = new Map<string, TextLine>()
    for (const [id, , line] of fields?.entries() ?? []) {
      const text = fields?.string(id)
      if (text !== undefined) lines.set(id, { text, file, line })
    }
    texts.set(language, lines)
  }
  for (const name of namesIn(join(folder, 'text'))) {
    const language = /^([a-z]{2})\.yaml$/.exec(name)?.[1]
    if (language !== undefined && languages.includes(language)) continue
    const reason = 'a text file of a language that languages of suite.yaml does not name'
    faults.push({ file: `${shown}/text/${name}`, line: 1, reason })
  }
  return texts
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  } catch {
    // The missing files themselves are faults already.
    return []
  }
}

/** Every item in every language, and no text of an item that is not there. */
export function checkTexts(
  texts: Texts,
  ids: ReadonlyMap<string, SuiteFault>,
  faults: SuiteFault[],
): void {
  for (const [language, lines] of texts) {
    for (const [id, { file, line }] of lines) {
      if (!ids.has(id)) faults.push({ file, line, reason: `${id}: text of an unknown item` })
    }
    for (const [id, at] of ids) {
      if (!lines.has(id)) faults.push({ ...at, reason: `${id}: has no text in ${language}` })
    }
  }
}

export function readTools(
  node: YamlNode | undefined,
  file: string,
  faults: SuiteFault[],
): ReadonlyMap<string, ProbeTool> {
  const tools = new Map<string, ProbeTool>()
  const fields = node === undefined ? undefined : Fields.of(node, '', file, faults)
  for (const given of fields?.subs('tools') ?? []) {
    const tool = readTool(given)
    if (tool === undefined) continue
    if (tools.has(tool.name)) given.fault(`${tool.name} stands here twice`)
    tools.set(tool.name, tool)
  }
  fields?.end()
  return tools
}

export function readTool(fields: Fields): ProbeTool | undefined {
  const name = fields.string('name')
  const description = fields.string('description')
  const parameters = fields.required('parameters')
  fields.end()
  if (name === undefined || description === undefined || parameters === undefined) return undefined
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    return fields.fault(`name "${name}" is none that all APIs take`, fields.lineOf('name'))
  }
  const schema = plainValue(parameters)
  if (!isRecord(schema)) return fields.fault('parameters must be a JSON schema')
  return { name, description, parameters: schema }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `KEY:` a list of {user, assistant}, with an id where people want one. */
export function readPairs(
  node: YamlNode | undefined,
  key: string,
  file: string,
  faults: SuiteFault[],
): ScriptedPair[] {
  const fields = node === undefined ? undefined : Fields.of(node, '', file, faults)
  const pairs = (fields?.subs(key) ?? []).flatMap((pair) => {
    pair.optionalString('id')
    const user = pair.string('user')
    const assistant = pair.string('assistant')
    pair.end()
    return user === undefined || assistant === undefined ? [] : [{ user, assistant }]
  })
  if (fields !== undefined && pairs.length === 0) fields.fault(`${key} is empty`)
  fields?.end()
  return pairs
}
