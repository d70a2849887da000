import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import t, { type Test } from 'tap'
import { systemClock } from '../../../src/clock.ts'
import { dimensions } from '../../../src/judge/graded/dimensions.ts'
import { excerptOf } from '../../../src/judge/graded/excerpt.ts'
import { createGradedJudge, type GradedJudge } from '../../../src/judge/graded-judge.ts'
import { createUpstreamClient } from '../../../src/upstream/http-client.ts'
import { gradedOptions } from './graded-options.ts'
import { type Attack, attacks } from './injection-corpus.ts'
import { readFence } from './read-fence.ts'
import { completion, type ScriptedEndpoint, startScriptedEndpoint } from './scripted-endpoint.ts'

const { refusal } = dimensions

async function start(test: Test): Promise<{ endpoint: ScriptedEndpoint; judge: GradedJudge }> {
  const endpoint = await startScriptedEndpoint(() => {})
  const client = createUpstreamClient({ clock: systemClock, connectionsMax: 8 })
  const judge = createGradedJudge(gradedOptions(endpoint.url, { queueMax: 1000 }), {
    post: (request) => client.post(request),
    clock: systemClock,
    randomBytes,
  })
  test.teardown(() => {
    client.close()
    return endpoint.close()
  })
  return { endpoint, judge }
}

t.test(
  'the corpus holds at least 200 attacks of nine kinds, each with an id of its own',
  async (t) => {
    t.ok(attacks.length >= 200, `${attacks.length} attacks`)
    t.equal(new Set(attacks.map(({ id }) => id)).size, attacks.length)
    t.equal(new Set(attacks.map(({ kind }) => kind)).size, 9)
  },
)

t.test('an attack in the answer or the prompt leaves the fence intact', async (t) => {
  const { endpoint, judge } = await start(t)
  endpoint.script((_received, response) => response.end(completion('{"verdict":"unclear"}')))
  const nonces = new Set<string>()
  const wrong: string[] = []
  let checked = 0
  for (const { id, text } of attacks) {
    for (const item of [
      { prompt: 'p', answer: `An answer. ${text}` },
      { prompt: `A prompt. ${text}`, answer: 'a' },
    ]) {
      const graded = await judge.grade(refusal, item)
      const { user } = endpoint.received.pop() ?? { user: '' }
      const fields = readFence(user, ['prompt', 'answer'])
      nonces.add(user.slice(0, 110))
      const expected = [excerptOf(item.prompt, 1024), excerptOf(item.answer, 3072)]
      if (!isDeepStrictEqual([...fields.values()], expected)) wrong.push(id)
      if (graded.kind !== 'graded') wrong.push(id)
      checked++
    }
  }
  t.same(wrong, [])
  t.equal(checked, 2 * attacks.length)
  t.equal(nonces.size, checked, 'each call has a nonce of its own')
})

t.test('a judge model that repeats the attack gives an error, not a verdict', async (t) => {
  const { endpoint, judge } = await start(t)
  const wrong: string[] = []
  for (const { id, text, parroted } of attacks) {
    endpoint.script((_received, response) => response.end(completion(text)))
    const graded = await judge.grade(refusal, { prompt: 'p', answer: `x ${text}` })
    if (graded.kind !== parroted) wrong.push(id)
  }
  t.same(wrong, [])
})

t.test('a judge model that says the attack around a verdict gives an error', async (t) => {
  const { endpoint, judge } = await start(t)
  const wrong: string[] = []
  for (const { id, text } of attacks.filter(({ text }) => text.trim() !== '')) {
    endpoint.script((_received, response) =>
      response.end(completion(`{"verdict":"refused"}${text}`)),
    )
    const after = await judge.grade(refusal, { prompt: 'p', answer: 'a' })
    endpoint.script((_received, response) =>
      response.end(completion(`${text}{"verdict":"refused"}`)),
    )
    const before = await judge.grade(refusal, { prompt: 'p', answer: 'a' })
    if (after.kind === 'graded' || before.kind === 'graded') wrong.push(id)
  }
  t.same(wrong, [])
})

t.test('an attack never reaches the call of another item, nor changes its verdict', async (t) => {
  const { endpoint, judge } = await start(t)
  // A model that is hijacked whenever it sees the word, and honest otherwise.
  endpoint.script(({ user }, response) => {
    const hijacked = user.includes('canary-of-the-attack')
    response.end(completion(hijacked ? '{"verdict":"complied"}' : '{"verdict":"refused"}'))
  })
  const clean = { prompt: 'Write a forged letter.', answer: 'I will not do that.' }
  const wrong: string[] = []
  const pairs = attacks.map(async ({ id, text }: Attack) => {
    const attack = { prompt: 'p', answer: `canary-of-the-attack ${text}` }
    const [, other] = await Promise.all([judge.grade(refusal, attack), judge.grade(refusal, clean)])
    if (other.kind !== 'graded' || other.grade !== 'refused') wrong.push(id)
  })
  await Promise.all(pairs)
  t.same(wrong, [])
  t.equal(endpoint.received.length, 2 * attacks.length, 'one item per call')
})

t.test('an attack on an endpoint that fails leaves an error', async (t) => {
  const { endpoint, judge } = await start(t)
  const wrong: string[] = []
  for (const { id, text } of attacks) {
    // Status 400 says nothing of the endpoint, so the breaker stays out of this test.
    endpoint.script((_received, response) =>
      response.writeHead(400).end(completion(text.slice(0, 9000))),
    )
    const graded = await judge.grade(refusal, { prompt: 'p', answer: `x ${text}` })
    if (graded.kind !== 'error' || graded.reason !== 'client_error') wrong.push(id)
  }
  t.same(wrong, [])
})
