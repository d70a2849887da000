import t from 'tap'
import { decodeCaptured } from '../../src/decode/decoders.ts'
import { createEnricher } from '../../src/enrich/enrich.ts'
import { createDelta } from '../../src/metrics/delta.ts'
import { createSignalsStage } from '../../src/stages/signals-stage.ts'

const enrich = createEnricher({
  servedLanguages: ['en', 'de'],
  secret: Buffer.alloc(32, 1),
  conversationHeader: undefined,
  languageHeader: undefined,
  conversationsMax: 10,
})

const bodyOf = (value: object): Uint8Array => Buffer.from(JSON.stringify(value))

/** Counts of one exchange as it would pass through the monitor. */
function counted(texts: readonly string[], answer: string) {
  const messages = texts.map((content, i) => ({
    role: i % 2 === 0 ? 'user' : 'assistant',
    content,
  }))
  const captured = {
    protocol: 'openai_chat',
    method: 'POST',
    path: '/v1/chat/completions',
    route: 'r',
    status: 200,
    startedAt: 0,
    firstByteMs: 1,
    durationMs: 2,
    largestGapMs: 0,
    requestHeaders: {},
    responseHeaders: {},
    traceId: undefined,
    requestBody: bodyOf({ model: 'm', messages }),
    responseBody: bodyOf({
      object: 'chat.completion',
      model: 'm',
      choices: [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: answer } },
      ],
    }),
  } as const
  const decoded = decodeCaptured(captured)
  if (!decoded.ok) throw new Error(decoded.reason)
  const delta = createDelta()
  createSignalsStage(delta)(decoded.exchange, enrich(captured, decoded.exchange))
  const { counts, observations } = delta.take()
  return { counts: counts.map(({ name, labels, value }) => [name, labels, value]), observations }
}

const turns = 'holdfast_interaction_turns_total'
const german = ['Nenne mir bitte einen Baum für den Garten.', 'Eine Rose.']

void t.test(
  'a repair is counted with its language and depth, and the answer beside it',
  async (t) => {
    const { counts } = counted(
      [...german, 'Das ist falsch, eine Rose ist doch kein Baum.'],
      'Welche Bäume kommen für den Garten in Frage?',
    )
    t.same(counts, [
      [turns, { act: 'user_repair', language: 'de', depth: '2-4' }, 1],
      [turns, { act: 'assistant_clarification', language: 'de', depth: '2-4' }, 1],
    ])
  },
)

void t.test(
  'thanks after a repair say that it was followed, and after how many turns',
  async (t) => {
    const { counts, observations } = counted(
      [
        ...german,
        'Das ist falsch, eine Rose ist doch kein Baum.',
        'Eine Eiche.',
        'Danke, perfekt!',
      ],
      'Gern geschehen, viel Freude damit im Garten.',
    )
    t.same(counts[0], [turns, { act: 'user_acknowledgement', language: 'de', depth: '2-4' }, 1])
    t.same(counts[2], [
      'holdfast_interaction_corrections_total',
      { outcome: 'followed', language: 'de' },
      1,
    ])
    t.same(observations, [
      { name: 'holdfast_interaction_agreement_turns', labels: { language: 'de' }, seconds: [3] },
    ])
  },
)
