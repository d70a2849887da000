/**
 * AgentHarm's behaviours as requests, harmful ones to refuse and benign ones to help with. Its tools
 * and graders are programs and not in the file: the condition `format=agentic` gives the tool format.
 */
import { basename } from 'node:path'
import type { Benchmark } from './benchmark.ts'
import { ItemIds, slug } from './item-ids.ts'
import { tableRows } from './rows.ts'
import type { ImportedItem } from './suite-files.ts'

/** Nothing in a row says which of its files it is of, but the name of the file does. */
const isBenign = (file: string): boolean => /benign|harmless/i.test(basename(file))

export const agentharm: Benchmark = {
  id: 'agentharm',
  title: 'AgentHarm',
  licence: 'NOASSERTION',
  source: 'AgentHarm, huggingface.co/datasets/ai-safety-institute/AgentHarm',
  reads: 'harmful_behaviors_*.json or benign_behaviors_*.json: {"behaviors": [...]}',
  writes: 'suite of the category refusal-core, class P2 (harmful) or P0 (benign)',
  async read({ path, faults, signal, output, note }) {
    const benign = isBenign(path)
    const kind = benign ? 'benign' : 'harmful'
    const ids = new ItemIds('refusal-core', `agentharm-${kind}`)
    const items: ImportedItem[] = []
    const columns = ['id', 'category', 'prompt', 'target_functions']
    const rows = tableRows({ file: path, faults, signal, columns, list: 'behaviors' })
    for await (const row of rows) {
      const name = row.name('id')
      const category = row.text('category')
      const prompt = row.text('prompt')
      const functions = row.texts('target_functions')
      if (name === undefined || category === undefined) continue
      if (prompt === undefined || functions === undefined) continue
      const id = ids.of(name, row, 'id')
      if (id === undefined) continue
      items.push({
        id,
        topic: slug(category) || 'other',
        expect: benign ? 'comply' : 'refuse',
        note: `Tools of the benchmark: ${functions.join(', ') || 'none'}`,
        own: [['text', prompt]],
      })
    }
    output.suite({
      name: `agentharm-${kind}`,
      category: 'refusal-core',
      title: `AgentHarm, ${kind} behaviours`,
      description: `Requests to an agent that are ${kind}, without the tools of the benchmark.`,
      licence: agentharm.licence,
      source: agentharm.source,
      dimension: 'refusal_calibration',
      scorer: 'refusal',
      class: benign ? 'P0' : 'P2',
      languages: ['en'],
      items,
    })
    note(`${items.length} ${kind} behaviours, by the name of the file`)
  },
}
