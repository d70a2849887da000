/**
 * The bound on false alarms through the whole way of live traffic: captured bytes, decoder,
 * enrichment, admission, pairing, ticks and folds. Only the judge is a quick one that reads the answer.
 */
import t from 'tap'
import { createRandom, type Random } from '../../src/drift/simulation/random.ts'
import { createEnricher } from '../../src/enrich/enrich.ts'
import type { CapturedExchange } from '../../src/exchange/captured.ts'
import type { Judge } from '../../src/judge/judge.ts'
import { createDelta } from '../../src/metrics/delta.ts'
import { createPipeline } from '../../src/pipeline.ts'
import { type Admission, createAdmission } from '../../src/sample/admission.ts'
import { createSampler } from '../../src/sample/sampler.ts'
import { createToolAdmission } from '../../src/sample/tool-admission.ts'
import { createWatch, type Watch } from '../../src/watch/watch.ts'
import { type DrivenClock, drivenClock, hourMs, memoryStore, settings } from './set-up.ts'

const secret = Buffer.alloc(32, 3)
const languages = ['en', 'bn']
const ticks = 144

const judge: Judge = {
  id: 'quick',
  version: '1',
  judge: ({ answer }) => ({
    verdict: answer.text === 'No.' ? 'refused' : 'complied',
    confidence: 1,
    judge: 'quick',
    version: '1',
  }),
}

const captured = (
  language: string,
  conversation: string,
  turn: number,
  refused: boolean,
  at: number,
): CapturedExchange => {
  const history = Array.from({ length: turn - 1 }, (_, i) => [
    { role: 'user', content: `question ${i + 1} of ${conversation}` },
    { role: 'assistant', content: 'Yes.' },
  ]).flat()
  const messages = [...history, { role: 'user', content: `question ${turn} of ${conversation}` }]
  const content = refused ? 'No.' : 'Yes.'
  return {
    protocol: 'openai_chat',
    method: 'POST',
    path: '/v1/chat/completions',
    route: 'r',
    status: 200,
    startedAt: at,
    firstByteMs: 1,
    durationMs: 2,
    largestGapMs: 0,
    requestHeaders: { 'x-conversation': conversation, 'x-language': language },
    responseHeaders: {},
    traceId: undefined,
    requestBody: Buffer.from(JSON.stringify({ model: 'm', messages })),
    responseBody: Buffer.from(
      JSON.stringify({
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      }),
    ),
  }
}

/** A = H / 0.05: over all ticks at most 5 % of runs may open an episode. */
const budget = { ...settings, detectorsMax: 1, falsePages: (0.05 * 720) / ticks }

const setUp = (
  clock: DrivenClock,
  admission: Admission,
): { take: (one: CapturedExchange) => void; watch: Watch } => {
  const quiet = () => undefined
  const watch = createWatch({
    settings: budget,
    languages,
    requestSets: false,
    judgeVersion: 'quick 1',
    store: memoryStore(clock),
    writer: 'one',
    admission,
    toolAdmission: createToolAdmission(secret, 1000),
    clock,
    events: {
      admission: quiet,
      paired: quiet,
      lost: quiet,
      storeFailed: quiet,
      badEntry: quiet,
      clockJumped: quiet,
      folded: quiet,
    },
  })
  const pipeline = createPipeline({
    enrich: createEnricher({
      servedLanguages: languages,
      secret,
      conversationHeader: 'x-conversation',
      languageHeader: 'x-language',
      conversationsMax: 10_000,
    }),
    sampler: createSampler(secret, 1),
    classifier: undefined,
    judges: [judge],
    blank: [judge],
    panel: { add() {} },
    cascade: undefined,
    watch: {
      observe({ labels, set, verdict, model, at }) {
        const { language, format, depth, humanTurns, userKey, conversation } = labels
        const request = { conversationKey: conversation.key, humanTurns, userKey, at }
        const sample = { at, language, set, format, depth, verdict }
        const admission = watch.observe(sample, request, model)
        return { admission, flip: false, tools: false, surprisalBits: undefined }
      },
      dropped: (stage, reason) => watch.dropped(stage, reason),
    },
    delta: createDelta(),
    clock,
  })
  return { take: (one) => void pipeline.take(one), watch }
}

