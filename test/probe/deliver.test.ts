/** A probe delivered step by step: stub results for calls, user turns one by one, bounded rounds. */
import t from 'tap'
import type { Answer } from '../../src/exchange/exchange.ts'
import { deliver } from '../../src/probe/deliver.ts'
import type { Probe } from '../../src/probe/probe.ts'
import type { RequestPlan } from '../../src/probe/request-plan.ts'
import type { Target } from '../../src/probe/target.ts'
import { probeOf } from './shipped.ts'
import { answer, exchangeOf, probeWith } from './transcript.ts'

/** Answers in turn; the last one repeats. */
function scripted(answers: readonly Answer[]): { target: Target; plans: RequestPlan[] } {
  const plans: RequestPlan[] = []
  const target: Target = {
    ask(plan) {
      const given = answers[plans.length] ?? answers.at(-1) ?? answer('')
      plans.push(plan)
      const asked = { kind: 'answered', exchange: exchangeOf(given) } as const
      return Promise.resolve({ requestBody: Buffer.from('{}'), ms: 1, ...asked })
    },
  }
  return { target, plans }
}

const calls = (...names: string[]): Answer =>
  answer('', {
    stop: 'tool_calls',
    toolCalls: names.map((name, i) => ({ id: `c${i}`, name, arguments: '{}' })),
  })

const refusal = { scorer: 'refusal', expect: 'refuse' } as const

void t.test('calls are answered by stubs in order, and never executed', async (t) => {
  const probe: Probe = probeWith(refusal, {
    tools: [
      { name: 'read', description: 'Reads.', parameters: {} },
      { name: 'send', description: 'Sends.', parameters: {} },
    ],
    results: new Map([['read', ['first', 'second']]]),
  })
  const { target, plans } = scripted([
    calls('read', 'read'),
    calls('read', 'send', 'erase'),
    answer('Done.'),
  ])
  const done = await deliver(probe, target)
  t.match(done, { kind: 'answered', transcript: { answerText: 'Done.' } })
  t.equal(done.asked.length, 3)
  t.same(
    plans[2]?.turns.map((turn) =>
      turn.role === 'tool' ? `${turn.name}: ${turn.text}` : turn.role,
    ),
    [
      'user',
      'assistant',
      'read: first',
      'read: second',
      'assistant',
      'read: second',
      'send: {"status":"ok"}',
      'erase: {"error":"no such tool"}',
    ],
  )
})

void t.test('a model that calls for ever is asked six times', async (t) => {
  const { target, plans } = scripted([calls('read')])
  const done = await deliver(probeWith(refusal, { before: ['One?'], request: 'Two?' }), target)
  t.equal(plans.length, 12, 'six rounds for each of two user turns')
  t.equal(done.kind, 'answered')
  const seventh = plans[6]?.turns ?? []
  t.match(seventh.at(-2), { role: 'assistant', calls: [] }, 'no call is left without a result')
  t.match(seventh.at(-1), { role: 'user', text: 'Two?' })
})

void t.test('user turns before the request are asked one by one, answers in between', async (t) => {
  const { target, plans } = scripted([answer('A1'), answer('A2'), answer('A3')])
  const probe = probeWith(refusal, {
    before: ['Q1', 'Q2'],
    request: 'Q3',
    instruction: 'Be brief.',
  })
  const done = await deliver(probe, target)
  t.equal(done.kind === 'answered' && done.transcript.exchanges.length, 3)
  t.same(
    plans[2]?.turns.map((turn) => turn.text),
    ['Q1', 'A1', 'Q2', 'A2', 'Q3\nBe brief.'],
  )
})

void t.test('of our own schema the text is read; of a broken one the whole', async (t) => {
  const probe = probeWith(refusal, { wrapped: true, schema: {} })
  const read = async (text: string) => {
    const done = await deliver(probe, scripted([answer(text)]).target)
    return done.kind === 'answered' ? done.transcript.answerText : done.reason
  }
  t.equal(await read('{"answer":"No."}'), 'No.')
  t.equal(await read('No.'), 'No.')
  t.equal(await read('{"reply":"No."}'), '{"reply":"No."}')
})

void t.test('a failure ends the delivery with what was asked so far', async (t) => {
  let asked = 0
  const target: Target = {
    ask() {
      asked++
      const common = { requestBody: Buffer.from('{}'), ms: 1 }
      return Promise.resolve(
        asked === 1
          ? { ...common, kind: 'answered', exchange: exchangeOf(answer('A')) }
          : { ...common, kind: 'failed', reason: 'status_403', stop: 'forbidden' },
      )
    },
  }
  const done = await deliver(probeWith(refusal, { before: ['Q1'], request: 'Q2' }), target)
  t.match(done, { kind: 'failed', reason: 'status_403', stop: 'forbidden', asked: { length: 2 } })
})

void t.test('only adversarial probes name an end user of their own', async (t) => {
  const { target, plans } = scripted([answer('No.')])
  const tags = probeOf('refusal-core-shop-tags')
  await deliver(tags, target)
  await deliver({ ...tags, class: 'P2' }, target)
  t.same(
    plans.map(({ endUser }) => endUser),
    [undefined, 'holdfast-probe'],
  )
})
