/** Patterns of suites are an operator's, the texts a model's: what is taken ends soon, on any text. */
import * as fc from 'fast-check'
import t from 'tap'
import { patternFrom } from '../../src/probe/pattern.ts'
import { fuzz } from '../fuzz-runs.ts'

/** Known to take exponential time, or the square or cube of a long text, in a backtracking engine. */
const vulnerable = [
  '(.*)*x',
  '(a|a)*b',
  '(a+)+$',
  '\\s+$',
  '(a*)*b',
  '(a|aa)+$',
  '(a|a?)+$',
  '(.*a){20}',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '([a-zA-Z]+)*$',
  '(x+x+)+y',
  '(\\w+\\s?)+$',
  '^(\\d+)*$',
  '(.+)+=',
  '(?:.*,)*x',
  '<(.|\\n)*>',
  '(a{0,9}){0,9}b',
  '(a{1,30}){1,30}b',
  '(?:a|b|ab)*c',
  '^(.*?,){11}P',
  '(\\w*)*@',
  '([^"]*)*"',
  '(?:\\d+,?)+x',
  '(?=(a+))\\1b',
  '(a)\\1*b',
  '(?<n>a+)\\k<n>b',
  'a*a*a*a*b',
  '.*.*=.*',
  '\\d+\\d+\\d+x',
  '[ab]*[bc]*[ca]*d',
  '(?:(?:a{0,5}){0,5}){0,5}b',
  '(a|b|c|d|e){0,30}z',
  '(?:aa|a){0,40}b',
  'a{0,400}a{0,400}b',
  'a{0,99}b{0,99}a{0,99}',
  '(?:a?){30}a{30}',
  '(?:x{2,}){2,}',
  'a{1000}',
  '(?:[a-z]{0,20}-){0,20}!',
  '(?:a{0,3}|b){0,20}c',
]
const fine = [
  'abc',
  '^end$',
  '\\beval\\(',
  'md5|sha1',
  'https?://',
  '[a-z]{1,20}\\(',
  '\\$\\{[^}]{0,80}\\}',
  'a|b|c|d',
  '(?:GET|POST) /',
  'SELECT .{0,200} FROM',
  '\\bexec\\b',
  '["\'][^"\']{0,60}["\']',
  'x?y?z?',
  '\\d{4}-\\d{2}-\\d{2}',
  'verify ?= ?False',
  'shell ?= ?True',
  '(?<!x)y',
  '(?!x)y',
  '(?=z)z',
  '[*+]{1,3}',
  '\\*\\+',
  'pickle\\.loads?',
  'rejectUnauthorized: ?false',
  'innerHTML ?=',
  'Math\\.random',
  '^\\s{0,8}import',
  '#{1,6} ',
  'os\\.system\\(',
  'f"[^"]{0,200}\\{',
  'strcpy|gets',
  'AES.MODE_ECB',
  'DES|RC4',
  '%s',
  '\\?',
  '(?:ab){1,9}',
  '0777',
  '\\u0041',
  '[^a-z]',
  'yaml\\.load\\((?!.{0,80}Safe)',
  'prepareStatement|\\?, ?\\?',
]

/** The texts that make such patterns slow, as long as a scorer reads. */
const size = 32_768
const hostile = ['a', 'ab', 'a b', ' ', 'aaaaaaaaab', 'x', '0', '-', '"', 'a,', 'aA'].map((piece) =>
  piece.repeat(Math.ceil(size / piece.length)).slice(0, size),
)

/** Of CPU, on every one of the texts together; a machine that is busy is still far below. */
const cpuMsMax = 30_000

const cpuMs = (run: () => void): number => {
  const from = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

t.test('40 patterns that are known to be slow are refused', async (t) => {
  t.equal(vulnerable.length, 40)
  t.same(
    vulnerable.filter((source) => patternFrom(source).ok),
    [],
  )
})

t.test(
  'found: an optional letter in a repeated group, two ways in each of thirty rounds',
  async (t) => {
    t.same(patternFrom('(?:a?){30}a{30}b'), {
      ok: false,
      reason: 'a pattern with too many ways to match',
    })
    t.same(patternFrom('(?:(?:ab)?c){0,20}d'), {
      ok: false,
      reason: 'a pattern with too many ways to match',
    })
    t.ok(patternFrom('(?:colou?r, ){0,9}').ok)
  },
)

t.test('40 ordinary ones are taken', async (t) => {
  t.equal(fine.length, 40)
  t.same(
    fine.filter((source) => !patternFrom(source).ok),
    [],
  )
})

t.test('any text is a pattern or says why not, and what is taken is of bounded work', async (t) => {
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(
        'a',
        'b',
        '.',
        '\\w',
        '\\s',
        '[ab]',
        '[^a]',
        '\\b',
        '^',
        '$',
        '\\d',
        ' ',
        '\\1',
      ),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
      fc
        .tuple(
          tie('pattern'),
          fc.constantFrom('?', '*', '+', '{2}', '{0,3}', '{0,40}', '{1,9}?', '{3,}'),
        )
        .map(([a, times]) => `(?:${a})${times}`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('?=', '?!', '?<=', '?<!', ''))
        .map(([a, kind]) => `(${kind}${a})`),
    ),
  }))
  const source = fc.oneof(
    { weight: 3, arbitrary: pattern },
    fc
      .array(
        fc.constantFrom(
          '(',
          ')',
          '[',
          ']',
          '{',
          '}',
          '*',
          '+',
          '?',
          '|',
          '\\',
          'a',
          '1',
          ',',
          '^',
          '$',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  const taken: RegExp[] = []
  fc.assert(
    fc.property(source, (text) => {
      const read = patternFrom(text)
      if (!read.ok) return read.reason.length > 5
      if (taken.length < 400) taken.push(read.pattern)
      // On a short text each must end at once; on long ones a share of them is tried below.
      return hostile.every((long) =>
        [31, 59, 200].every(
          (length) => typeof read.pattern.test(long.slice(0, length)) === 'boolean',
        ),
      )
    }),
    fuzz('patterns', 20261128),
  )
  t.ok(taken.length > 100, `${taken.length} were taken`)
  let slowest = { source: '', ms: 0 }
  for (const one of taken.filter((_, i) => i % 10 === 0)) {
    const ms = cpuMs(() => {
      for (const long of hostile) one.test(long)
    })
    if (ms > slowest.ms) slowest = { source: one.source, ms }
  }
  t.ok(
    slowest.ms < cpuMsMax,
    `slowest: ${slowest.source}, ${slowest.ms} ms on ${hostile.length} texts`,
  )
})
