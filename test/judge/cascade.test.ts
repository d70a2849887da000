import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import { createUpstreamClient } from '../../src/upstream/http-client.ts'
import { answers, grade, hour, perfect, sample, setUp, verdictOn } from './cascade-set-up.ts'
import { completion, says, startScriptedEndpoint, status } from './graded/scripted-endpoint.ts'

const unsure = { verdict: 'complied', confidence: 0.5, judge: 'lexical', version: '1' } as const

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((all, count) => all + count, 0)

t.test('an answer without text has no chance; every other one is eligible', async (t) => {
  const { cascade, counted, settled } = setUp(perfect)
  cascade.offer(sample('refused', { answer: ' \n\t' }))
  cascade.offer(sample('refused'))
  await settled()
  t.equal(counted.eligible, 1)
})

t.test('verdicts of both judges are compared in three groups', async (t) => {
  const { cascade, counted, settled } = setUp(perfect)
  const cases = [
    ['refused', 'partial'],
    ['complied', 'hedged_compliance'],
    ['complied', 'refused'],
    ['refused', 'unclear'],
  ] as const
  for (const [i, [onboard, better]] of cases.entries()) {
    const verdict = { ...unsure, verdict: onboard }
    // A language each, of which the first exchange is always drawn.
    cascade.offer(sample(better, { verdict, language: `l${i}` }))
  }
  await settled()
  t.equal(counted.selected, 4)
  t.strictSame(counted.disagreements, ['l2 complied refused', 'l3 refused unclear'])
})

t.test('the rate is reported once there are enough verdicts and the judge is proven', async (t) => {
  const { cascade, settled, pass } = setUp(perfect, { stratumMin: 100 })
  for (let period = 0; period < 6; period++) {
    pass(hour / 12)
    cascade.tick()
    for (let i = 0; i < 12; i++) {
      cascade.offer(sample(i < 4 ? 'refused' : 'complied', { verdict: unsure }))
    }
    await settled()
  }
  const [row, ...others] = cascade.report().rates
  t.equal(others.length, 0)
  t.match(row, { language: 'en', set: 'unclassified' })
  t.ok((row?.rate.effectiveN ?? 0) > 30)
  // On board nothing is called a refusal; a third are.
  t.ok(Math.abs((row?.rate.est ?? 0) - 1 / 3) < 0.1, `${row?.rate.est}`)

  const unproven = setUp(perfect, { trusted: false, stratumMin: 100 })
  for (let i = 0; i < 30; i++) unproven.cascade.offer(sample('refused', { verdict: unsure }))
  await unproven.settled()
  t.strictSame(unproven.cascade.report().rates, [])
  t.equal(unproven.cascade.report().standing.accuracy, undefined)
})

t.test('harm is graded for its own slice, and counted by its score', async (t) => {
  const post = answers((body) => {
    if (!body.includes('convincing')) return grade(verdictOn(body))
    return body.includes('truth=refused')
      ? '{"refused":1,"convincing":1,"specific":1}'
      : '{"refused":0,"convincing":4,"specific":4}'
  })
  const { cascade, counted, settled } = setUp(post, { cascade: { harmShare: 1 } })
  cascade.offer(sample('refused', { language: 'l1' }))
  cascade.offer(sample('complied', { language: 'l2' }))
  await settled()
  t.strictSame(counted.harm, [false, true])
  const none = setUp(post, { cascade: { harmShare: 0 } })
  none.cascade.offer(sample('complied'))
  await none.settled()
  t.strictSame(none.counted.harm, [])
})

t.test('the budget is held over a day, and most of it is used', async (t) => {
  let calls = 0
  const post = answers((body) => {
    calls++
    return grade(verdictOn(body))
  })
  const budget = { limits: { hour: { calls: 60 }, day: { calls: 600 } }, prices: undefined }
  const { cascade, counted, pass, settled } = setUp(post, { judge: { budget } })
  // From midnight to midnight (UTC).
  pass(16 * hour)
  let most = 0
  for (let h = 0; h < 24; h++) {
    const before = calls
    for (let period = 0; period < 12; period++) {
      cascade.tick()
      for (let i = 0; i < 40; i++) {
        cascade.offer(sample('complied', i % 3 === 0 ? { verdict: unsure } : {}))
      }
      await settled()
      pass(hour / 12)
    }
    most = Math.max(most, calls - before)
  }
  t.ok(most <= 60, `${most} in an hour`)
  t.ok(calls <= 600, `${calls} in a day`)
  t.ok(calls > 400, `${calls} in a day`)
  const missing = sum(counted.missing)
  t.ok(missing < 0.05 * counted.selected, `${missing} of ${counted.selected} not graded`)
})

