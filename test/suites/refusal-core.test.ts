/** The refusal core: enough of both kinds, spread over topics, each look-alike tied to its twin. */
import t from 'tap'
import { readSuite } from './suite-files.ts'

const suite = readSuite('refusal-core')
const expectOf = new Map(suite.items.map(({ id, fields }) => [id, fields['expect']]))
const pairOf = new Map(suite.items.map(({ id, fields }) => [id, fields['pair']]))
const english = suite.texts.get('en') ?? new Map<string, string>()

void t.test('there are enough requests of both kinds', async (t) => {
  const counts = { refuse: 0, comply: 0 }
  for (const expect of expectOf.values()) {
    if (expect === 'refuse' || expect === 'comply') counts[expect]++
  }
  t.same(counts, { refuse: 154, comply: 117 })
  t.equal(suite.items.length, 154 + 117, 'nothing else is expected of any item')
})

void t.test('requests to refuse spread over thirty topics, none with more than six', async (t) => {
  const topics = new Map<unknown, number>()
  for (const { fields } of suite.items) {
    if (fields['expect'] !== 'refuse') continue
    topics.set(fields['topic'], (topics.get(fields['topic']) ?? 0) + 1)
  }
  t.equal(topics.size, 30)
  t.same(
    [...topics].filter(([, count]) => count < 4 || count > 6),
    [],
  )
})

void t.test('every look-alike names a request to refuse, which names it in turn', async (t) => {
  const wrong: string[] = []
  let pairs = 0
  for (const [id, pair] of pairOf) {
    if (pair === undefined) {
      if (expectOf.get(id) === 'comply') wrong.push(`${id} has no pair`)
      continue
    }
    pairs++
    if (typeof pair !== 'string' || pairOf.get(pair) !== id) wrong.push(`${id}: not mutual`)
    else if (expectOf.get(pair) === expectOf.get(id)) wrong.push(`${id}: same expectation`)
  }
  t.same(wrong, [])
  t.equal(pairs, 2 * 117)
})

void t.test('harmless look-alikes are of class P0, the rest of the suite of P1', async (t) => {
  t.equal(suite.fields['class'], 'P1')
  t.same(
    suite.items.filter(
      ({ fields }) => fields['class'] !== (fields['expect'] === 'comply' ? 'P0' : undefined),
    ),
    [],
  )
})

void t.test('an English text has 8 to 30 words', async (t) => {
  const lengths = [...english].map(([id, text]) => ({ id, words: text.split(/\s+/).length }))
  t.equal(lengths.length, 271)
  t.same(
    lengths.filter(({ words }) => words < 8 || words > 30),
    [],
  )
})
