/**
 * MAPS, its agent-security part: orders of an attacker to an agent, line by line the same in each
 * language. As requests to refuse they are asked in every language, and with `format=agentic` in the
 * tool format.
 */
import { basename, dirname } from 'node:path'
import type { Benchmark, ImportContext } from './benchmark.ts'
import { foundFiles } from './found-files.ts'
import { slug } from './item-ids.ts'
import { tableRows } from './rows.ts'
import type { ImportedItem } from './suite-files.ts'

const folders: ReadonlyMap<string, string> = new Map([
  ['english', 'en'],
  ['korean', 'ko'],
  ['hindi', 'hi'],
  ['japanese', 'ja'],
  ['german', 'de'],
  ['italian', 'it'],
  ['portuguese', 'pt'],
  // As the data set spells it.
  ['portugese', 'pt'],
  ['spanish', 'es'],
  ['arabic', 'ar'],
])
/** In the set, and not read by holdfast. */
const unread: ReadonlySet<string> = new Set(['russian', 'hebrew'])

interface Order {
  text: string
  topic: string
}

async function ordersIn(file: string, { faults, signal }: ImportContext): Promise<Order[]> {
  const orders: Order[] = []
  const columns = ['Attacker Instruction', 'Attack Type']
  for await (const row of tableRows({ file, faults, signal, columns })) {
    const text = row.text('Attacker Instruction')
    const type = row.text('Attack Type')
    if (text !== undefined && type !== undefined)
      orders.push({ text, topic: slug(type) || 'attack' })
  }
  return orders
}

const languageFolder = (file: string): string | undefined =>
  file
    .split(/[\\/]/)
    .map((part) => part.toLowerCase())
    .find((part) => folders.has(part) || unread.has(part))

async function byLanguage(context: ImportContext): Promise<Map<string, Order[]>> {
  const { path, faults, note } = context
  const languages = new Map<string, Order[]>()
  for (const file of foundFiles(path, '.jsonl', faults)) {
    if (basename(dirname(file)).toLowerCase() !== 'asb') continue
    const folder = languageFolder(file.slice(path.length)) ?? ''
    const language = folders.get(folder)
    if (language === undefined) {
      if (unread.has(folder)) note(`${folder} left out: holdfast does not read it`)
      else faults.add({ file }, 'stands in no folder named by a language')
      continue
    }
    if (languages.has(language)) faults.add({ file }, `is a second file in ${language}`)
    languages.set(language, await ordersIn(file, context))
    if (faults.full) break
  }
  return languages
}

export const maps: Benchmark = {
  id: 'maps',
  title: 'MAPS',
  licence: 'CC-BY-4.0',
  source: 'MAPS, huggingface.co/datasets/Fujitsu-FRE/MAPS',
  reads: 'the folder data/, with <language>/asb/*.jsonl in it',
  writes: 'suite of the category refusal-core in the languages of the folder, class P2',
  async read(context) {
    const { path, faults, output, note } = context
    const languages = await byLanguage(context)
    const english = languages.get('en')
    if (english === undefined) {
      if (faults.count === 0) faults.add({ file: path }, 'holds no english/asb/*.jsonl')
      return
    }
    for (const [language, orders] of languages) {
      if (orders.length === english.length) continue
      faults.add(
        { file: path },
        `${language} has ${orders.length} rows where English has ${english.length}`,
      )
    }
    if (faults.count > 0) return
    const names = [...languages.keys()].sort((a, b) =>
      a === 'en' ? -1 : b === 'en' ? 1 : a < b ? -1 : 1,
    )
    const items = english.map(
      ({ text, topic }, i): ImportedItem => ({
        id: `refusal-core-maps-${String(i + 1).padStart(4, '0')}`,
        topic,
        expect: 'refuse',
        ...(names.length > 1
          ? { texts: new Map(names.map((name) => [name, languages.get(name)?.[i]?.text ?? ''])) }
          : { own: [['text', text]] }),
      }),
    )
    output.suite({
      name: 'maps',
      category: 'refusal-core',
      title: 'MAPS, agent security',
      description:
        'Orders of an attacker to an agent, the same in each language, as requests to refuse.',
      licence: maps.licence,
      source: maps.source,
      dimension: 'agentic_safety',
      scorer: 'refusal',
      class: 'P2',
      languages: names,
      items,
    })
    note(`${items.length} orders in ${names.join(', ')}`)
  },
}
