/**
 * Reads the shipped suites for the tests of their content, with nothing of src/probe: what a reader
 * of suites/README.md would read. Throws on a file that is missing or is no YAML mapping.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

export const suitesFolder = `${process.cwd()}/suites/`

export type Fields = Readonly<Record<string, unknown>>

export interface Item {
  id: string
  /** As read, unchecked: each test says what it needs of it. */
  fields: Fields
}

export interface Suite {
  category: string
  fields: Fields
  items: readonly Item[]
  /** Files of texts by language; empty when items carry their own. */
  texts: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export const categories = [
  'refusal-core',
  'adversarial',
  'decomposition',
  'factual',
  'agentic',
  'personal-context',
  'grounding',
  'verification',
  'steerability',
] as const

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Strict: a repeated key is an error, as it would hide a probe. */
export function readYaml(path: string): Fields {
  const value: unknown = parse(readFileSync(`${suitesFolder}${path}`, 'utf8'), {
    uniqueKeys: true,
    strict: true,
  })
  if (!isFields(value)) throw new TypeError(`${path} is no mapping`)
  return value
}

export const listOf = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new TypeError(`not a list: ${JSON.stringify(value)}`)
  return value
}

export const stringOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError(`not a string: ${JSON.stringify(value)}`)
  return value
}

export const stringsOf = (value: unknown): string[] => listOf(value).map(stringOf)

/** `[]` for a key that an item does not have. */
export const optionalStrings = (value: unknown): string[] =>
  value === undefined ? [] : stringsOf(value)

const itemsIn = (path: string): Item[] =>
  listOf(readYaml(path)['items']).map((fields) => {
    if (!isFields(fields)) throw new TypeError(`${path}: an item is no mapping`)
    return { id: stringOf(fields['id']), fields }
  })

const textsIn = (category: string): Map<string, ReadonlyMap<string, string>> =>
  new Map(
    readdirSync(`${suitesFolder}${category}/text`)
      .sort()
      .map((file) => [
        file.replace(/\.yaml$/, ''),
        new Map(
          Object.entries(readYaml(`${category}/text/${file}`)).map(([id, text]) => [
            id,
            stringOf(text),
          ]),
        ),
      ]),
  )

export function readSuite(category: string): Suite {
  const fields = readYaml(`${category}/suite.yaml`)
  return {
    category,
    fields,
    items: stringsOf(fields['item_files']).flatMap((file) => itemsIn(`${category}/${file}`)),
    texts: fields['texts'] === 'files' ? textsIn(category) : new Map(),
  }
}

export const readSuites = (): Suite[] => categories.map(readSuite)

/** The scripted turns of one side, in order. */
export const turnsOf = (item: Item, role: 'user' | 'assistant'): string[] =>
  listOf(item.fields['turns'] ?? []).flatMap((turn) =>
    isFields(turn) && turn[role] !== undefined ? [stringOf(turn[role])] : [],
  )

const textKeys = ['template', 'direct', 'question', 'text', 'fact', 'request'] as const

/** What a user says in an item, for all that is compared by its words. */
export function userTextOf(suite: Suite, item: Item): string {
  const parts = textKeys.flatMap((key) =>
    item.fields[key] === undefined ? [] : [stringOf(item.fields[key])],
  )
  parts.push(...optionalStrings(item.fields['steps']), ...turnsOf(item, 'user'))
  const english = suite.texts.get('en')?.get(item.id)
  if (english !== undefined) parts.push(english)
  if (parts.length === 0) throw new TypeError(`${item.id} has no text`)
  return parts.join('\n')
}
