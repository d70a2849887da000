import t from 'tap'
import { createSlots } from '../../../src/judge/graded/slots.ts'

const options = { concurrency: 2, queueMax: 2, waitMsMax: 1000 }

t.test('so many run, so many wait in order, the newest is turned away', async (t) => {
  const slots = createSlots({ ...options, now: () => 0 })
  const order: string[] = []
  const take = (name: string): Promise<void> =>
    slots.take().then((result) => {
      order.push(`${name} ${result}`)
    })
  const all = ['a', 'b', 'c', 'd', 'e'].map(take)
  await Promise.all([all[0], all[1], all[4]])
  t.same(order, ['a taken', 'b taken', 'e queue_full'])
  t.same([slots.running(), slots.queued()], [2, 2])
  slots.release()
  slots.release()
  await Promise.all(all)
  t.same(order.slice(3), ['c taken', 'd taken'])
  slots.release()
  slots.release()
  t.same([slots.running(), slots.queued()], [0, 0])
})

t.test('one that waited too long is passed over for the next', async (t) => {
  let ms = 0
  const slots = createSlots({ ...options, concurrency: 1, now: () => ms })
  await slots.take()
  const old = slots.take()
  ms = 600
  const young = slots.take()
  ms = 1001
  slots.release()
  t.same([await old, await young], ['queue_expired', 'taken'])
  t.equal(slots.running(), 1)
})

t.test('a closed one turns away all that wait and all that come', async (t) => {
  const slots = createSlots({ ...options, concurrency: 1, now: () => 0 })
  await slots.take()
  const waiting = slots.take()
  slots.close()
  t.same([await waiting, await slots.take()], ['closed', 'closed'])
  slots.release()
  t.equal(slots.running(), 0)
})

t.test('a release that nobody owes is a fault of this program', async (t) => {
  t.throws(() => createSlots({ ...options, now: () => 0 }).release())
})
