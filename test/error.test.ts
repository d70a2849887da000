import t from 'tap'
import { codeOf, faultText, messageOf } from '../src/error.ts'

t.test('a fault names key, place and reason', (t) => {
  t.equal(faultText({ key: 'a.b', reason: 'is missing' }), 'a.b: is missing')
  t.equal(faultText({ key: 'a.b', reason: 'is missing', at: 'line 3' }), 'a.b (line 3): is missing')
  t.end()
})

t.test('anything thrown has a message, and a code only when it is one', (t) => {
  t.equal(messageOf(new Error('x')), 'x')
  t.equal(messageOf('x'), 'x')
  t.equal(messageOf({ message: 'x' }), 'unknown error')
  t.equal(codeOf(Object.assign(new Error('x'), { code: 'ENOENT' })), 'ENOENT')
  t.equal(codeOf(Object.assign(new Error('x'), { code: 5 })), undefined)
  t.equal(codeOf('ENOENT'), undefined)
  t.end()
})
