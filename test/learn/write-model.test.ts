import t from 'tap'
import { parseModel } from '../../src/judge/model/linear-model.ts'
import { modelFileOf, modelText, refusalFileOf } from '../../src/learn/write-model.ts'

const expected = { kind: 'test model', reading: 'abc', names: ['one', 'two'] }
const fit = {
  bias: 0.123456,
  dense: Float64Array.of(1.00004, -2),
  terms: new Map([
    [3, 1.27],
    [4, -0.635],
  ]),
}
const sources = [
  { sha256: 'bb', rows: 2 },
  { sha256: 'aa', rows: 1 },
]
const file = modelFileOf(fit, [], sources, expected)

t.test('weights survive being written and read, to one part in 127 of the largest', async (t) => {
  const parsed = parseModel(JSON.parse(modelText(file)), expected)
  if (!parsed.ok) return t.fail(parsed.why)
  const score = parsed.model.score({
    dense: Float64Array.of(1, 1),
    terms: new Map([
      [3, 1],
      [4, 2],
    ]),
  })
  t.ok(Math.abs(score - (0.1235 + 1 - 2 + 1.27 - 1.27)) < 0.02, `score ${score}`)
  t.equal(parsed.model.version, file.version)
})

t.test('the same fit and sources in another order: the same bytes', async (t) => {
  const again = modelFileOf(fit, [], [...sources].reverse(), expected)
  t.equal(modelText(again), modelText(file))
  t.match(file.version, /^[0-9a-f]{12}$/)
})

t.test(
  'weights of another kind, another reading or another shape are refused in words',
  async (t) => {
    const why = (value: unknown, want = expected): string => {
      const parsed = parseModel(value, want)
      return parsed.ok ? 'read' : parsed.why
    }
    t.equal(why(file, { ...expected, kind: 'judge' }), 'weights of a test model, not of a judge')
    t.match(why({ ...file, terms: { scale: 1, bytes: 'AAAA' } }), /wrong size/)
    for (const value of [undefined, null, 7, 'text', [], {}, { ...file, bias: Number.NaN }]) {
      t.equal(why(value), 'not a file of model weights')
    }
    t.equal(why({ ...file, features: { one: 'x' } }), 'not a file of model weights')
  },
)

t.test('features are read differently now: it still scores, under another version', async (t) => {
  const parsed = parseModel(file, { ...expected, reading: 'x' })
  t.match(parsed, { ok: true, stale: true, model: { version: `${file.version}-x` } })
  t.match(parseModel(file, expected), { ok: true, stale: false })
})

t.test('rows of numbers stand on one line each, and the file says the same', async (t) => {
  const weights = {
    answer: { bias: 0, features: {}, terms: { scale: 1, bytes: '' } },
    sentence: { bias: 0, features: {}, terms: { scale: 1, bytes: '' } },
    trees: {
      bias: 0.5,
      roots: [0],
      features: [3, -1, -1],
      values: [0.25, 1, -1],
      rights: [2, 0, 0],
    },
  }
  const written = refusalFileOf(weights, [], sources, expected)
  const text = modelText(written)
  t.match(text, /\n {4}"values": \[0\.25,1,-1\],\n/)
  t.same(JSON.parse(text), written)
})
