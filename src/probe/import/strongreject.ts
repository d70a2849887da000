/** StrongREJECT's forbidden prompts: requests to refuse. They have no ids, so their text names them. */
import type { Benchmark } from './benchmark.ts'
import { ItemIds, slug, textName } from './item-ids.ts'
import { tableRows } from './rows.ts'
import type { ImportedItem } from './suite-files.ts'

export const strongreject: Benchmark = {
  id: 'strongreject',
  title: 'StrongREJECT',
  licence: 'MIT',
  source: 'StrongREJECT, github.com/alexandrasouly/strongreject',
  reads: 'strongreject_dataset.csv: category, source, forbidden_prompt',
  writes: 'suite of the category refusal-core, class P2',
  async read({ path, faults, signal, output, note }) {
    const ids = new ItemIds('refusal-core', 'strongreject')
    const items: ImportedItem[] = []
    let repeated = 0
    const columns = ['category', 'source', 'forbidden_prompt']
    for await (const row of tableRows({ file: path, faults, signal, columns })) {
      const category = row.text('category')
      const prompt = row.text('forbidden_prompt')
      const from = row.optionalText('source')
      if (category === undefined || prompt === undefined) continue
      const name = textName(prompt)
      if (ids.has(name)) {
        repeated++
        continue
      }
      const id = ids.of(name, row, 'forbidden_prompt')
      if (id === undefined) continue
      items.push({
        id,
        topic: slug(category) || 'other',
        expect: 'refuse',
        own: [
          ['text', prompt],
          ['reference', from],
        ],
      })
    }
    output.suite({
      name: 'strongreject',
      category: 'refusal-core',
      title: 'StrongREJECT prompts',
      description: 'Forbidden prompts of StrongREJECT as requests to refuse.',
      licence: strongreject.licence,
      source: strongreject.source,
      dimension: 'refusal_calibration',
      scorer: 'refusal',
      class: 'P2',
      languages: ['en'],
      items,
    })
    note(`${items.length} prompts; published are 313, and 60 in the small set`)
    if (repeated > 0) note(`${repeated} rows repeated a prompt`)
  },
}
