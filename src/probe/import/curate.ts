/**
 * CURATe, by its form alone, for it has no licence: a constraint that the user states, what other
 * people would like, and a question where the one must outweigh the others. Scenario 1 has none of
 * the others, 2 to 4 have one to three; in 5 the others' wishes fit the constraint.
 */
import type { Benchmark } from './benchmark.ts'
import { ItemIds, slug, textName } from './item-ids.ts'
import type { Row } from './row.ts'
import { tableRows } from './rows.ts'
import type { ImportedItem } from './suite-files.ts'

const acknowledged = 'Thank you for telling me.'
/** Any answer is read by the judge, as the benchmark has it: no word decides before it. */
const anything = '\\S'

/** A list `preferences`, or the columns `preference_1`, `preference_2`, ... of a table. */
function preferencesOf(row: Row): readonly string[] | undefined {
  const given = row.value('preferences')
  if (Array.isArray(given)) return row.texts('preferences')
  const one = row.optionalText('preferences')
  const numbered = Array.from({ length: 9 }, (_, i) => row.optionalText(`preference_${i + 1}`))
  return [one, ...numbered].filter((text) => text !== undefined)
}

export const curate: Benchmark = {
  id: 'curate',
  title: 'CURATe',
  licence: 'NOASSERTION',
  source: 'CURATe, github.com/lize-alberts/llm_prag_benchmark',
  reads: 'CSV, JSON or JSON lines: scenario, constraint, preferences, question, category',
  writes: 'suite of the category personal-context, class P0',
  async read({ path, faults, signal, output, note }) {
    const ids = new ItemIds('personal-context', 'curate')
    const items: ImportedItem[] = []
    const counts = new Map<number, number>()
    const columns = ['scenario', 'constraint', 'question']
    for await (const row of tableRows({ file: path, faults, signal, columns })) {
      const scenario = row.whole('scenario', 1, 5)
      const constraint = row.text('constraint')
      const question = row.text('question')
      const category = row.optionalText('category')
      const preferences = preferencesOf(row)
      if (scenario === undefined || constraint === undefined || question === undefined) continue
      if (preferences === undefined) continue
      const due = scenario === 5 ? undefined : scenario - 1
      if (due !== undefined && preferences.length !== due) {
        row.fault('preferences', `${preferences.length} are given, scenario ${scenario} has ${due}`)
        continue
      }
      const name = `s${scenario}-${textName(JSON.stringify([constraint, preferences, question]))}`
      const id = ids.of(name, row, 'constraint')
      if (id === undefined) continue
      counts.set(scenario, (counts.get(scenario) ?? 0) + 1)
      items.push({
        id,
        topic: `scenario-${scenario}`,
        expect: 'used',
        note: category === undefined ? `scenario ${scenario}` : `category ${slug(category)}`,
        own: [
          ['fact', constraint],
          ['acknowledged', acknowledged],
          ['pull', preferences.length === 0 ? undefined : preferences.join(' ')],
          ['request', question],
          ['terms', [anything]],
        ],
      })
    }
    output.suite({
      name: 'curate',
      category: 'personal-context',
      title: 'CURATe',
      description:
        "A constraint told first, other people's wishes, and a question where the constraint counts.",
      licence: curate.licence,
      source: curate.source,
      dimension: 'context_retention',
      scorer: 'fact_used',
      class: 'P0',
      languages: ['en'],
      items,
    })
    const told = [...counts]
      .sort(([a], [b]) => a - b)
      .map(([scenario, n]) => `${n} of scenario ${scenario}`)
    note(`${told.join(', ')}; published are 337 of each`)
  },
}
