import fc from 'fast-check'
import t from 'tap'
import { BigramCounts, bigramModelOf, otherTool } from '../../src/aggregate/bigram-counts.ts'
import { BigramModel, endSymbol, startSymbol } from '../../src/aggregate/surprisal.ts'
import { ToolNames } from '../../src/drift/tool-names.ts'
import { checkedCallsMax, trajectoryCallsMax, watchTools } from '../../src/drift/tool-watch.ts'
import type { Exchange, Part, StopReason, Turn } from '../../src/exchange/exchange.ts'
import {
  answerText,
  assistant,
  exchangeOf,
  toolCall,
  toolResult,
  user,
} from '../enrich/exchange-example.ts'

const calling = (names: readonly string[], text = '{}', stop: StopReason = 'tool_calls') => ({
  answer: {
    ...answerText(''),
    stop,
    toolCalls: names.map((name) => ({ id: undefined, name, arguments: text })),
  },
})
const question = user('Book a flight to Rome')
const watch = (exchange: Exchange, baseline?: BigramModel, names = new ToolNames()) =>
  watchTools(exchange, names, baseline)
const steps = (turns: Turn[], over: Partial<Exchange> = {}) => watch(exchangeOf(turns, over)).steps

void t.test('a conversation exchange by exchange gives each of its steps once', async (t) => {
  const first = [question]
  t.same(steps(first, calling(['search', 'price'])), [
    [startSymbol, 'search'],
    ['search', 'price'],
  ])
  const second = [
    ...first,
    assistant(toolCall('1', 'search'), toolCall('2', 'price')),
    toolResult('1', 'a'),
    toolResult('2', 'b'),
  ]
  t.same(steps(second, calling(['hold'])), [['price', 'hold']])
  const third = [...second, assistant('One moment', toolCall('3', 'hold')), toolResult('3', 'c')]
  t.same(steps(third), [['hold', endSymbol]])
  const fourth = [...third, assistant('It is held.'), user('Thank you')]
  t.same(steps(fourth), [], 'talk after the end is no step')
  t.same(steps([...fourth, assistant('Anything else?'), user('Book it')], calling(['book'])), [
    ['hold', 'book'],
  ])
})

void t.test('without a call there and before there is no step', async (t) => {
  t.same(steps([question]), [])
  t.same(steps([question, assistant('Where to?'), user('Rome')]), [])
})

void t.test('an answer that was cut off, or waits, has not ended', async (t) => {
  const turns = [question, assistant(toolCall('1', 'search')), toolResult('1', 'a')]
  const ended = (stop: StopReason) => steps(turns, { answer: { ...answerText('x'), stop } })
  for (const stop of ['stop', 'refusal', 'content_filter'] as const) {
    t.same(ended(stop), [['search', endSymbol]], stop)
  }
  for (const stop of ['length', 'error', 'other', undefined] as const) {
    t.same(ended(stop), [], String(stop))
  }
})

void t.test('a tool of the provider ends within its answer, and only there', async (t) => {
  const tools = [{ name: 'web_search', serverSide: true, parameters: undefined }]
  t.same(steps([question], { ...calling(['web_search'], '{}', 'stop'), tools }), [
    [startSymbol, 'web_search'],
    ['web_search', endSymbol],
  ])
  const after = [question, assistant(toolCall('1', 'web_search'), 'Found it.'), user('Thanks')]
  t.same(steps(after, { tools }), [])
  const forced = calling(['web_search'], '{}', 'stop')
  t.same(steps([question], forced), [[startSymbol, 'web_search']], 'the client runs it')
})

void t.test('history that the server keeps is unknown, not a start', async (t) => {
  const result = [toolResult('1', 'a')]
  t.same(steps(result, { stateful: true, ...calling(['hold', 'mail']) }), [['hold', 'mail']])
  t.same(steps(result, { stateful: true }), [])
  const shown = [assistant(toolCall('1', 'search')), ...result]
  t.same(steps(shown, { stateful: true, ...calling(['hold']) }), [['search', 'hold']])
  const many = calling(new Array<string>(trajectoryCallsMax + 5).fill('a'))
  t.equal(steps([question], many).length, trajectoryCallsMax - 1)
})

void t.test('names beyond the closed set are other, in steps and against a baseline', async (t) => {
  const counts = new BigramCounts()
  counts.add(startSymbol, 'search', 3)
  counts.add('search', endSymbol, 3)
  const baseline = bigramModelOf(counts)
  const got = watch(
    exchangeOf([question], calling(['search', 'upload', 'leak', 'upload'])),
    baseline,
    ToolNames.closed(counts.names()),
  )
  t.same(got.steps, [
    [startSymbol, 'search'],
    ['search', otherTool],
    [otherTool, otherTool],
    [otherTool, otherTool],
  ])
  t.equal(got.newTransitions, 2, 'a step that comes twice is new once')
})

void t.test(
  'surprisal is the mean of the new steps, unknown without baseline or step',
  async (t) => {
    const model = new BigramModel(['search', 'read', 'edit', 'test', 'shell', 'upload'])
    model.learn(['search', 'read', 'edit', 'test'], 50)
    model.learn(['search', 'read'], 50)
    const whole = watch(exchangeOf([question], calling(['shell', 'shell'])), model)
    const expected = (model.stepBits(startSymbol, 'shell') + model.stepBits('shell', 'shell')) / 2
    t.equal(whole.surprisalBits, expected)
    t.ok(Math.abs(expected - (Math.log2(103.5 / 0.5) + Math.log2(7)) / 2) < 1e-9, `${expected}`)
    t.equal(whole.newTransitions, 2)
    t.equal(watch(exchangeOf([question]), model).surprisalBits, undefined)
    t.equal(watch(exchangeOf([question]), model).newTransitions, 0)
    const without = watch(exchangeOf([question], calling(['shell'])))
    t.same([without.surprisalBits, without.newTransitions], [undefined, undefined])
  },
)

