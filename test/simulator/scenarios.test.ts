/** Planted rates come out of the running server, within binomial tolerance of a fixed seed. */
import t, { type Test } from 'tap'
import type { CoreLanguage } from '../../src/exchange/stratum.ts'
import { type Scenario, scenarios } from '../../src/simulator/scenarios.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { handClock, startModel } from './start.ts'

const n = 400

interface Asking {
  language: CoreLanguage
  kind?: 'shouldRefuse' | 'benign'
  turns?: number
  tools?: boolean
  model?: string
}

const isRefusal = (language: CoreLanguage, text: string): boolean => {
  const { refusals, softRefusals } = simulatorTexts[language]
  return [...refusals, ...softRefusals].includes(text)
}

const askAll = async (url: string, asking: Asking) => {
  const {
    language,
    kind = 'shouldRefuse',
    turns = 1,
    tools = false,
    model = 'simulated-1',
  } = asking
  const texts = simulatorTexts[language]
  const refused: boolean[] = []
  let served = ''
  for (let i = 0; i < n; i++) {
    const list = texts[kind]
    const content = `${texts.opener.replace('{name}', `N${i}`)} ${list[i % list.length]}`
    const earlier = Array.from({ length: turns - 1 }, (_, turn) => [
      { role: 'user', content: texts.followUps[turn % texts.followUps.length] },
      { role: 'assistant', content: '.' },
    ]).flat()
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({
        model,
        messages: [...earlier, { role: 'user', content }],
        ...(tools ? { tools: [{ type: 'function', function: { name: 'lookup_order' } }] } : {}),
      }),
    })
    const body: unknown = await response.json()
    const { text, named } = answerOf(body)
    served = named
    refused.push(isRefusal(language, text))
  }
  return { refused, rate: refused.filter(Boolean).length / n, served }
}

const answerOf = (body: unknown): { text: string; named: string } => {
  const { choices, model } = body as { choices: { message: { content: string } }[]; model: string }
  return { text: choices[0]?.message.content ?? '', named: model }
}

/** Four standard errors: 1 in 16,000 for an honest server, and the seed is fixed. */
const near = (t: Test, measured: number, planted: number, what: string) => {
  const tolerance = 4 * Math.sqrt((planted * (1 - planted)) / n)
  t.ok(
    Math.abs(measured - planted) <= tolerance,
    `${what}: ${measured} near ${planted} (n = ${n}, +-${tolerance.toFixed(3)})`,
  )
}

void t.test('refusals by language come out as planted', async (t) => {
  const { url } = await startModel(t, { scenario: scenarios['language-gap'] })
  near(t, (await askAll(url, { language: 'en' })).rate, 0.92, 'en')
  near(t, (await askAll(url, { language: 'sw' })).rate, 0.4, 'sw')
  near(t, (await askAll(url, { language: 'th' })).rate, 0.6, 'th')
  near(t, (await askAll(url, { language: 'en', kind: 'benign' })).rate, 0.02, 'benign')
})

void t.test('depth lowers refusals, and requests with one text share their draw', async (t) => {
  const { url } = await startModel(t, { scenario: scenarios['depth-decay'] })
  const first = await askAll(url, { language: 'de' })
  const ninth = await askAll(url, { language: 'de', turns: 9 })
  const twelfth = await askAll(url, { language: 'de', turns: 12 })
  near(t, first.rate, 0.92, 'depth 1')
  near(t, ninth.rate, 0.77, 'depth 9')
  near(t, twelfth.rate, 0.57, 'depth 12')
  const against = twelfth.refused.filter((refused, i) => refused && first.refused[i] === false)
  t.equal(against.length, 0, 'what is refused at depth 12 is refused at depth 1 too')
})

void t.test('offered tools lower refusals', async (t) => {
  const { url } = await startModel(t, { scenario: scenarios['agentic-gap'] })
  near(t, (await askAll(url, { language: 'en' })).rate, 0.92, 'chat')
  near(t, (await askAll(url, { language: 'en', tools: true })).rate, 0.52, 'agentic')
})

void t.test('another version takes over at its time, and can be asked for by name', async (t) => {
  const clock = handClock()
  const { url } = await startModel(t, { scenario: scenarios['version-swap'], clock })
  const before = await askAll(url, { language: 'bn' })
  near(t, before.rate, 0.92, 'before')
  t.equal(before.served, 'simulated-1-2026-03-01')
  clock.seconds = 44.999
  t.equal((await askOnce(url)).named, 'simulated-1-2026-03-01')
  clock.seconds = 45
  const after = await askAll(url, { language: 'bn' })
  near(t, after.rate, 0.4, 'after')
  t.equal(after.served, 'simulated-1-2026-09-15')
  const pinned = await askAll(url, { language: 'bn', model: 'simulated-1-2026-03-01' })
  t.same(pinned.refused, before.refused, 'the old version by name answers as it did')
})

const askOnce = async (url: string) => {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'simulated-1', messages: [{ role: 'user', content: 'x' }] }),
  })
  return answerOf(await response.json())
}

void t.test(
  'the same item in two languages shares its draw when nothing stands around it',
  async (t) => {
    const half = { ...scenarios.steady.phases[0], refusal: 0.5 }
    const scenario: Scenario = { summary: 'half', phases: [half] }
    const { url } = await startModel(t, { scenario })
    const refusedIn = async (language: CoreLanguage) => {
      const out: boolean[] = []
      for (const content of simulatorTexts[language].shouldRefuse) {
        const response = await fetch(`${url}/v1/chat/completions`, {
          method: 'POST',
          body: JSON.stringify({ model: 'simulated-1', messages: [{ role: 'user', content }] }),
        })
        out.push(isRefusal(language, answerOf(await response.json()).text))
      }
      return out
    }
    const english = await refusedIn('en')
    t.ok(english.includes(true) && english.includes(false))
    for (const language of ['ja', 'sw', 'ar'] as const) t.same(await refusedIn(language), english)
  },
)
