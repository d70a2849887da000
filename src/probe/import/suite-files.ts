/** An imported suite as the files that `loadSuite` reads. Texts are quoted as JSON, which YAML reads alike. */
import type { Category, ProbeClass } from '../category.ts'
import type { ScorerId } from '../scoring.ts'
import { wellFormed } from './well-formed.ts'

export interface ImportedItem {
  id: string
  topic: string
  expect: string
  class?: ProbeClass
  note?: string
  /** Keys of the category, in order; undefined ones are left out. */
  own?: readonly (readonly [key: string, value: string | readonly string[] | undefined])[]
  /** By language, when the suite has its texts in files. */
  texts?: ReadonlyMap<string, string>
}

export interface ImportedSuite {
  /** Name of its folder. */
  name: string
  category: Category
  title: string
  description: string
  licence: string
  source: string
  dimension: string
  scorer: ScorerId
  class: ProbeClass
  /** More than English: texts stand in files by language. */
  languages: readonly string[]
  instruction?: string
  items: readonly ImportedItem[]
}

/** A file of a suite is read whole and bounded; this leaves room for the words around the texts. */
const itemCharsMax = 1_000_000

/** Name in the folder -> content. */
export function suiteFiles(suite: ImportedSuite): Map<string, string> {
  const files = new Map<string, string>()
  const itemFiles: string[] = []
  for (const part of partsOf(suite.items.map(itemText))) {
    const name = `items-${itemFiles.length + 1}.yaml`
    itemFiles.push(name)
    files.set(name, `items:\n${part.join('')}`)
  }
  const inFiles = suite.languages.length > 1
  files.set('suite.yaml', headText(suite, itemFiles, inFiles))
  if (!inFiles) return files
  for (const language of suite.languages) {
    const lines = suite.items.map(
      ({ id, texts }) => `${id}: ${quoted(texts?.get(language) ?? '')}\n`,
    )
    files.set(`text/${language}.yaml`, lines.join(''))
  }
  return files
}

function* partsOf(texts: readonly string[]): Generator<string[]> {
  let part: string[] = []
  let chars = 0
  for (const text of texts) {
    if (chars + text.length > itemCharsMax && part.length > 0) {
      yield part
      part = []
      chars = 0
    }
    part.push(text)
    chars += text.length
  }
  if (part.length > 0) yield part
}

function headText(suite: ImportedSuite, itemFiles: readonly string[], inFiles: boolean): string {
  const lines = [
    "# Imported from a copy of somebody else's benchmark: see source and licence. Not to be shipped.",
    `category: ${suite.category}`,
    'version: 1.0.0',
    `title: ${quoted(suite.title)}`,
    `description: ${quoted(suite.description)}`,
    `licence: ${quoted(suite.licence)}`,
    `source: ${quoted(suite.source)}`,
    `dimension: ${suite.dimension}`,
    `scorer: ${suite.scorer}`,
    `class: ${suite.class}`,
    `languages: [${suite.languages.join(', ')}]`,
    `texts: ${inFiles ? 'files' : 'inline'}`,
    `item_files: [${itemFiles.join(', ')}]`,
    ...(suite.instruction === undefined ? [] : [`instruction: ${quoted(suite.instruction)}`]),
  ]
  return `${lines.join('\n')}\n`
}

function itemText({ id, topic, expect, class: itemClass, note, own = [] }: ImportedItem): string {
  const lines = [
    `  - id: ${id}`,
    `    expect: ${quoted(expect)}`,
    `    topic: ${quoted(topic)}`,
    ...(itemClass === undefined ? [] : [`    class: ${itemClass}`]),
    ...own.flatMap(([key, value]) =>
      value === undefined
        ? []
        : [
            `    ${key}: ${typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`}`,
          ],
    ),
    ...(note === undefined ? [] : [`    note: ${quoted(note)}`]),
  ]
  return `${lines.join('\n')}\n`
}

/** What JSON leaves bare and YAML does not allow or treats as a line break is escaped too. */
export const quoted = (text: string): string =>
  JSON.stringify(wellFormed(text)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
