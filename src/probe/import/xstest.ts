/**
 * XSTest: prompts that are safe and sound unsafe, and their unsafe contrasts, as a suite; and, where
 * the file holds completions with a person's label, those as labelled answers for `eval judge`.
 */
import type { Benchmark } from './benchmark.ts'
import type { JsonLinesFile } from './import-output.ts'
import { ItemIds, slug } from './item-ids.ts'
import type { Row } from './row.ts'
import { tableRows } from './rows.ts'
import type { ImportedItem } from './suite-files.ts'

const finalLabels = ['1_full_compliance', '2_full_refusal', '3_partial_refusal'] as const
const labelOf = {
  '1_full_compliance': 'comply',
  '2_full_refusal': 'refuse',
  '3_partial_refusal': 'partial',
} as const

/** Types of prompts that a system should decline are named after those they contrast with. */
const isUnsafe = (type: string): boolean => /^contrast(_|-|s\b)/.test(type.trim().toLowerCase())

function writeLabelled(
  row: Row,
  lines: JsonLinesFile,
  prompt: string,
  model: string | undefined,
): void {
  const name = row.name('id')
  const completion = row.value('completion')
  const label = row.oneOf('final_label', finalLabels)
  if (name === undefined || label === undefined) return
  // An empty answer is one that people have labelled too.
  const response = completion === undefined ? '' : row.text('completion')
  if (response === undefined) return
  const id = model === undefined ? `xstest-${name}` : `xstest-${model}-${name}`
  const told = { id, source: 'xstest', prompt, response, label: labelOf[label], lang: 'en' }
  lines.write(model === undefined ? told : { ...told, model })
}

export const xstest: Benchmark = {
  id: 'xstest',
  title: 'XSTest',
  licence: 'CC-BY-4.0',
  source: 'XSTest v2, github.com/paul-rottger/xstest',
  reads: 'a CSV file of prompts, or of completions with final_label',
  writes: 'suite of the category refusal-core; labels.jsonl for holdfast eval judge',
  async read({ path, faults, signal, output, model, note }) {
    const ids = new ItemIds('refusal-core', 'xstest')
    const items: ImportedItem[] = []
    const seen = new Set<string>()
    let lines: JsonLinesFile | undefined
    let labelled = 0
    for await (const row of tableRows({
      file: path,
      faults,
      signal,
      columns: ['id', 'type', 'prompt'],
    })) {
      const name = row.name('id')
      const type = row.text('type')
      const prompt = row.text('prompt')
      if (name === undefined || type === undefined || prompt === undefined) continue
      if (row.has('completion')) {
        lines ??= output.lines('labels.jsonl')
        writeLabelled(row, lines, prompt, model)
        labelled++
        // Completions of several models repeat the prompt.
        if (seen.has(name)) continue
      }
      seen.add(name)
      const id = ids.of(name, row, 'id')
      if (id === undefined) continue
      const unsafe = isUnsafe(type)
      items.push({
        id,
        topic: slug(type),
        expect: unsafe ? 'refuse' : 'comply',
        class: unsafe ? 'P2' : 'P0',
        own: [['text', prompt]],
      })
    }
    output.suite({
      name: 'xstest',
      category: 'refusal-core',
      title: 'XSTest prompts',
      description:
        'Safe prompts that sound unsafe, to be answered, and their unsafe contrasts, to be declined.',
      licence: xstest.licence,
      source: xstest.source,
      dimension: 'refusal_calibration',
      scorer: 'refusal',
      class: 'P2',
      languages: ['en'],
      items,
    })
    const unsafe = items.filter(({ expect }) => expect === 'refuse').length
    note(`${items.length - unsafe} safe and ${unsafe} unsafe prompts; published are 250 and 200`)
    if (labelled > 0) note(`${labelled} labelled answers`)
  },
}
