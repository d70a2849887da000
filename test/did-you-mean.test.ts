import t from 'tap'
import { didYouMean, nearest } from '../src/did-you-mean.ts'

t.test('a slip of a letter or two finds its name, something else finds none', (t) => {
  const names = ['serve', 'check', 'eval judge']
  t.equal(nearest('sevre', names), 'serve')
  t.equal(nearest('CHECK', names), 'check')
  t.equal(nearest('eval jugde', names), 'eval judge')
  t.equal(nearest('x', names), undefined)
  t.equal(nearest('deploy', names), undefined)
  t.equal(nearest('s'.repeat(1_000_000), names), undefined)
  t.equal(didYouMean(undefined), '')
  t.equal(didYouMean('serve'), '; did you mean serve?')
  t.end()
})
