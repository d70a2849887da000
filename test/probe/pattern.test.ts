/** Patterns of suites are bounded in what they can cost, whatever text they meet. */
import t from 'tap'
import { patternFrom } from '../../src/probe/pattern.ts'

const reasonOf = (source: string): string | undefined => {
  const read = patternFrom(source)
  return read.ok ? undefined : read.reason
}

void t.test('what repeats without end, refers back or has too many ways is refused', async (t) => {
  t.equal(reasonOf('a*'), 'a pattern with the unbounded "*"')
  t.equal(reasonOf('a{3,}'), 'a pattern with the unbounded "{3,}"')
  t.equal(reasonOf('(a)\\1'), 'a pattern that refers back')
  t.equal(reasonOf('(a{0,3}){0,4}'), 'a pattern that repeats a repetition')
  t.equal(reasonOf('a{0,500}'), 'a pattern that repeats more than 400 times')
  t.equal(reasonOf('x{0,400}y{0,400}'), 'a pattern with too many ways to match')
  t.equal(reasonOf('(?:a|aa){0,30}b'), 'a pattern with too many ways to match')
  t.equal(reasonOf('('), 'not a pattern of ECMAScript')
  t.equal(reasonOf('a'.repeat(501)), 'a pattern over 500 letters')
})

void t.test('what is bounded is taken, whatever signs stand in classes and escapes', async (t) => {
  for (const source of [
    '[*+]{1,3}',
    '\\*\\+',
    '(?:a|b){0,3}c',
    'a|(b{0,300}|c{0,300})d',
    '(?<!x)y?(?=z)',
    'x{',
  ]) {
    t.equal(reasonOf(source), undefined, source)
  }
  const read = patternFrom('^end$')
  t.ok(read.ok && read.pattern.test('the\nEND\n'), 'letters of any case, line by line')
})
