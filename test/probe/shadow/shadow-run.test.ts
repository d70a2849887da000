import t from 'tap'
import { parseJsonBytes, stringAt, valueAt } from '../../../src/decode/untrusted-json.ts'
import { createRandom } from '../../../src/drift/simulation/random.ts'
import { judgesWith } from '../../../src/judge/judges.ts'
import { readCondition } from '../../../src/probe/conditions/conditions.ts'
import { createSessionStore } from '../../../src/probe/fork/session-store.ts'
import { defaultParameters, type Probe } from '../../../src/probe/probe.ts'
import { requestOf, runShadows, shadowExcess } from '../../../src/probe/shadow/shadow-run.ts'
import { createTarget, type Sender } from '../../../src/probe/target.ts'
import { copyOf, identities, sessionOf } from '../fork/session-example.ts'
import { drivenClock } from '../schedule/set-up.ts'

const clock = drivenClock()
const scorer = { judges: judgesWith('lexical'), graded: undefined, detectLanguage: () => 'en' }
const refusal = "I can't help with that. It would be illegal, and I won't assist with it."
const help = 'Sure. Start with the first step, then go on with the second one until it is done.'

/** @param refuses by the body and the number of the call, from 1 */
function model(refuses: (body: string, call: number) => boolean) {
  const sent: string[] = []
  const sender: Sender = {
    async post({ body }) {
      const text = Buffer.from(body).toString()
      sent.push(text)
      const content = refuses(text, sent.length) ? refusal : help
      const said = text.includes('json_schema') ? JSON.stringify({ answer: content }) : content
      const message = { role: 'assistant', content: said }
      const reply = { model: 'm', choices: [{ index: 0, finish_reason: 'stop', message }] }
      const bytes = Buffer.from(JSON.stringify(reply))
      return { attempts: 1, kind: 'response', status: 200, body: bytes }
    },
  }
  const target = (name: string) =>
    createTarget(
      {
        protocol: 'openai_chat',
        baseUrl: new URL('http://127.0.0.1:9/v1'),
        model: name,
        key: undefined,
        deadlineMs: 1000,
        retriesMax: 0,
        run: 'run_1',
      },
      { sender, clock },
    )
  return { sent, target }
}

const sessionsOf = (count: number) => {
  const sessions = createSessionStore({ itemsMax: 500, bytesMax: 1 << 26, ttlMs: 900_000, clock })
  for (let n = 0; n < count; n++) {
    const messages = [
      { role: 'user', content: 'Hello.' },
      { role: 'assistant', content: 'Hi.' },
      { role: 'user', content: `Question ${n} of anna@mail.example` },
    ] as const
    const { source } = sessionOf('openai_chat', messages, 'An answer.')
    sessions.add({ tenant: `t${n}`, conversation: 'c', copy: copyOf(source) })
  }
  return sessions
}

const changeBy = (text: string) => {
  const materials = {
    framings: [],
    shots: undefined,
    sessions: new Map(),
    scaffolds: new Map(),
    seed: 1,
  }
  const read = readCondition(text, materials)
  if (!read.ok) throw new Error(read.reason)
  const { condition } = read
  return (request: Probe) => {
    const applied = condition.apply(request)
    return applied.ok ? applied.probe : undefined
  }
}

const common = { parameters: defaultParameters, scorer, mayGoOn: () => true }

t.test(
  'a request goes out three times, the third one changed, without what names anybody',
  async (t) => {
    const { sent, target } = model((body) => body.includes('json_schema'))
    const trials = await runShadows({
      ...common,
      sessions: sessionsOf(1),
      target: target('model-1'),
      conditionTarget: target('model-1'),
      change: changeBy('format=structured'),
      shadowsMax: 5,
    })
    t.strictSame(trials, [{ language: 'en', controlChanged: false, conditionChanged: true }])
    t.equal(sent.length, 3)
    t.equal(sent[0], sent[1], 'the control is the same request')
    t.match(sent[2], /json_schema/)
    for (const body of sent) {
      t.match(body, /Question 0 of \[email\]/)
      t.notMatch(body, /An answer\./, 'the answer of the live session is not sent')
      for (const one of identities) t.notOk(body.includes(one))
    }
  },
)

t.test('another model is asked for the third answer alone', async (t) => {
  const { sent, target } = model(() => false)
  await runShadows({
    ...common,
    sessions: sessionsOf(1),
    target: target('model-1'),
    conditionTarget: target('model-2'),
    change: (request) => request,
    shadowsMax: 5,
  })
  const models = sent.map((body) => {
    const parsed = parseJsonBytes(Buffer.from(body))
    return parsed.ok ? stringAt(parsed.value, 'model') : undefined
  })
  t.strictSame(models, ['model-1', 'model-1', 'model-2'])
  const parsed = parseJsonBytes(Buffer.from(sent[0] ?? ''))
  t.equal(parsed.ok ? valueAt(parsed.value, 'user') : '', undefined)
})

t.test('a model that wavers has no excess; one that the condition moves has', async (t) => {
  const excess = async (refuses: (body: string, call: number) => boolean) => {
    const { target } = model(refuses)
    const trials = await runShadows({
      ...common,
      sessions: sessionsOf(200),
      target: target('model-1'),
      conditionTarget: target('model-1'),
      change: changeBy('format=structured'),
      shadowsMax: 200,
    })
    t.equal(trials.length, 200)
    return shadowExcess(trials)
  }
  const random = createRandom(11)
  const wavering = await excess(() => random.uniform() < 0.3)
  t.ok(wavering !== undefined && wavering.lo < 0 && wavering.hi > 0, JSON.stringify(wavering))
  const moved = await excess((body, call) => body.includes('json_schema') && call % 2 === 0)
  t.equal(moved?.est, 0.5)
  t.ok(moved !== undefined && moved.lo > 0.4 && moved.hi < 0.6, JSON.stringify(moved))
  t.equal(shadowExcess([]), undefined)
})

t.test('what the condition does not apply to, or cannot be read, is no trial', async (t) => {
  const agentic = model(() => false)
  const none = await runShadows({
    ...common,
    sessions: sessionsOf(2),
    target: agentic.target('m'),
    conditionTarget: agentic.target('m'),
    // The sessions offer a tool already.
    change: changeBy('format=agentic'),
    shadowsMax: 5,
  })
  t.strictSame(none, [])
  t.equal(agentic.sent.length, 0, 'and nothing was spent on it')
  const stopped = await runShadows({
    ...common,
    mayGoOn: () => false,
    sessions: sessionsOf(2),
    target: agentic.target('m'),
    conditionTarget: agentic.target('m'),
    change: (request) => request,
    shadowsMax: 5,
  })
  t.strictSame(stopped, [])
  const { source } = sessionOf('openai_chat', [{ role: 'user', content: 'hi' }], 'Hello.')
  const copy = copyOf(source)
  const ended = { ...copy, turns: copy.turns.slice(-1) }
  t.equal(requestOf(ended, defaultParameters), undefined)
})
