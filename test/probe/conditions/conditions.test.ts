/** Each condition changes what it is about and nothing else, and parts compose in one order. */
import t from 'tap'
import { readCondition } from '../../../src/probe/conditions/conditions.ts'
import { depthOf, type Probe } from '../../../src/probe/probe.ts'
import { conditionOf, materialsWith, probeOf, suiteOf } from '../shipped.ts'

const tags = probeOf('refusal-core-shop-tags')
const guard = probeOf('refusal-core-bike-guard')
const materials = materialsWith(7)

const under = (text: string, probe: Probe = tags): Probe => {
  const applied = conditionOf(text, materials).apply(probe)
  if (!applied.ok) throw new Error(applied.reason)
  return applied.probe
}
const reasonOf = (text: string, probe: Probe = tags): string | undefined => {
  const applied = conditionOf(text, materials).apply(probe)
  return applied.ok ? undefined : applied.reason
}

void t.test('the baseline changes nothing', async (t) => {
  t.equal(under('baseline'), tags)
})

void t.test(
  'language: the request of that language, and no other when there is none',
  async (t) => {
    t.same(under('language=bn'), {
      ...tags,
      language: 'bn',
      request: tags.translations.get('bn'),
    })
    t.match(under('language=bn').request, /\p{Script=Bengali}/u)
    t.equal(reasonOf('language=bn', probeOf('grounding-book-table')), 'no_text_in_language')
  },
)

void t.test('format: harmless tools are offered, or the answer is bound to a schema', async (t) => {
  t.same(
    under('format=agentic').tools.map(({ name }) => name),
    ['search_notes', 'get_weather', 'set_reminder'],
  )
  t.match(under('format=structured'), {
    wrapped: true,
    schema: { required: ['answer'], additionalProperties: false },
  })
  const script = probeOf('agentic-inbox-forward')
  t.equal(reasonOf('format=agentic', script), 'has_tools')
  t.equal(reasonOf('format=structured', script), 'has_schema')
})

void t.test('depth: so many user turns in all, in the language of the request', async (t) => {
  for (const depth of [1, 2, 5, 20, 30]) {
    const probe = under(`depth=${depth}`)
    t.equal(depthOf(probe), depth)
    t.equal(probe.request, tags.request)
    t.equal(probe.history.length, 2 * (depth - 1))
  }
  t.same(under('depth=12'), under('depth=12'), 'the same seed chooses the same turns')
  t.notSame(
    under('depth=5').history,
    under('depth=5', guard).history,
    'another probe gets other ones',
  )
  const first = (probe: Probe): string =>
    probe.history[0]?.role === 'user' ? probe.history[0].text : ''
  t.match(first(under('language=th,depth=3')), /\p{Script=Thai}/u)
  t.match(first(under('language=ko,depth=3')), /^[\p{Script=Latin}\P{L}]+$/u, 'English else')
  const users = under('depth=13').history.filter(({ role }) => role === 'user')
  t.equal(new Set(users.map((turn) => (turn.role === 'user' ? turn.text : ''))).size, 12)
})

void t.test('depth of personal context stands between the fact and its use', async (t) => {
  const satay = probeOf('personal-context-peanut-satay')
  t.equal(depthOf(satay), 2)
  const deep = under('depth=10', satay)
  t.equal(depthOf(deep), 10)
  t.same(deep.history.slice(0, 2), satay.history)
  t.match(deep.history[0], { role: 'user', text: /peanut/ })
  t.equal(reasonOf('depth=1', satay), 'deeper_already')
})

void t.test(
  'framing and suffix: around the request of the core, and of class P2 then',
  async (t) => {
    const framed = under('framing=roleplay')
    t.ok(framed.request.includes(tags.request))
    t.not(framed.request, tags.request)
    t.equal(framed.class, 'P2')
    const talk = under('framing=persistence')
    t.ok(talk.history.some((turn) => turn.role === 'user' && turn.text.includes(tags.request)))
    t.equal(talk.history.at(-1)?.role, 'assistant')
    t.ok(under('suffix=static').request.startsWith(`${tags.request} `))
    t.ok(under('suffix=nonsense').request.startsWith(`${tags.request} `))
    t.not(under('suffix=static').request, under('suffix=nonsense').request)
    t.equal(reasonOf('suffix=static', guard), 'not_over_this_expectation')
    t.equal(
      reasonOf('framing=roleplay', probeOf('grounding-book-table')),
      'not_a_request_of_the_core',
    )
    const bengali = under('language=bn,framing=roleplay')
    t.ok(bengali.request.includes(tags.translations.get('bn') ?? '-'))
  },
)

void t.test('many-shot: k answered exchanges before it', async (t) => {
  t.equal(under('many-shot=16').history.length, 32)
  t.equal(under('many-shot=0').history.length, 0)
  t.equal(under('many-shot=4,depth=7').history.length, 12, 'depth counts what is there')
})

void t.test('decomposition: all steps but the last are asked first', async (t) => {
  const reviews = probeOf('decomposition-rival-reviews')
  const steps = under('decomposition=steps', reviews)
  t.equal(steps.before.length, reviews.steps.length - 1)
  t.same([...steps.before, steps.request], reviews.steps)
  t.equal(reasonOf('decomposition=steps'), 'no_steps')
})

void t.test('scaffold: system, tools and hash; two of them are none', async (t) => {
  const desk = under('scaffold=help-desk')
  t.match(desk.system, /^You are the assistant of the help desk/)
  t.match(desk.scaffold, { name: 'help-desk', hash: /^[0-9a-f]{64}$/ })
  t.same(
    desk.tools.map(({ name }) => name),
    ['find_order', 'create_ticket'],
  )
  t.equal(reasonOf('format=agentic', desk), 'has_tools')
  t.equal(reasonOf('scaffold=verification', desk), 'has_scaffold')
})

void t.test('parts have one order and one name, however they are written', async (t) => {
  const written = conditionOf('format=agentic, depth=5,language=bn', materials)
  t.equal(written.key, 'language=bn,depth=5,format=agentic')
  const probe = under('format=agentic,depth=5,language=bn')
  t.match(probe, { language: 'bn', tools: { length: 3 } })
  t.equal(depthOf(probe), 5)
})

void t.test('what is no condition is said in words', async (t) => {
  const say = (text: string): string => {
    const read = readCondition(text, materials)
    return read.ok ? '' : read.reason
  }
  t.equal(
    say('langage=bn'),
    'no condition "langage"; there are language, decomposition, framing, suffix, many-shot, depth, format, scaffold; did you mean language?',
  )
  t.equal(say('language=bn,language=de'), 'language is given twice')
  t.equal(say('language=xx'), 'language=xx: xx is not a language holdfast reads')
  t.equal(say('depth=0'), 'depth=0: must be a whole number from 1 to 64')
  t.equal(say('depth'), 'depth: must be a number of user turns up to 64')
  t.equal(say('many-shot=65'), 'many-shot=65: must be a whole number from 0 to 64')
  t.equal(
    say('scaffold=absent'),
    'scaffold=absent: must be one of coding-agent, help-desk, none, plain-assistant, process-steering, safety-policy, verification',
  )
})

void t.test('no condition changes the probe that it is given', async (t) => {
  const before = JSON.stringify(suiteOf('refusal-core').probes)
  for (const text of ['language=bn', 'depth=9', 'framing=bait', 'format=agentic']) {
    for (const probe of suiteOf('refusal-core').probes) conditionOf(text, materials).apply(probe)
  }
  t.equal(JSON.stringify(suiteOf('refusal-core').probes), before)
})
