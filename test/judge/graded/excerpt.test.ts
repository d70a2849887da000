import fc from 'fast-check'
import t from 'tap'
import { type Excerpt, excerptOf } from '../../../src/judge/graded/excerpt.ts'
import { neutralise } from '../../../src/judge/graded/neutralise.ts'

/** Bytes as sent: each line with its prefix of two. */
const sentBytes = ({ head, tail }: Excerpt): number =>
  [head, ...(tail === undefined ? [] : [tail])]
    .map((part) => Buffer.byteLength(`| ${part.replaceAll('\n', '\n| ')}`))
    .reduce((sum, bytes) => sum + bytes)

t.test('a short text is its neutralised self', async (t) => {
  t.same(excerptOf('a <b>\nc', 100), { head: 'a ‹b›\nc', tail: undefined })
  t.same(excerptOf('', 100), { head: '', tail: undefined })
})

t.test('a text of exactly the bound is whole, one byte more is cut in the middle', async (t) => {
  t.same(excerptOf('x'.repeat(98), 100), { head: 'x'.repeat(98), tail: undefined })
  t.same(excerptOf(`a${'x'.repeat(97)}b`, 100), {
    head: `a${'x'.repeat(47)}`,
    tail: `${'x'.repeat(47)}b`,
  })
})

t.test('head and tail end between code points', async (t) => {
  t.same(excerptOf('👍'.repeat(1000), 40), { head: '👍'.repeat(4), tail: '👍'.repeat(4) })
  t.same(excerptOf('漢'.repeat(1000), 40), { head: '漢'.repeat(6), tail: '漢'.repeat(6) })
})

t.test('any text fits the bound, with what was promised at both ends', async () => {
  const unit = fc.oneof(
    fc.constantFrom('\n', '\r\n', 'a', 'é', '漢', '👍', '<', '\u200b', '\ud800', ' '),
    fc.string({ unit: 'binary', maxLength: 3 }),
  )
  const texts = fc.array(unit, { maxLength: 120 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, fc.integer({ min: 16, max: 200 }), (text, bytesMax) => {
      const excerpt = excerptOf(text, bytesMax)
      const clean = neutralise(text)
      const { head, tail } = excerpt
      return (
        sentBytes(excerpt) <= bytesMax &&
        !/\p{Cs}/u.test(`${head}${tail}`) &&
        (tail === undefined ? head === clean : clean.startsWith(head) && clean.endsWith(tail))
      )
    }),
    { numRuns: 20_000, seed: 1 },
  )
})

t.test('ten megabytes cost as much as the ends that are read', async (t) => {
  const text = `begin${'<\n'.repeat(5e6)}end`
  const begun = process.hrtime.bigint()
  const { head, tail } = excerptOf(text, 3072)
  t.ok(Number(process.hrtime.bigint() - begun) / 1e6 < 200)
  t.ok(head.startsWith('begin‹\n‹'))
  t.ok(tail?.endsWith('‹\nend'))
})
