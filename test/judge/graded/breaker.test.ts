import t from 'tap'
import { type Breaker, createBreaker } from '../../../src/judge/graded/breaker.ts'

function setUp(): { breaker: Breaker; pass(ms: number): void } {
  let ms = 0
  const options = { failuresMax: 3, openMs: 1000, openMsMax: 4000, now: () => ms }
  return {
    breaker: createBreaker(options),
    pass(more) {
      ms += more
    },
  }
}

const fail = (breaker: Breaker, times: number): void => {
  for (let i = 0; i < times; i++) breaker.acquire()?.failed()
}

t.test('failures in a row open it; a success in between does not let it', async (t) => {
  const { breaker } = setUp()
  fail(breaker, 2)
  breaker.acquire()?.succeeded()
  fail(breaker, 2)
  t.equal(breaker.state(), 'closed')
  fail(breaker, 1)
  t.equal(breaker.state(), 'open')
  t.equal(breaker.acquire(), undefined)
})

t.test('every other call failing opens it as well', async (t) => {
  const { breaker } = setUp()
  for (let i = 0; i < 9; i++) {
    breaker.acquire()?.failed()
    breaker.acquire()?.succeeded()
  }
  t.equal(breaker.state(), 'closed')
  fail(breaker, 1)
  t.equal(breaker.state(), 'open')
})

t.test('one failure in ten never opens it', async (t) => {
  const { breaker } = setUp()
  for (let i = 0; i < 1000; i++) {
    const permit = breaker.acquire()
    if (i % 10 === 0) permit?.failed()
    else permit?.succeeded()
  }
  t.equal(breaker.state(), 'closed')
})

t.test('after the pause one call at a time is let through; success closes it', async (t) => {
  const { breaker, pass } = setUp()
  fail(breaker, 3)
  pass(999)
  t.equal(breaker.acquire(), undefined)
  pass(1)
  t.equal(breaker.state(), 'half_open')
  const trial = breaker.acquire()
  t.equal(breaker.acquire(), undefined, 'a second one has to wait')
  trial?.succeeded()
  t.equal(breaker.state(), 'closed')
  fail(breaker, 2)
  t.equal(breaker.state(), 'closed', 'it counts from the start')
})

t.test('each failed trial doubles the pause up to its limit', async (t) => {
  const { breaker, pass } = setUp()
  fail(breaker, 3)
  for (const pause of [1000, 2000, 4000, 4000]) {
    pass(pause - 1)
    t.equal(breaker.state(), 'open')
    pass(1)
    fail(breaker, 1)
  }
  pass(4000)
  breaker.acquire()?.succeeded()
  fail(breaker, 3)
  pass(1000)
  t.equal(breaker.state(), 'half_open', 'after a success the pause is the first again')
})

t.test('a trial that was not made leaves room for another', async (t) => {
  const { breaker, pass } = setUp()
  fail(breaker, 3)
  pass(1000)
  breaker.acquire()?.released()
  t.ok(breaker.acquire())
})

t.test('outcomes from before a change of state change nothing', async (t) => {
  const { breaker, pass } = setUp()
  const old = [breaker.acquire(), breaker.acquire(), breaker.acquire()]
  fail(breaker, 3)
  old[0]?.succeeded()
  t.equal(breaker.state(), 'open')
  pass(1000)
  const trial = breaker.acquire()
  old[1]?.failed()
  t.equal(breaker.state(), 'half_open')
  trial?.succeeded()
  for (let i = 0; i < 5; i++) old[2]?.failed()
  t.equal(breaker.state(), 'closed')
})
