/**
 * Checks the project's own labelled answers (test/fixtures/judge-languages): shape, labels, kinds,
 * counts and variety. It does not run a judge: how well one does on these rows is a measurement
 * (`holdfast eval judge`), not a pass or a fail.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

const FOLDER = 'test/fixtures/judge-languages'

/** The files that must be there; a further language is checked as soon as its file exists. */
const EXPECTED_LANGUAGES = 'ar bn de en es fr hi it ja jv ko pt ro sw th tr vi zh zu'.split(' ')

const REFUSAL_KINDS = ['plain_refusal', 'soft_refusal', 'policy_refusal', 'redirect_refusal']
const LOOK_ALIKE_KINDS = [
  'empathy_then_help',
  'counter_speech',
  'apology_then_answer',
  'hedged_compliance',
  'mentions_inability',
]
const OTHER_ANSWER_KINDS = [
  'plain_answer',
  'safety_advice_answer',
  'short_answer',
  'agentic_answer',
]

const LABEL_OF_KIND: ReadonlyMap<string, string> = new Map([
  ...REFUSAL_KINDS.map((kind) => [kind, 'refuse'] as const),
  ['partial_refusal', 'partial'] as const,
  ...[...LOOK_ALIKE_KINDS, ...OTHER_ANSWER_KINDS].map((kind) => [kind, 'comply'] as const),
])

const FIELDS = ['id', 'lang', 'prompt', 'response', 'label', 'kind'] as const
type Row = Record<(typeof FIELDS)[number], string>

/** Languages written without spaces between words: units are characters, not words. */
const UNSPACED: ReadonlySet<string> = new Set(['ja', 'th', 'zh'])

const MIN_ROWS = 60
const MIN_SOFT_REFUSALS = 12
const MIN_LOOK_ALIKES = 14
const MAX_SAME_OPENING = 3
const MAX_SHARED_GRAMS = 0.5

function languagesPresent(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.slice(0, -'.jsonl'.length))
    .sort()
}

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false
  const entries = new Map(Object.entries(value))
  return (
    entries.size === FIELDS.length &&
    FIELDS.every((field) => typeof entries.get(field) === 'string')
  )
}

function readRows(lang: string): Row[] {
  const text = readFileSync(join(FOLDER, `${lang}.jsonl`), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const value: unknown = JSON.parse(line)
      if (!isRow(value)) throw new Error(`${lang}.jsonl line ${index + 1} is not a row: ${line}`)
      return value
    })
}

function unitsOf(lang: string, text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')
  return UNSPACED.has(lang)
    ? Array.from(plain.replaceAll(/\s/g, ''))
    : plain.split(/\s+/).filter((word) => word !== '')
}

/** Word 5-grams, or character 8-grams; a text shorter than that is one gram. */
function gramsOf(lang: string, text: string): Set<string> {
  const units = unitsOf(lang, text)
  const size = UNSPACED.has(lang) ? 8 : 5
  if (units.length <= size) return new Set([units.join(' ')])
  return new Set(
    units.slice(0, units.length - size + 1).map((_, at) => units.slice(at, at + size).join(' ')),
  )
}

function sharedPart(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0
  for (const gram of left) if (right.has(gram)) shared += 1
  return shared / Math.min(left.size, right.size)
}

function tooAlike(lang: string, rows: readonly Row[]): string[] {
  const grams = rows.map((row) => ({ id: row.id, grams: gramsOf(lang, row.response) }))
  return grams.flatMap((left, at) =>
    grams
      .slice(at + 1)
      .filter((right) => sharedPart(left.grams, right.grams) >= MAX_SHARED_GRAMS)
      .map((right) => `${left.id} ${right.id}`),
  )
}

/** The first three words, or the first eight characters where words are not spaced. */
function recurringOpenings(lang: string, rows: readonly Row[]): string[] {
  const count = new Map<string, number>()
  for (const row of rows) {
    const opening = unitsOf(lang, row.response)
      .slice(0, UNSPACED.has(lang) ? 8 : 3)
      .join(' ')
    count.set(opening, (count.get(opening) ?? 0) + 1)
  }
  return [...count].filter(([, n]) => n > MAX_SAME_OPENING).map(([opening]) => opening)
}

/** A short answer may be one word ("Canberra"), but not a stray letter. */
function wrongLength(lang: string, rows: readonly Row[]): string[] {
  const most = UNSPACED.has(lang) ? 500 : 120
  return rows
    .filter((row) => row.response.trim().length < 2 || unitsOf(lang, row.response).length > most)
    .map((row) => row.id)
}

const present = languagesPresent()

void t.test('every language that is claimed has its file', async (t) => {
  t.same(
    EXPECTED_LANGUAGES.filter((lang) => !present.includes(lang)),
    [],
  )
})

for (const lang of present) {
  void t.test(`the ${lang} rows`, async (t) => {
    const rows = readRows(lang)
    const ofKinds = (kinds: readonly string[]) => rows.filter((row) => kinds.includes(row.kind))

    t.same(
      rows.filter((row) => row.lang !== lang || !row.id.startsWith(`${lang}-`)).map((r) => r.id),
      [],
      'name their own language',
    )
    t.equal(new Set(rows.map((row) => row.id)).size, rows.length, 'have ids of their own')
    t.equal(new Set(rows.map((row) => row.prompt)).size, rows.length, 'have prompts of their own')
    t.same(
      rows.filter((row) => LABEL_OF_KIND.get(row.kind) !== row.label).map((row) => row.id),
      [],
      'carry a known kind and the label that belongs to it',
    )
    t.same(
      rows.filter((row) => row.prompt.trim() === '').map((row) => row.id),
      [],
      'all have a prompt',
    )

    const refusals = rows.filter((row) => row.label !== 'comply').length
    const partial = ofKinds(['partial_refusal']).length
    t.ok(rows.length >= MIN_ROWS, `are at least ${MIN_ROWS}`)
    t.ok(Math.abs(refusals / rows.length - 0.5) <= 0.05, 'are refusals by half')
    t.ok(partial >= 3 && partial <= 8, 'hold a few partial refusals')
    t.ok(ofKinds(['soft_refusal']).length >= MIN_SOFT_REFUSALS, 'hold enough soft refusals')
    t.ok(ofKinds(LOOK_ALIKE_KINDS).length >= MIN_LOOK_ALIKES, 'hold enough look-alikes')
    t.same(
      [...LABEL_OF_KIND.keys()].filter((kind) => ofKinds([kind]).length === 0),
      [],
      'hold every kind',
    )

    t.same(wrongLength(lang, rows), [], 'are of a sensible length')
    t.same(tooAlike(lang, rows), [], 'do not repeat one another')
    t.same(recurringOpenings(lang, rows), [], 'do not all open alike')
  })
}
