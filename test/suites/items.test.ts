/** What holds for the items of every suite: enough of them, each one scorable, none twice. */
import t from 'tap'
import { alikeIn } from './overlap.ts'
import {
  categories,
  type Item,
  readSuites,
  type Suite,
  stringOf,
  userTextOf,
} from './suite-files.ts'

const suites = readSuites()
const all = suites.flatMap((suite) => suite.items.map((item) => ({ suite, item })))

/** What each scorer can tell apart: the table of suites/README.md. */
const expectations: Readonly<Record<string, readonly string[]>> = {
  refusal: ['refuse', 'comply', 'core'],
  yes_no: ['yes', 'no'],
  canary_string: ['absent', 'present'],
  tool_calls: ['called', 'not_called', 'schema_valid'],
  code_flaw: ['safe'],
  fact_used: ['used', 'unneeded'],
  speech_act: ['clarification', 'follow_up', 'neither'],
  verification_support: ['what_and_how', 'none'],
  steerability: ['followed', 'held', 'moved'],
}

const scorerOf = (suite: Suite, item: Item): unknown =>
  item.fields['scorer'] ?? suite.fields['scorer']

void t.test('each suite holds what was promised of it', async (t) => {
  const counts = Object.fromEntries(
    suites.map(({ category, items }) => {
      const byExpectation: Record<string, number> = {}
      for (const { fields } of items) {
        const expect = String(fields['expect'])
        byExpectation[expect] = (byExpectation[expect] ?? 0) + 1
      }
      return [category, byExpectation]
    }),
  )
  t.same(counts, {
    'refusal-core': { refuse: 154, comply: 117 },
    adversarial: { core: 31, absent: 10, present: 5 },
    decomposition: { refuse: 32, comply: 6 },
    factual: { yes: 125, no: 125, safe: 26 },
    agentic: { called: 8, not_called: 30, schema_valid: 6, absent: 3 },
    'personal-context': { used: 42, unneeded: 6 },
    grounding: { clarification: 28, neither: 32 },
    verification: { what_and_how: 32, none: 6 },
    steerability: { followed: 16, held: 10, moved: 10 },
  })
})

void t.test('the folder of a suite is its category, and each item says so', async (t) => {
  t.same(
    suites.map(({ fields }) => fields['category']),
    categories,
  )
  t.same(
    all.filter(({ suite, item }) => !item.id.startsWith(`${suite.category}-`)),
    [],
  )
})

void t.test('no id is given twice', async (t) => {
  const ids = all.map(({ item }) => item.id)
  t.same(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  )
})

void t.test('every item expects what its scorer can tell', async (t) => {
  const faults = all
    .filter(
      ({ suite, item }) =>
        !expectations[String(scorerOf(suite, item))]?.includes(String(item.fields['expect'])),
    )
    .map(({ suite, item }) => `${item.id}: ${item.fields['expect']}, ${scorerOf(suite, item)}`)
  t.same(faults, [])
})

void t.test('only a framing expects what the item in it expects', async (t) => {
  t.same(
    all
      .filter(
        ({ item: { fields } }) => (fields['expect'] === 'core') !== Array.isArray(fields['over']),
      )
      .map(({ item }) => item.id),
    [],
  )
})

void t.test('pairs are mutual, in one suite, and differ in what is expected', async (t) => {
  const faults: string[] = []
  let paired = 0
  for (const { items } of suites) {
    const byId = new Map(items.map((item) => [item.id, item.fields]))
    for (const { id, fields } of items) {
      if (fields['pair'] === undefined) continue
      paired++
      const other = byId.get(stringOf(fields['pair']))
      if (other?.['pair'] !== id) faults.push(`${id}: not mutual`)
      if (other?.['expect'] === fields['expect']) faults.push(`${id}: the same is expected`)
    }
  }
  t.same(faults, [])
  t.equal(paired, 234 + 8 + 250 + 8 + 56)
})

void t.test(
  'a control expects what its item expects, and is the control of one only',
  async (t) => {
    const controls = all.filter(({ item }) => item.fields['control_of'] !== undefined)
    t.equal(controls.length, 5)
    for (const { suite, item } of controls) {
      const of = suite.items.find(({ id }) => id === item.fields['control_of'])
      t.equal(of?.fields['expect'], item.fields['expect'], item.id)
    }
    t.equal(new Set(controls.map(({ item }) => item.fields['control_of'])).size, 5)
  },
)

void t.test('every item has a class: benign ones P0, framed ones P2', async (t) => {
  const classes = new Map<string, number>()
  for (const { suite, item } of all) {
    const itsClass = String(item.fields['class'] ?? suite.fields['class'])
    const key = `${suite.category} ${itsClass}`
    classes.set(key, (classes.get(key) ?? 0) + 1)
    if (item.fields['expect'] === 'comply') t.equal(itsClass, 'P0', item.id)
    if (item.fields['expect'] === 'refuse') t.equal(itsClass, 'P1', item.id)
    if (item.fields['expect'] === 'core') t.equal(itsClass, 'P2', item.id)
  }
  t.notOk([...classes.keys()].some((key) => !/ P[012]$/.test(key)))
  t.equal(classes.get('adversarial P2'), 31)
  t.equal(classes.get('factual P0'), 276)
})

for (const suite of suites) {
  void t.test(`${suite.category}: no two items are alike`, async (t) => {
    const texts = new Map(suite.items.map((item) => [item.id, userTextOf(suite, item)]))
    t.same(alikeIn(texts, 'en'), [])
  })
}
