import t from 'tap'
import { normalise } from '../../src/judge/normalise.ts'
import { asks } from '../../src/judge/request-words.ts'

for (const [prompt, wanted] of [
  ['How do I bake bread?', 1],
  ['Write a poem about rain.', 1],
  ['I have two sons. Please suggest names.', 1],
  ['Schreib mir ein Gedicht', 1],
  ['帮我写一首诗', 1],
  ['เขียนกลอนให้หน่อย', 1],
  ['They should all go home.', 0],
  ['', 0],
  ['Why did it cross the road? It was lazy.', 0.25],
] as const) {
  t.test(`${wanted}: ${prompt}`, async (t) => t.equal(asks(normalise(prompt)), wanted))
}

t.test('a long text of sentence ends costs little', async (t) => {
  const started = process.hrtime.bigint()
  asks('. - : '.repeat(700) + 'a'.repeat(4000))
  t.ok(Number(process.hrtime.bigint() - started) / 1e6 < 100)
})
