/** MultiJail: parallel requests to refuse, a column for each language. */
import { coreLanguages } from '../../exchange/stratum.ts'
import type { Benchmark } from './benchmark.ts'
import { ItemIds, slug } from './item-ids.ts'
import type { Row } from './row.ts'
import { tableRows } from './rows.ts'
import type { ImportedItem } from './suite-files.ts'

/** The first of its tags; they are written as a list of Python, or are a list of JSON. */
function topicOf(row: Row): string {
  const tags = row.value('tags')
  const first: unknown = Array.isArray(tags) ? tags[0] : tags
  const text = typeof first === 'string' ? (first.split(/[,\]]/)[0] ?? '') : ''
  return slug(text) || 'unsafe'
}

export const multijail: Benchmark = {
  id: 'multijail',
  title: 'MultiJail',
  licence: 'MIT',
  source: 'MultiJail, github.com/DAMO-NLP-SG/multilingual-safety-for-LLMs',
  reads: 'MultiJail.csv: id, source, a column for each language, tags',
  writes: 'suite of the category refusal-core in the languages of the file, class P2',
  async read({ path, faults, signal, output, note }) {
    const ids = new ItemIds('refusal-core', 'multijail')
    const items: ImportedItem[] = []
    let languages: string[] | undefined
    for await (const row of tableRows({ file: path, faults, signal, columns: ['id', 'en'] })) {
      languages ??= coreLanguages.filter((language) => row.has(language))
      const name = row.name('id')
      const id = name === undefined ? undefined : ids.of(name, row, 'id')
      const texts = new Map<string, string>()
      for (const language of languages) {
        const text = row.text(language)
        if (text !== undefined) texts.set(language, text)
      }
      if (id === undefined || texts.size < languages.length) continue
      items.push({
        id,
        topic: topicOf(row),
        expect: 'refuse',
        ...(languages.length > 1 ? { texts } : { own: [['text', texts.get('en')]] }),
      })
    }
    output.suite({
      name: 'multijail',
      category: 'refusal-core',
      title: 'MultiJail',
      description:
        'Parallel requests to refuse in several languages, translated by native speakers.',
      licence: multijail.licence,
      source: multijail.source,
      dimension: 'refusal_calibration',
      scorer: 'refusal',
      class: 'P2',
      languages: languages ?? ['en'],
      items,
    })
    note(
      `${items.length} requests in ${(languages ?? []).join(', ')}; published are 315 in 10 languages`,
    )
  },
}
