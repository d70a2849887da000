/** No file makes an import throw: what it holds is written, or its faults are told and nothing is. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { benchmarks } from '../../../src/probe/import/benchmarks.ts'
import { runImport } from '../../../src/probe/import/run-import.ts'
import { loadSuite } from '../../../src/probe/load-suite.ts'

/** A cell of each column of all sets that is as it should be: most rows are near to what is wanted. */
const good: Readonly<Record<string, unknown>> = {
  Behavior: 'b',
  FunctionalCategory: 'standard',
  SemanticCategory: 's',
  ContextString: 'c',
  BehaviorID: 'i',
  id: 'i',
  type: 'homonyms',
  prompt: 'p',
  completion: 'c',
  final_label: '2_full_refusal',
  question_id: 1,
  category: 'c',
  turns: ['a', 'b'],
  idx: '0',
  style: 'base',
  question: 'q',
  gt: 'True',
  topic: 't',
  task_id: 1,
  reward: 1,
  traj: [{ role: 'user' }],
  trial: 0,
  messages: [{ role: 'user' }],
  scenario: 1,
  constraint: 'c',
  preferences: [],
  instruction: 'i',
  split: 's',
  label: 'none',
  source: 's',
  forbidden_prompt: 'f',
  en: 'e',
  bn: 'b',
  sw: 's',
  tags: 't',
  target_functions: ['f'],
  'Attacker Instruction': 'a',
  'Attack Type': 't',
  suite_name: 's',
  pipeline_name: 'p',
  user_task_id: 'u',
  injection_task_id: null,
  utility: true,
  security: true,
}
const columns = Object.keys(good)
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    'standard',
    'contextual',
    '1_full_compliance',
    'base',
    'CN',
    'True',
    'none',
    'x',
    '',
  ),
  fc.constantFrom<unknown>(
    0,
    1,
    2,
    -1,
    1.5,
    null,
    true,
    false,
    [],
    {},
    ['a', 'b'],
    '\ud800',
    '"\n',
  ),
  fc.constantFrom<unknown>([{ role: 'assistant', tool_calls: [{ function: 'f' }, 7] }], [{}], {
    reward: 1,
  }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.jsonValue({ maxDepth: 2 }),
)
const cell = (name: string) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(good[name]) }, { weight: 1, arbitrary: value })
const rows = fc.array(
  fc.record(Object.fromEntries(columns.map((name) => [name, cell(name)])), {
    requiredKeys: columns,
  }),
  { minLength: 1, maxLength: 2 },
)
const cellText = (of: unknown): string => {
  const text = typeof of === 'string' ? of : (JSON.stringify(of) ?? '')
  return `"${(text === 'null' ? '' : text).replaceAll('"', '""')}"`
}
const asCsv = (table: readonly Record<string, unknown>[]): string =>
  [columns, ...table.map((row) => columns.map((name) => row[name]))]
    .map((cells) => cells.map(cellText).join(','))
    .join('\n')

const content = fc.oneof(
  rows.map((table) => ['f.csv', asCsv(table)] as const),
  rows.map((table) => ['f.jsonl', table.map((row) => JSON.stringify(row)).join('\n')] as const),
  rows.map((table) => ['f.json', JSON.stringify(table)] as const),
  rows.map(
    (table) => ['f.json', JSON.stringify({ simulations: table, behaviors: table })] as const,
  ),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => ['f.csv', bytes] as const),
  fc.string({ maxLength: 80 }).map((text) => ['f.json', text] as const),
)

t.test(
  'whatever a file holds, the import ends in files that load or in faults alone',
  async (t) => {
    const folder = t.testdir()
    let written = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...benchmarks),
        content,
        async (benchmark, [name, bytes]) => {
          const place = join(folder, 'en', 'asb')
          rmSync(join(folder, 'en'), { recursive: true, force: true })
          rmSync(join(folder, 'out'), { recursive: true, force: true })
          mkdirSync(place, { recursive: true })
          writeFileSync(join(place, name), bytes)
          const result = await runImport({
            benchmark,
            path: ['xsafety', 'maps', 'agentdojo'].includes(benchmark.id)
              ? folder
              : join(place, name),
            out: join(folder, 'out'),
            model: undefined,
            signal: new AbortController().signal,
          })
          const left = readdirSync(folder).filter((one) => one !== 'en' && one !== 'out')
          if (left.length > 0) return false
          if (!result.ok) {
            refused++
            return (
              result.faults.length > 0 &&
              result.faults.length <= 20 &&
              !existsSync(join(folder, 'out'))
            )
          }
          written++
          return result.written.every(
            (one) =>
              one.count > 0 &&
              (one.kind === 'lines' || loadSuite(join(folder, 'out', one.name)).ok),
          )
        },
      ),
      { numRuns: 700, seed: 13 },
    )
    t.ok(written > 100, `${written} written`)
    t.ok(refused > 200, `${refused} refused`)
  },
)
