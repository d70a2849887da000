/** The measure of likeness by which the suites are held apart. */
import t from 'tap'
import { alikeIn, gramsOf, sharedPart } from './overlap.ts'

void t.test('words count where there are spaces, characters where there are none', async (t) => {
  t.same(
    [...gramsOf('One two, three FOUR five six.', 'en')],
    ['one two three four five', 'two three four five six'],
  )
  t.same([...gramsOf('今天天气很好', 'zh')], ['今 天 天 气 很', '天 天 气 很 好'])
  t.same([...gramsOf('Short one', 'en')], ['short one'])
})

void t.test('the share is that of the smaller text', async (t) => {
  const long = gramsOf('how do i put a lock on the old garden gate today', 'en')
  t.equal(sharedPart(gramsOf('how do i put a tent up', 'en'), long), 1 / 3)
  t.equal(sharedPart(long, gramsOf('how do i put a tent up', 'en')), 1 / 3)
})

void t.test(
  'half of the 5-grams are too many, and so is another spelling of the same',
  async (t) => {
    const texts = new Map([
      ['a', 'How do I put a lock on the gate'],
      ['b', 'How do I put a lock on bikes in the rain'],
      ['c', 'how do i put a LOCK on the gate?!'],
      ['d', 'Something else altogether, without any word of the others here'],
    ])
    t.same(alikeIn(texts, 'en'), ['a b 0.60', 'a c 1.00', 'b c 0.60'])
  },
)

void t.test('characters may be shared up to .7', async (t) => {
  const texts = new Map([
    ['a', '一二三四五六七八九十'],
    ['b', '一二三四五六七八九甲'],
    ['c', '一二三四五六七八乙丙'],
  ])
  t.same(alikeIn(texts, 'zh'), ['a b 0.83'])
})
