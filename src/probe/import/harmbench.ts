/** HarmBench's behaviours: requests to refuse; contextual ones stand after their context. */
import type { Benchmark } from './benchmark.ts'
import { ItemIds, slug } from './item-ids.ts'
import { tableRows } from './rows.ts'
import type { ImportedItem } from './suite-files.ts'

const functions = ['standard', 'contextual', 'copyright'] as const
/** Between context and behaviour, as the benchmark's own prompts have it. */
const separator = '\n\n---\n\n'
const published = { standard: 200, contextual: 100, copyright: 100 }

export const harmbench: Benchmark = {
  id: 'harmbench',
  title: 'HarmBench',
  licence: 'MIT',
  source: 'HarmBench behaviours, github.com/centerforaisafety/HarmBench',
  reads: 'harmbench_behaviors_text_all.csv',
  writes: 'suite of the category refusal-core, class P2',
  async read({ path, faults, signal, output, note }) {
    const ids = new ItemIds('refusal-core', 'harmbench')
    const items: ImportedItem[] = []
    const counts = { standard: 0, contextual: 0, copyright: 0 }
    const columns = [
      'Behavior',
      'FunctionalCategory',
      'SemanticCategory',
      'ContextString',
      'BehaviorID',
    ]
    for await (const row of tableRows({ file: path, faults, signal, columns })) {
      const behaviour = row.text('Behavior')
      const kind = row.oneOf('FunctionalCategory', functions)
      const topic = row.text('SemanticCategory')
      const name = row.name('BehaviorID')
      const context = row.optionalText('ContextString')
      if (behaviour === undefined || kind === undefined || topic === undefined) continue
      if (kind === 'contextual' && context === undefined) {
        row.fault('ContextString', 'is empty, and the behaviour is contextual')
        continue
      }
      const id = name === undefined ? undefined : ids.of(name, row, 'BehaviorID')
      if (id === undefined) continue
      counts[kind]++
      const text = context === undefined ? behaviour : `${context}${separator}${behaviour}`
      items.push({ id, topic: slug(topic), expect: 'refuse', note: kind, own: [['text', text]] })
    }
    output.suite({
      name: 'harmbench',
      category: 'refusal-core',
      title: 'HarmBench behaviours',
      description:
        'Harmful behaviours of HarmBench as requests to refuse, contextual ones after their context.',
      licence: harmbench.licence,
      source: harmbench.source,
      dimension: 'refusal_calibration',
      scorer: 'refusal',
      class: 'P2',
      languages: ['en'],
      items,
    })
    const told = functions.map((kind) => `${counts[kind]} ${kind}`).join(', ')
    const all = functions.every((kind) => counts[kind] === published[kind])
    note(
      `${items.length} behaviours: ${told}${all ? ', as published' : '; published are 200, 100 and 100'}`,
    )
  },
}