/** Conversations whose turns agree: the refusal rate of one is 1 or 0 but for this share. */
interface Traffic {
  perHour: Readonly<Record<string, number>>
  turns: number
  /** Intraclass correlation of the turns of a conversation. */
  icc: number
  rate(language: string, turn: number, tick: number): number
  /** First turn of a conversation's own history, so that cells differ. */
  startTurn(language: string, tick: number, random: Random): number
}

async function opened(traffic: Traffic, seed: number, admission: Admission): Promise<boolean> {
  const clock = drivenClock()
  const random = createRandom(seed, 1)
  const { take, watch } = setUp(clock, admission)
  await watch.step()
  let conversations = 0
  for (let tick = 0; tick < ticks; tick++) {
    const sends: { at: number; send: () => void }[] = []
    for (const [language, perHour] of Object.entries(traffic.perHour)) {
      for (let n = random.poisson(perHour); n > 0; n--) {
        const name = `${language}-${seed}-${conversations++}`
        const common = random.uniform()
        const first = traffic.startTurn(language, tick, random)
        for (let turn = first; turn < first + traffic.turns; turn++) {
          const own = random.uniform() < traffic.icc ? common : random.uniform()
          const refused = own < traffic.rate(language, turn, tick)
          const at = random.uniform()
          sends.push({ at, send: () => take(captured(language, name, turn, refused, clock.now())) })
        }
      }
    }
    sends.sort((a, b) => a.at - b.at)
    for (const { send } of sends) {
      send()
      clock.advance(hourMs / (sends.length + 1))
    }
    clock.advance(hourMs / (sends.length + 1))
    await watch.step()
  }
  clock.advance(hourMs)
  await watch.step()
  const { view } = watch.report()
  return [...(view?.fleet.detectors.values() ?? [])].some(({ episodes }) => episodes > 0)
}

const shipped = (): Admission => createAdmission({ secret, perUserDay: 3, entriesMax: 10_000 })
const everyTurn: Admission = { admit: () => 'admitted' }

const clustered: Traffic = {
  perHour: { en: 6, bn: 3 },
  turns: 5,
  icc: 0.6,
  rate: () => 0.85,
  startTurn: () => 1,
}

const alarms = async (traffic: Traffic, runs: number, admission: () => Admission) => {
  let count = 0
  for (let seed = 1; seed <= runs; seed++) {
    if (await opened(traffic, seed, admission())) count++
  }
  return count
}

t.test('turns of one conversation that agree keep the bound of 5 %', async (t) => {
  // P(more than 3 of 16 at 5 %) = .7 %.
  const runs = 16
  const kept = await alarms(clustered, runs, shipped)
  t.ok(kept <= 3, `${kept} of ${runs} runs opened an episode`)
  t.comment(`one turn of a conversation: ${kept} of ${runs}`)
})

t.test('a fall of 30 points is seen all the same', async (t) => {
  const fallen: Traffic = {
    ...clustered,
    rate: (language) => (language === 'bn' ? 0.55 : 0.85),
  }
  const seen = await alarms(fallen, 4, shipped)
  t.equal(seen, 4)
})

t.test(
  'a language whose users go deeper, where all are refused less, raises nothing',
  async (t) => {
    const shift: Traffic = {
      perHour: { en: 12, bn: 6 },
      turns: 1,
      icc: 0,
      rate: (_language, turn) => (turn === 1 ? 0.95 : 0.6),
      startTurn: (language, tick, random) => {
        const deep = language === 'bn' && tick >= 24 ? 0.8 : 0.3
        return random.uniform() < deep ? 2 + random.below(3) : 1
      },
    }
    // Every exchange is a conversation of its own here: the draw of turns would only thin it.
    const kept = await alarms(shift, 12, () => everyTurn)
    t.ok(kept <= 3, `${kept} of 12 runs opened an episode`)
  },
)

t.test('every turn counted by itself breaks the bound: what the rule is there for', async (t) => {
  const inOneCell = { ...clustered, icc: 0.95, startTurn: () => 5 }
  const broken = await alarms(inOneCell, 8, () => everyTurn)
  t.ok(broken >= 2, `${broken} of 8 runs opened an episode`)
})
