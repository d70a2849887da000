/** Work that waits for quiet moments: in order, bounded, and its faults are not lost. */
import t from 'tap'
import { createIdleQueue } from '../../src/probe/idle-queue.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

void t.test('pieces are begun in order, after what is ready to go out', async (t) => {
  const queue = createIdleQueue(8)
  const done: string[] = []
  const adding = [1, 2, 3].map((n) =>
    queue.add(async () => {
      done.push(`piece ${n}`)
    }),
  )
  done.push('sent')
  await Promise.all(adding)
  await queue.drained()
  t.same(done, ['sent', 'piece 1', 'piece 2', 'piece 3'])
  await queue.drained()
})

void t.test('whoever adds to a full queue waits for room', async (t) => {
  const queue = createIdleQueue(2)
  const releases: (() => void)[] = []
  const piece = () => new Promise<void>((resolve) => releases.push(resolve))
  await queue.add(piece)
  await queue.add(piece)
  let third = false
  const waiting = queue.add(piece).then(() => {
    third = true
  })
  for (let i = 0; i < 10; i++) await turn()
  t.equal(third, false)
  t.equal(releases.length, 3, 'slow pieces do not hold each other up')
  releases[0]?.()
  await waiting
  t.equal(third, true)
  for (const release of releases) release()
  await queue.drained()
})

void t.test('a piece that fails is told to the next who asks', async (t) => {
  const queue = createIdleQueue(2)
  await queue.add(() => Promise.reject(new Error('broken')))
  await t.rejects(queue.drained(), new Error('broken'))
  await t.rejects(
    queue.add(() => Promise.resolve()),
    new Error('broken'),
  )
})