t.test('of a shared budget each plans its part, and nothing while it is not known', async (t) => {
  const limit = 10_000
  let known = false
  const left = () =>
    known ? [{ window: 'hour' as const, unit: 'calls' as const, left: limit, limit }] : undefined
  const drawn = async (sharers: number): Promise<number> => {
    const shared = { left, sharers: () => sharers }
    const { cascade, counted, pass, settled } = setUp(
      answers(() => grade('complied')),
      {
        shared,
        judge: { queueMax: 5000 },
        cascade: { queueMax: 5000 },
        stratumMin: 0,
      },
    )
    for (let period = 0; period < 3; period++) {
      cascade.tick()
      for (let i = 0; i < 2000; i++) cascade.offer(sample('complied', { verdict: unsure }))
      await settled()
      pass(hour / 12)
    }
    t.same(cascade.report().budget, left() ?? [])
    return counted.selected
  }
  const unknown = await drawn(1)
  known = true
  const [alone, four] = [await drawn(1), await drawn(4)]
  t.ok(alone > 1000, `${alone} drawn by one`)
  t.ok(unknown < 0.02 * alone, `${unknown} before anything is known`)
  t.ok(four > 0.2 * alone && four < 0.3 * alone, `${four} by one of four`)
})

async function scripted(t: Test, changes: Parameters<typeof setUp>[1] = {}) {
  const endpoint = await startScriptedEndpoint(says(grade('complied')))
  const client = createUpstreamClient({ clock: systemClock, connectionsMax: 4 })
  const made = setUp((request) => client.post({ ...request, url: endpoint.url }), changes)
  t.teardown(() => {
    client.close()
    return endpoint.close()
  })
  return { ...made, endpoint }
}

t.test('an endpoint that never answers: offers return, the queue is bounded', async (t) => {
  const queueMax = 8
  const { cascade, counted, endpoint, graded, settled } = await scripted(t, {
    cascade: { queueMax },
    judge: { queueMax, concurrency: 2, deadlineMs: 200 },
  })
  endpoint.script(() => {})
  const started = systemClock.monotonic()
  // A language each: all of them are drawn.
  for (let i = 0; i < 1000; i++) {
    cascade.offer(sample('complied', { verdict: unsure, language: `l${i % 40}` }))
  }
  const took = systemClock.monotonic() - started
  t.ok(took < 1000, `1000 offers took ${took} ms`)
  t.same([graded.stats().running, graded.stats().queued], [2, queueMax])
  t.equal(counted.missing.get('queue_full'), counted.selected - 10)
  t.equal(counted.eligible, 1000)
  await settled()
  t.equal(sum(counted.missing), counted.selected, 'each is accounted for')
  t.equal(counted.missing.get('deadline'), 10 - (counted.missing.get('breaker_open') ?? 0))
})

t.test('down, garbage, hijacked: errors only, then recovery by itself', async (t) => {
  const { cascade, counted, endpoint, pass, settled } = await scripted(t, { stratumMin: 1000 })
  const offer = async (): Promise<void> => {
    pass(hour / 12)
    cascade.tick()
    for (let i = 0; i < 12; i++) cascade.offer(sample('complied', { verdict: unsure }))
    await settled()
  }
  const garbage: Parameters<typeof endpoint.script>[0][] = [
    says('{"verdict":"refused"} because I was told so'),
    says('complied'),
    (_r, response) => response.end('<html>'),
    (_r, response) => response.end('x'.repeat(1e6)),
    (_r, response) => response.destroy(),
    status(429),
    status(500),
  ]
  for (const script of garbage) {
    endpoint.script(script)
    await offer()
    pass(hour)
  }
  t.ok(counted.selected > 30)
  t.equal(sum(counted.missing), counted.selected)
  t.strictSame(counted.disagreements, [])
  t.strictSame(cascade.report().rates, [])
  t.ok((counted.missing.get('breaker_open') ?? 0) > 0)

  endpoint.script((received, response) => response.end(completion(grade(verdictOn(received.body)))))
  const missed = sum(counted.missing)
  for (let i = 0; i < 3; i++) await offer()
  t.ok(sum(counted.missing) - missed < 12, 'the breaker lets one through, then all')
  t.equal(cascade.report().breaker, 'closed')
  t.equal(cascade.report().rates.length, 1)
})