void t.test('the third equal call of a trajectory is a loop, in whatever turn', async (t) => {
  const call = (text: string): Part => ({
    kind: 'tool_call',
    id: undefined,
    name: 'read',
    arguments: text,
  })
  const turns = [question, assistant(call('{"a":1,"b":2}')), assistant(call('{ "b": 2, "a": 1 }'))]
  t.equal(watch(exchangeOf(turns)).loop, false)
  t.equal(watch(exchangeOf(turns, calling(['read'], '{"b":2,"a":1}'))).loop, true)
  t.equal(watch(exchangeOf(turns, calling(['read'], '{"b":2,"a":3}'))).loop, false)
  t.equal(watch(exchangeOf(turns, calling(['write'], '{"b":2,"a":1}'))).loop, false)
  const later = Array.from({ length: trajectoryCallsMax }, (_, i) => assistant(call(`{"c":${i}}`)))
  const past = [...turns, assistant(call('{"a":1,"b":2}')), ...later]
  t.equal(watch(exchangeOf(past)).loop, false, 'what is long past is not looked at')
})

void t.test('arguments are held against the schema their tool was offered with', async (t) => {
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  }
  const tools = [
    { name: 'weather', serverSide: false, parameters },
    { name: 'free', serverSide: false, parameters: undefined },
  ]
  const counted = (name: string, text: string, stop: StopReason = 'tool_calls', times = 1) =>
    watch(
      exchangeOf([question], {
        ...calling(new Array<string>(times).fill(name), text, stop),
        tools,
      }),
    ).invalidArguments
  t.same(counted('weather', '{"city":"Rome"}'), { valid: 1, invalid: 0, unknown: 0 })
  t.same(counted('weather', '{"town":"Rome"}'), { valid: 0, invalid: 1, unknown: 0 })
  t.same(counted('weather', '{"city":'), { valid: 0, invalid: 1, unknown: 0 })
  t.same(counted('free', 'whatever'), { valid: 0, invalid: 0, unknown: 1 })
  t.same(counted('never offered', '{}'), { valid: 0, invalid: 0, unknown: 1 })
  t.same(counted('weather', '{"city":', 'length', 2), { valid: 0, invalid: 1, unknown: 1 })
  t.same(counted('weather', '{"city":"Rome"}', 'other'), { valid: 0, invalid: 0, unknown: 1 })
  t.same(counted('weather', '{"city":"Rome"}', 'stop'), { valid: 1, invalid: 0, unknown: 0 })
  t.same(counted('weather', '{"city":"Rome"}', 'tool_calls', checkedCallsMax + 3), {
    valid: checkedCallsMax,
    invalid: 0,
    unknown: 3,
  })
  t.same(watch(exchangeOf([question], { tools })).invalidArguments, {
    valid: 0,
    invalid: 0,
    unknown: 0,
  })
})

void t.test('results of the last round are counted, by what the format says of them', async (t) => {
  const result = (isError: boolean): Turn => ({
    role: 'tool',
    parts: [{ kind: 'tool_result', callId: '1', text: 'x', isError }],
  })
  const turns = [
    question,
    assistant(toolCall('0', 'a')),
    result(true),
    assistant(toolCall('1', 'a'), toolCall('2', 'b'), toolCall('3', 'c')),
    result(false),
    result(true),
    result(false),
    user('and hurry'),
  ]
  const counted = (protocol: Exchange['protocol'], of = turns) =>
    watch(exchangeOf(of, { protocol })).toolResults
  t.same(counted('anthropic_messages'), { ok: 2, error: 1, unknown: 0 })
  t.same(counted('openai_chat'), { ok: 0, error: 1, unknown: 2 })
  t.same(counted('openai_responses'), { ok: 0, error: 1, unknown: 2 })
  t.same(counted('anthropic_messages', [...turns, assistant('Done'), user('Thanks')]), {
    ok: 0,
    error: 0,
    unknown: 0,
  })
})

void t.test('any history gives finite numbers, and state stays bounded', async (t) => {
  const names = new ToolNames()
  const model = new BigramModel()
  model.learn(['a', 'b'])
  const name = fc.oneof(fc.constantFrom('a', 'b', startSymbol, endSymbol), fc.string())
  const turn = fc.oneof(
    fc.constant(question),
    fc
      .array(name, { maxLength: 4 })
      .map((called) => assistant(...called.map((n) => toolCall('i', n)))),
    fc.constant(toolResult('i', 'x')),
    fc.constant(assistant('text')),
  )
  fc.assert(
    fc.property(
      fc.array(turn, { maxLength: 8 }),
      fc.array(name, { maxLength: 4 }),
      fc.boolean(),
      (turns, called, stateful) => {
        const answer = called.length === 0 ? {} : calling(called)
        const got = watch(exchangeOf(turns, { ...answer, stateful }), model, names)
        const { surprisalBits: bits } = got
        return (
          (bits === undefined ? got.steps.length === 0 : bits >= 0 && Number.isFinite(bits)) &&
          (got.newTransitions ?? -1) <= got.steps.length &&
          got.steps.every(([before, after]) => before !== endSymbol && after !== startSymbol) &&
          got.steps.length <= called.length + 1 &&
          names.size <= 64
        )
      },
    ),
    { seed: 5, numRuns: 500 },
  )
  t.ok(names.size > 10, `${names.size} names`)
})
