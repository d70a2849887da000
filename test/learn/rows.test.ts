/** The training rows of the project stay apart from the set that languages are measured on. */
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

interface Row {
  prompt: string
  response: string
}

const rowsOf = (path: string): Row[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)

const gramLength = 6
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const gramsOf = (text: string): Set<string> => {
  const folded = plain(text)
  const grams = new Set<string>()
  for (let i = 0; i + gramLength <= folded.length; i++) grams.add(folded.slice(i, i + gramLength))
  return grams
}

/** Share of the smaller text's character 6-grams that stand in the other; short texts say nothing. */
const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  if (small.size < gramLength) return 0
  let shared = 0
  for (const gram of small) if (large.has(gram)) shared++
  return shared / small.size
}

t.test('no training answer is nearly one of the language set', (t) => {
  let compared = 0
  for (const file of readdirSync('src/learn/rows/answers')) {
    const held = rowsOf(`test/fixtures/judge-languages/${file}`).map(({ prompt, response }) => ({
      prompt: gramsOf(prompt),
      response: gramsOf(response),
    }))
    const near = rowsOf(`src/learn/rows/answers/${file}`).flatMap((row, line) => {
      const prompt = gramsOf(row.prompt)
      const response = gramsOf(row.response)
      compared += held.length
      return held.some(
        (one) => overlap(prompt, one.prompt) > 0.7 || overlap(response, one.response) > 0.6,
      )
        ? [line + 1]
        : []
    })
    t.strictSame(near, [], `${file}: lines that repeat the held-out set`)
  }
  t.ok(compared > 200_000, `${compared} pairs`)
  t.end()
})

t.test('nor is a plain refusal', (t) => {
  const rows = readFileSync('src/learn/rows/plain/plain.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row & { lang: string })
  let compared = 0
  for (const { lang, prompt, response } of rows) {
    const near = rowsOf(`test/fixtures/judge-languages/${lang}.jsonl`).filter((one) => {
      compared++
      return (
        overlap(gramsOf(prompt), gramsOf(one.prompt)) > 0.7 ||
        overlap(gramsOf(response), gramsOf(one.response)) > 0.6
      )
    })
    t.equal(near.length, 0, `${lang}: ${response}`)
  }
  t.ok(compared > 7_000, `${compared} pairs`)
  t.end()
})