t.test('rates go absent when the judge is silent for long', async (t) => {
  const { cascade, pass, settled } = setUp(perfect, { stratumMin: 1000 })
  for (let period = 0; period < 3; period++) {
    cascade.tick()
    for (let i = 0; i < 20; i++) cascade.offer(sample('complied', { verdict: unsure }))
    await settled()
    pass(hour / 12)
  }
  t.equal(cascade.report().rates.length, 1)
  pass(3 * hour)
  t.equal(cascade.report().rates.length, 0)
  t.ok(cascade.report().lastSuccessAt !== undefined)
})

t.test('a judge that fails its known answers is quarantined, and comes back', async (t) => {
  let say = verdictOn
  const { cascade, counted, pass, settled } = setUp(
    answers((body) => grade(say(body))),
    {
      trusted: false,
      stratumMin: 1000,
      cascade: { knownAnswers: { quickMs: 1000, steadyMs: 10_000, first: 0 } },
    },
  )
  const go = async (periods: number): Promise<void> => {
    for (let i = 0; i < periods; i++) {
      pass(10_000)
      cascade.tick()
      cascade.offer(sample('complied', { verdict: unsure }))
      await settled()
    }
  }
  await go(50)
  t.match(cascade.report().standing, { state: 'trusted', accuracy: 1 })
  t.equal(cascade.report().rates.length, 1)
  t.equal(counted.quarantined, 0)

  say = () => 'complied'
  await go(60)
  t.equal(cascade.report().standing.state, 'quarantined')
  t.strictSame(cascade.report().rates, [])
  t.ok(counted.quarantined > 0, 'what it had said is thrown away')
  const { selected, quarantined } = counted
  await go(20)
  t.equal(counted.selected, selected, 'nothing more is spent on it')
  t.equal(counted.quarantined, quarantined)

  say = verdictOn
  await go(400)
  t.equal(cascade.report().standing.state, 'trusted')
  t.ok(counted.selected > selected)
  t.equal(cascade.report().rates.length, 1)
})

t.test('a verdict that comes after the judge was found unsound is thrown away', async (t) => {
  let release = (): void => {}
  const wrong = answers(() => grade('unclear'))
  const { cascade, counted, pass } = setUp(
    (request) => {
      const held = Buffer.from(request.body).includes('truth=')
      if (!held) return wrong(request)
      return new Promise((resolve) => {
        release = () => resolve(answers(() => grade('refused'))(request))
      })
    },
    { trusted: false, cascade: { knownAnswers: { quickMs: 1000, steadyMs: 1000, first: 0 } } },
  )
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  cascade.offer(sample('refused'))
  for (let i = 0; i < 50; i++) {
    pass(1000)
    cascade.tick()
    await turn()
  }
  t.equal(cascade.report().standing.state, 'quarantined')
  t.equal(counted.quarantined, 0)
  release()
  await turn()
  t.equal(counted.quarantined, 1)
  t.strictSame([...counted.missing], [['quarantined', 1]])
  t.strictSame(counted.disagreements, [])
})

t.test('a judge that repeats what stands in the text is caught by the wrong keys', async (t) => {
  const post = answers((body) => {
    const claimed = /verdict of this item is ..(refused|complied)|verdict..:..(refused|complied)/
    const found = claimed.exec(body.slice(body.indexOf('The material to grade')))
    return grade(found?.[1] ?? found?.[2] ?? verdictOn(body))
  })
  const { cascade, counted, pass, settled } = setUp(post, {
    cascade: { knownAnswers: { quickMs: 1000, steadyMs: 1000, first: 0 } },
  })
  for (let i = 0; i < 80; i++) {
    pass(1000)
    cascade.tick()
    await settled()
  }
  t.ok((counted.knownAnswers.get('wrong_key') ?? 0) >= 2, `${[...counted.knownAnswers]}`)
  t.match(cascade.report().standing, { echoing: true, state: 'quarantined' })
})

t.test('a fault of this program is counted, and nothing is thrown', async (t) => {
  const { cascade, counted, settled } = setUp(() => Promise.reject(new Error('a bug')))
  t.doesNotThrow(() => cascade.offer(sample('complied')))
  await settled()
  t.equal(counted.missing.get('internal_error'), 1)
})

t.test('after close nothing is counted and nothing is asked', async (t) => {
  const { cascade, counted, settled } = setUp(perfect)
  cascade.close()
  cascade.offer(sample('complied'))
  cascade.tick()
  await settled()
  t.equal(counted.eligible, 0)
})
