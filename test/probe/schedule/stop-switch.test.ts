import t from 'tap'
import { createStopSwitch, stopIn } from '../../../src/probe/schedule/stop-switch.ts'
import { breakable, drivenClock, memoryStore } from './set-up.ts'

const onError = () => undefined

t.test('a stop reaches the other replica, and outlives both, until it is resumed', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const a = createStopSwitch({ store, clock, onError })
  const b = createStopSwitch({ store, clock, onError })
  const stop = { reason: 'forbidden', at: clock.now() } as const
  await a.stop('forbidden')
  t.strictSame(a.current(), stop)
  await b.step()
  t.strictSame(b.current(), stop)
  clock.advance(30 * 86_400_000)
  const later = createStopSwitch({ store, clock, onError })
  await later.step()
  t.strictSame(later.current(), stop)
  t.strictSame(await b.resume(), { ok: true, value: true })
  await a.step()
  t.equal(a.current(), undefined)
  t.strictSame(await b.resume(), { ok: true, value: false })
})

t.test('the first reason stands', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const a = createStopSwitch({ store, clock, onError })
  const b = createStopSwitch({ store, clock, onError })
  await a.stop('policy')
  await b.stop('unauthorised')
  t.equal(b.current()?.reason, 'policy')
})

t.test('a stop that the store could not take holds here at once, and there later', async (t) => {
  const clock = drivenClock()
  const broken = breakable(memoryStore(clock))
  const a = createStopSwitch({ store: broken.store, clock, onError })
  const b = createStopSwitch({ store: broken.store, clock, onError })
  broken.break('down')
  await a.stop('account')
  t.equal(a.current()?.reason, 'account')
  t.match(await a.resume(), { ok: false, error: 'down' })
  broken.break(undefined)
  await a.step()
  await b.step()
  t.equal(b.current()?.reason, 'account')
})

t.test('an entry that nobody can read stops too', (t) => {
  t.strictSame(stopIn({ values: new Map([['probe:stop', '{"version":9}']]) }), {
    reason: 'account',
    at: 0,
  })
  t.equal(stopIn({ values: new Map() }), undefined)
  t.end()
})
