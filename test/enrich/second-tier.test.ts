/** Depth and identity of conversations in the formats that have no ids, or other roles. */
import t from 'tap'
import { createEnricher } from '../../src/enrich/enrich.ts'
import type { CapturedExchange } from '../../src/exchange/captured.ts'
import type { KnownProtocol } from '../../src/exchange/protocol.ts'
import { capture, decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

const enricher = () =>
  createEnricher({
    servedLanguages: ['en', 'de'],
    secret: Buffer.alloc(32, 7),
    conversationHeader: undefined,
    languageHeader: undefined,
    conversationsMax: 100,
  })

interface Step {
  who: 'person' | 'model' | 'call' | 'result'
  text: string
}

/** The same history as each format writes it, and an answer. */
const formats: Partial<
  Record<KnownProtocol, (steps: readonly Step[]) => { request: object; response: object }>
> = {
  gemini: (steps) => ({
    request: {
      contents: steps.map(({ who, text }) => {
        if (who === 'call') {
          return { role: 'model', parts: [{ functionCall: { name: text, args: {} } }] }
        }
        if (who === 'result') {
          const functionResponse = { name: 'look', response: { output: text } }
          return { role: 'user', parts: [{ functionResponse }] }
        }
        return { role: who === 'person' ? 'user' : 'model', parts: [{ text }] }
      }),
    },
    response: {
      candidates: [{ content: { parts: [{ text: 'Es sind vier Grad.' }] }, finishReason: 'STOP' }],
    },
  }),
  ollama: (steps) => ({
    request: {
      model: 'm',
      messages: steps.map(({ who, text }) => {
        if (who === 'call') {
          const tool_calls = [{ function: { name: text, arguments: {} } }]
          return { role: 'assistant', content: '', tool_calls }
        }
        if (who === 'result') return { role: 'tool', tool_name: 'look', content: text }
        return { role: who === 'person' ? 'user' : 'assistant', content: text }
      }),
    },
    response: {
      model: 'm',
      message: { role: 'assistant', content: 'Es sind vier Grad.' },
      done: true,
    },
  }),
  bedrock_converse: (steps) => ({
    request: {
      messages: steps.map(({ who, text }, at) => {
        if (who === 'call') {
          const toolUse = { toolUseId: `t-${at}`, name: text, input: {} }
          return { role: 'assistant', content: [{ toolUse }] }
        }
        if (who === 'result') {
          const toolResult = { toolUseId: `t-${at - 1}`, content: [{ text }] }
          return { role: 'user', content: [{ toolResult }] }
        }
        return { role: who === 'person' ? 'user' : 'assistant', content: [{ text }] }
      }),
    },
    response: {
      output: { message: { content: [{ text: 'Es sind vier Grad.' }] } },
      stopReason: 'end_turn',
    },
  }),
}

const first: Step[] = [{ who: 'person', text: 'Wie warm ist es heute in Bern?' }]
const used: Step[] = [
  ...first,
  { who: 'call', text: 'look' },
  { who: 'result', text: 'Bern: 4 degrees, light rain, wind from the west' },
]
const second: Step[] = [
  ...used,
  { who: 'model', text: 'Es sind vier Grad.' },
  { who: 'person', text: 'Und wie wird es morgen in der Stadt?' },
]

for (const [name, of] of Object.entries(formats)) {
  const protocol = name as KnownProtocol
  const label = (
    enrich: ReturnType<typeof enricher>,
    steps: readonly Step[],
    startedAt: number,
  ) => {
    const bodies = of(steps)
    const captured: CapturedExchange = capture(protocol, bodies, { startedAt })
    return enrich(captured, exchangeOf(decodeBodies(protocol, bodies)))
  }

  t.test(`${name}: what a tool gave back is no turn of a person`, async (t) => {
    const enrich = enricher()
    t.same(
      [first, used, second].map((steps, at) => label(enrich, steps, at).humanTurns),
      [1, 1, 2],
    )
    const { prompt, language, format, trajectory } = label(enrich, used, 9)
    t.same([prompt, language], ['Wie warm ist es heute in Bern?', 'de'], 'nor its language')
    t.same([format, trajectory], ['agentic', ['look']])
  })

  t.test(
    `${name}: a history that goes on is one conversation, an equal start is not`,
    async (t) => {
      const enrich = enricher()
      const [, before, after] = [first, used, second].map((steps, at) => label(enrich, steps, at))
      t.equal(after?.conversation.key, before?.conversation.key)
      t.equal(after?.conversation.source, 'prefix_chain')
      t.not(label(enrich, first, 50).conversation.key, before?.conversation.key)
    },
  )
}
