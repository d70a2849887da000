import fc from 'fast-check'
import t from 'tap'
import { visible, wrapped } from '../../src/label/shown-text.ts'

void t.test('characters that act on a terminal or hide are shown by their number', async (t) => {
  t.equal(visible('a\u001b[2Jb'), 'a<U+001B>[2Jb')
  t.equal(visible('x\u202egnp\u200b\u00ad\u0007'), 'x<U+202E>gnp<U+200B><U+00AD><U+0007>')
  t.equal(visible('a\r\nb\rc\td'), 'a\nb<U+000D>c    d')
  t.equal(visible('\ud800'), '<U+D800>')
  t.equal(visible('क्‍ष 中文 👍🏽 é'), 'क्‍ष 中文 👍🏽 é', 'joiners and marks are writing')
})

void t.test(
  'lines are cut at spaces, long words anywhere, wide signs take two cells',
  async (t) => {
    t.same(wrapped('one two three four', 10), ['one two', 'three four'])
    t.same(wrapped('abcdefghijklmnop', 10), ['abcdefghij', 'klmnop'])
    t.same(wrapped('中文中文中文中', 10), ['中文中文中', '文中'])
    t.same(wrapped('a\n\nb', 10), ['a', '', 'b'])
    t.same(wrapped('', 10), [''])
  },
)

void t.test('wrapping loses no letter, and nothing that acts is left', async () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.integer({ min: 10, max: 60 }),
      (text, columns) => {
        const lines = wrapped(text, columns)
        const bare = (value: string): string => value.replace(/\s/g, '')
        return (
          bare(lines.join('')) === bare(visible(text)) &&
          lines.every((line) => !/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(line))
        )
      },
    ),
    { numRuns: 2000, seed: 9 },
  )
})

void t.test('a long line costs time in proportion to its length', async (t) => {
  const started = performance.now()
  wrapped('a'.repeat(1_000_000), 80)
  wrapped('a '.repeat(500_000), 80)
  t.ok(performance.now() - started < 4000)
})
