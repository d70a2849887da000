import fc from 'fast-check'
import t from 'tap'
import { BodyCopy } from '../../src/proxy/body-copy.ts'

t.test('any sequence of chunks comes back whole and in order', async () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 40 }), (lengths) => {
      const copy = new BodyCopy()
      const chunks = lengths.map((length, i) => Buffer.alloc(length, i + 1))
      for (const chunk of chunks) copy.add(chunk)
      const whole = Buffer.concat(chunks)
      return copy.bytes === whole.length && Buffer.concat([...copy.parts()]).equals(whole)
    }),
    { seed: 1, numRuns: 300 },
  )
})

t.test('a body of one chunk is kept by reference, many small ones are a few blocks', async (t) => {
  const one = new BodyCopy()
  const chunk = Buffer.from('whole')
  one.add(chunk)
  t.equal(one.parts()[0], chunk)
  const many = new BodyCopy()
  for (let i = 0; i < 200; i++) many.add(Buffer.alloc(180, i))
  t.ok(many.parts().length <= 6, `${many.parts().length} parts`)
})

t.test('what was cleared is gone', async (t) => {
  const copy = new BodyCopy()
  copy.add(Buffer.from('a'))
  copy.add(Buffer.from('b'))
  copy.clear()
  t.same(copy.parts(), [])
})
