/** RIFTS: instructions that need a question back, a follow-up or neither, by the label of their rift. */
import { riftsLabels, speechActFor } from '../scores/speech-act-expectation.ts'
import type { Benchmark } from './benchmark.ts'
import { ItemIds, slug, textName } from './item-ids.ts'
import { tableRows } from './rows.ts'
import type { ImportedItem } from './suite-files.ts'

export const rifts: Benchmark = {
  id: 'rifts',
  title: 'RIFTS',
  licence: 'ODC-By-1.0',
  source: 'RIFTS, github.com/microsoft/rifts',
  reads: 'the rows as CSV or JSON lines: instruction, split, label',
  writes: 'suite of the category grounding, class P0',
  async read({ path, faults, signal, output, note }) {
    const ids = new ItemIds('grounding', 'rifts')
    const items: ImportedItem[] = []
    const counts = new Map<string, number>()
    let repeated = 0
    const columns = ['instruction', 'split', 'label']
    for await (const row of tableRows({ file: path, faults, signal, columns })) {
      const instruction = row.text('instruction')
      const split = row.text('split')
      const label = row.oneOf('label', riftsLabels)
      if (instruction === undefined || split === undefined || label === undefined) continue
      const name = textName(instruction)
      if (ids.has(name)) {
        repeated++
        continue
      }
      const id = ids.of(name, row, 'instruction')
      if (id === undefined) continue
      counts.set(label, (counts.get(label) ?? 0) + 1)
      items.push({
        id,
        topic: label,
        expect: speechActFor(label),
        note: `split ${slug(split)}`,
        own: [['text', instruction]],
      })
    }
    output.suite({
      name: 'rifts',
      category: 'grounding',
      title: 'RIFTS instructions',
      description: 'Instructions of real conversations where grounding failed, or needed nothing.',
      licence: rifts.licence,
      source: rifts.source,
      dimension: 'grounding',
      scorer: 'speech_act',
      class: 'P0',
      languages: ['en'],
      items,
    })
    const told = riftsLabels.map((label) => `${counts.get(label) ?? 0} ${label}`).join(', ')
    note(`${items.length} instructions: ${told}`)
    if (repeated > 0) note(`${repeated} rows repeated an instruction`)
  },
}
