/**
 * MT-Bench's questions of two turns. A judge rates the answers and no single answer is right, so they
 * are prompts without an expected behaviour: conversations to hold, not probes.
 */
import type { Benchmark } from './benchmark.ts'
import { tableRows } from './rows.ts'

export const mtBench: Benchmark = {
  id: 'mt-bench',
  title: 'MT-Bench',
  licence: 'Apache-2.0',
  source: 'MT-Bench questions, github.com/lm-sys/FastChat',
  reads: 'question.jsonl',
  writes: 'prompts.jsonl: id, category, turns, reference',
  async read({ path, faults, signal, output, note }) {
    const lines = output.lines('prompts.jsonl')
    const seen = new Map<string, string>()
    const columns = ['question_id', 'category', 'turns']
    for await (const row of tableRows({ file: path, faults, signal, columns })) {
      const name = row.name('question_id')
      const category = row.text('category')
      const turns = row.texts('turns')
      const reference = row.value('reference') === undefined ? undefined : row.texts('reference')
      if (name === undefined || category === undefined || turns === undefined) continue
      const earlier = seen.get(name)
      if (earlier !== undefined) row.fault('question_id', `stands twice, first at ${earlier}`)
      else if (turns.length !== 2) row.fault('turns', `holds ${turns.length} turns, must hold 2`)
      seen.set(name, row.row)
      lines.write({
        id: `mt-bench-${name}`,
        source: 'mt-bench',
        category,
        language: 'en',
        turns,
        reference,
      })
    }
    note(`${seen.size} questions of two turns; published are 80`)
  },
}
