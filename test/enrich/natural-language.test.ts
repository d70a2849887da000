import t from 'tap'
import { lastSegment, letterWeight, naturalLines } from '../../src/enrich/natural-language.ts'

const cases: readonly (readonly [situation: string, text: string, lines: string[]])[] = [
  ['sentences stay', 'Warum ist das so?\nBitte kurz.', ['Warum ist das so?', 'Bitte kurz.']],
  [
    'a fenced block goes',
    'Erkläre das:\n```js\nconst a = 1\n```\nDanke',
    ['Erkläre das:', 'Danke'],
  ],
  ['an unclosed fence takes the rest', 'Warum?\n```\nfoo bar baz', ['Warum?']],
  ['a fence inside another kind of fence is code', '~~~\n```\ncode words\n~~~\nja', ['ja']],
  ['URLs and addresses go', 'siehe https://example.com/a?b=c oder a@b.de', ['siehe oder']],
  [
    'paths and identifiers go',
    'ändere src/enrich/depth.ts und fooBar und my_var',
    ['ändere und und'],
  ],
  ['inline code goes', 'was macht `git rebase -i` genau', ['was macht genau']],
  [
    'a stack trace goes',
    'Was heißt das?\nTypeError: x is not a function\n    at Object.run (/app/a.js:3:5)\n    at main (b.js:1:1)',
    ['Was heißt das?'],
  ],
  ['a line of JSON goes', '{"a": 1, "b": [1, 2]}\nWas ist das?', ['Was ist das?']],
  [
    'a sentence that begins with an import word stays',
    'from my view it is fine',
    ['from my view it is fine'],
  ],
  ['lines without letters go', '1 2 3\n---\n...', []],
]
for (const [situation, text, lines] of cases) {
  void t.test(situation, (t) => {
    t.same(naturalLines(text), lines)
    t.end()
  })
}

void t.test('English context before a German question: the question decides', (t) => {
  const context = 'The report says sales went up. It was written in March.'
  t.equal(lastSegment(`${context}\n\nWas bedeutet dieser Bericht?`), 'Was bedeutet dieser Bericht?')
  t.end()
})

void t.test('a last line too short to decide takes the line before it along', (t) => {
  t.equal(lastSegment('Wie spät ist es in Berlin?\nDanke'), 'Wie spät ist es in Berlin?\nDanke')
  t.end()
})

void t.test('an ideograph weighs more than a letter, punctuation nothing', (t) => {
  t.equal(letterWeight('abc, 12!'), 3)
  t.equal(letterWeight('你好'), 7)
  t.equal(letterWeight('ñ×÷'), 1)
  t.end()
})

void t.test('a megabyte on one line costs milliseconds', (t) => {
  const started = performance.now()
  naturalLines('`a `'.repeat(300_000))
  naturalLines('a'.repeat(1_000_000))
  naturalLines(`${' '.repeat(500_000)}x`)
  t.ok(performance.now() - started < 500)
  t.end()
})
