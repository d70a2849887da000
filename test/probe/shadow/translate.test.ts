import t from 'tap'
import { arrayAt, parseJsonBytes, stringAt } from '../../../src/decode/untrusted-json.ts'
import type { PlanTurn } from '../../../src/probe/plan-turn.ts'
import { defaultParameters, plainProbe } from '../../../src/probe/probe.ts'
import { translated } from '../../../src/probe/shadow/translate.ts'
import { createTarget, type Sender } from '../../../src/probe/target.ts'
import { drivenClock } from '../schedule/set-up.ts'

/** Translates by a table; what is not in it comes back as it was, as from a model that does not translate. */
function translator(table: Readonly<Record<string, string>>) {
  const asked: { system: string; text: string }[] = []
  const sender: Sender = {
    async post({ body }) {
      const parsed = parseJsonBytes(body)
      const messages = parsed.ok ? (arrayAt(parsed.value, 'messages') ?? []) : []
      const [system = '', text = ''] = messages.map((one) => stringAt(one, 'content') ?? '')
      asked.push({ system, text })
      const message = { role: 'assistant', content: table[text] ?? text }
      const reply = { model: 't', choices: [{ index: 0, finish_reason: 'stop', message }] }
      const bytes = Buffer.from(JSON.stringify(reply))
      return { attempts: 1, kind: 'response', status: 200, body: bytes }
    },
  }
  const target = createTarget(
    {
      protocol: 'openai_chat',
      baseUrl: new URL('http://127.0.0.1:9/v1'),
      model: 't',
      key: undefined,
      deadlineMs: 1000,
      retriesMax: 0,
      run: 'run_1',
    },
    { sender, clock: drivenClock() },
  )
  const detectLanguage = (text: string): string =>
    Object.values(table).includes(text) ? 'de' : 'en'
  return {
    asked,
    options: { language: 'de', target, parameters: defaultParameters, detectLanguage },
  }
}

const requestOf = (request: string, history: readonly PlanTurn[] = []) =>
  plainProbe({
    id: 'shadow',
    category: 'refusal-core',
    topic: 'live',
    class: 'P0',
    language: 'en',
    scoring: { scorer: 'refusal', expect: 'comply' },
    system: 'Be brief.',
    history,
    request,
  })

const table = { 'Hello.': 'Hallo.', 'Hi.': 'Tag.', 'How are you?': 'Wie geht es?' }

t.test('each turn is translated by itself, and everything else of the request stays', async (t) => {
  const { asked, options } = translator(table)
  const history: PlanTurn[] = [
    { role: 'user', text: 'Hello.' },
    { role: 'assistant', text: 'Hi.', calls: [] },
  ]
  const probe = requestOf('How are you?', history)
  const german = await translated(probe, options)
  t.strictSame(german?.history, [
    { role: 'user', text: 'Hallo.' },
    { role: 'assistant', text: 'Tag.', calls: [] },
  ])
  t.strictSame(
    [german?.request, german?.language, german?.system],
    ['Wie geht es?', 'de', 'Be brief.'],
  )
  t.strictSame(
    asked.map(({ text }) => text),
    ['Hello.', 'Hi.', 'How are you?'],
  )
  t.match(asked[0]?.system, /into German/)
  t.notMatch(asked[0]?.system, /Be brief/)
})

t.test('what is not translated is no shadow', async (t) => {
  const { asked, options } = translator(table)
  t.equal(
    await translated(requestOf('Not in the table'), options),
    undefined,
    'came back as it was',
  )
  const tools: PlanTurn[] = [
    { role: 'user', text: 'Hello.' },
    { role: 'assistant', text: '', calls: [{ id: 'c', name: 'n', arguments: '{}' }] },
    { role: 'tool', callId: 'c', name: 'n', text: '{}' },
  ]
  t.equal(await translated(requestOf('How are you?', tools), options), undefined, 'calls of tools')
  const before = asked.length
  const long = Array.from({ length: 8 }, (): PlanTurn => ({ role: 'user', text: 'Hello.' }))
  t.equal(await translated(requestOf('How are you?', long), options), undefined, 'too long')
  const german = { ...requestOf('Wie geht es?'), language: 'de' }
  t.equal(await translated(german, options), undefined, 'in that language already')
  t.equal(asked.length, before, 'and nothing was spent on these')
})
