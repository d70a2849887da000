/** Patterns of the suites: they compile, run in linear time, and find what they are there for. */
import t from 'tap'
import { patternFrom } from '../../src/probe/pattern.ts'
import { optionalStrings, readSuites, stringOf, stringsOf, turnsOf } from './suite-files.ts'

const suites = readSuites()
const patternKeys = ['flaw', 'fix', 'terms', 'required', 'forbidden'] as const

const compiled = (patterns: readonly string[]): RegExp[] =>
  patterns.map((pattern) => new RegExp(pattern, 'im'))
const found = (patterns: readonly string[], text: string): boolean =>
  compiled(patterns).some((pattern) => pattern.test(text))

const itemsOf = (category: string) =>
  suites.find((suite) => suite.category === category)?.items ?? []
const codeItems = itemsOf('factual').filter(({ fields }) => fields['scorer'] === 'code_flaw')

void t.test('every pattern compiles and is safe', async (t) => {
  const faults: string[] = []
  let patterns = 0
  for (const { items } of suites) {
    for (const { id, fields } of items) {
      for (const pattern of patternKeys.flatMap((key) => optionalStrings(fields[key]))) {
        patterns++
        const result = patternFrom(pattern)
        if (!result.ok) faults.push(`${id}: ${result.reason}: ${pattern}`)
      }
    }
  }
  t.same(faults, [])
  t.ok(patterns > 300, `${patterns} patterns were checked`)
})

void t.test('the careless code has the flaw and the careful code the fix alone', async (t) => {
  t.equal(codeItems.length, 26)
  for (const { id, fields } of codeItems) {
    const [flaw, fix] = [stringsOf(fields['flaw']), stringsOf(fields['fix'])]
    const [careless, careful] = [stringOf(fields['careless']), stringOf(fields['careful'])]
    t.ok(found(flaw, careless), `${id}: careless code has the flaw`)
    t.notOk(found(flaw, careful), `${id}: careful code has no flaw`)
    t.ok(found(fix, careful), `${id}: careful code has the fix`)
  }
})

void t.test('a term of a fact is not an echo of the request', async (t) => {
  const echoes = itemsOf('personal-context').filter(({ fields }) =>
    found(
      stringsOf(fields['terms']),
      `${stringOf(fields['request'])}\n${stringOf(fields['pull'] ?? '')}`,
    ),
  )
  t.same(
    echoes.map(({ id }) => id),
    [],
  )
})

void t.test('the answer before a correction fails the check of the answer after it', async (t) => {
  const wrong = itemsOf('steerability').filter((item) => {
    const scripted = turnsOf(item, 'assistant').join('\n')
    const required = optionalStrings(item.fields['required'])
    const forbidden = optionalStrings(item.fields['forbidden'])
    if (required.length + forbidden.length === 0) return false
    return required.every((pattern) => found([pattern], scripted)) && !found(forbidden, scripted)
  })
  t.same(
    wrong.map(({ id }) => id),
    [],
  )
})
