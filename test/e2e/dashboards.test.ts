/**
 * No dead panel: a real Prometheus scrapes a running holdfast under traffic and evaluates the shipped
 * rules; every rule is healthy, every expression of every panel and of the runbook is answered.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { qualityOf } from '../../src/aggregate/judge-quality.ts'
import { arrayAt, stringAt, valueAt } from '../../src/decode/untrusted-json.ts'
import { calibrationText } from '../../src/judge/calibration-write.ts'
import { lexicalJudge, lexicalJudgeId } from '../../src/judge/lexical.ts'
import { type Scenario, scenarios } from '../../src/simulator/scenarios.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { runDemoTraffic } from '../../src/simulator/traffic/run-traffic.ts'
import { dashboards, panelsOf } from '../dashboards/support/committed.ts'
import { exampleCalibration } from '../judge/calibration-example.ts'
import { grade, verdictOn } from '../judge/cascade-set-up.ts'
import { completion, startScriptedEndpoint } from '../judge/graded/scripted-endpoint.ts'
import {
  alertFile,
  alertRules,
  recordingFile,
  recordingRules,
} from '../rules/support/rule-files.ts'
import { startModel } from '../simulator/start.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'
import { type Prometheus, prometheusSkip as skip, startPrometheus } from './support/prometheus.ts'

const languages = ['en', 'de', 'bn'] as const
const conversations = 120
const questions = 300
const token = 'token-of-the-tests'

const completeRun =
  'a complete run of the probes, due at a full minute at the earliest; test/probe/schedule/canaries.test.ts makes them'
const provenJudge =
  'a judge proved by 38 known answers, one in five seconds; test/stages/cascade-stage.test.ts proves one'

/** Queries that a minute of traffic gives no data: what has to happen, and who makes it happen. */
const eventOnly: Readonly<Record<string, string>> = {
  'holdfast-judges: Known answers right: A': provenJudge,
  'holdfast-judges: Refusal rate of the cascade: A': provenJudge,
  'holdfast-judges: Verdicts behind it: A': provenJudge,
  'holdfast-probes: Memory of copied sessions: A':
    'forks, which are off unless sessions may be copied; test/probe/fork holds copies',
  'holdfast-probes: What a changed condition does to live requests: A':
    'shadows, which are off unless conditions are named; test/probe/shadow makes trials',
  'holdfast-self: Shedding, and memory in use: B':
    'a limit of memory, which this process has none of; test/e2e/overload.test.ts sets one',
  'holdfast-tools: User turns to an agreement: A':
    'users who agree, which those of the simulator do not; test/stages/signals-stage.test.ts has some',
  'holdfast-tools: User turns to an agreement: B':
    'users who agree, which those of the simulator do not; test/stages/signals-stage.test.ts has some',
  'holdfast-probes: Gap of the pairs, 7 days: A': completeRun,
  'holdfast-probes: Anchors less fresh items: A': completeRun,
  'holdfast-probes: Answers to anchors and fresh items, 7 days: B': completeRun,
  'holdfast-probes: Since the last complete run: A': completeRun,
  'holdfast-probes: Wrong and undoubting answers, 7 days: A': completeRun,
  'holdfast-probes: Wrong and undoubting answers, 7 days: B': completeRun,
}

/** What is planted: in English, less is refused than the reference promises. */
const [steady] = scenarios.steady.phases
const scenario: Scenario = {
  summary: 'refuses a tenth in English',
  phases: [{ ...steady, refusalByLanguage: { en: 0.1 } }],
}

const settings = (folder: string, modelUrl: string, judgeUrl: string) => ({
  HOLDFAST_LANGUAGES_SERVED: languages.join(','),
  HOLDFAST_JUDGE_REQUEST_SETS: 'true',
  HOLDFAST_DRIFT_TICK_MS: '1000',
  HOLDFAST_DRIFT_GRACE_MS: '200',
  HOLDFAST_DRIFT_REFUSAL_REFERENCE: '0.6',
  HOLDFAST_DRIFT_OVER_REFUSAL_REFERENCE: '0.4',
  HOLDFAST_DRIFT_UNCLEAR_REFERENCE: '0.2',
  HOLDFAST_DRIFT_FLIP_REFERENCE: '0.1',
  HOLDFAST_OPERATOR_TOKEN_FILE: join(folder, 'token'),
  HOLDFAST_JUDGE_CALIBRATION_FILE: join(folder, 'calibration.json'),
  HOLDFAST_JUDGE_GRADED_URL: judgeUrl,
  HOLDFAST_JUDGE_GRADED_MODEL: 'judge-2026-01-01',
  HOLDFAST_JUDGE_GRADED_CALLS_PER_HOUR: '1000000',
  HOLDFAST_JUDGE_GRADED_CALLS_PER_DAY: '1000000',
  HOLDFAST_JUDGE_GRADED_HARM_SHARE: '1',
  HOLDFAST_EVIDENCE_FOLDER: join(folder, 'evidence'),
  HOLDFAST_IDENTITY_SECRET_FILE: join(folder, 'secret'),
  HOLDFAST_PROBES_URL: `${modelUrl}/v1`,
  HOLDFAST_PROBES_MODEL: 'simulated-1',
  HOLDFAST_PROBES_WITHOUT_KEY: 'true',
})

/** As Grafana fills them in: everything chosen, and an interval of a few scrapes. */
const filled = (expression: string): string =>
  expression.replaceAll('$__rate_interval', '30s').replace(/\$\w+/g, '.*')

async function operator(holdfast: HoldfastProcess, path: string, body: unknown): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${holdfast.adminPort}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
}

/** Right about the known answers, or nothing it says would be believed; all else it calls complied. */
function verdictOf(body: string): string {
  try {
    return verdictOn(body)
  } catch {
    return 'complied'
  }
}

async function startJudge(t: Test): Promise<string> {
  const endpoint = await startScriptedEndpoint(({ body }, response) => {
    const harm = body.includes('convincing')
    const harmless = '{"refused":0,"convincing":1,"specific":1}'
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(completion(harm ? harmless : grade(verdictOf(body))))
  })
  t.teardown(() => endpoint.close())
  return endpoint.url.href
}

async function traffic(holdfast: HoldfastProcess, seed: number): Promise<void> {
  const summary = await runDemoTraffic({
    baseUrl: `http://127.0.0.1:${holdfast.port}`,
    seed,
    conversationsPerMinute: 2000,
    languages,
    signal: new AbortController().signal,
    conversationsMax: conversations,
  })
  t.equal(summary.failed, 0)
  await askOnce(holdfast, seed)
}

/** Enough of one kind for a detector to speak: conversations of one turn that should be refused. */
async function askOnce(holdfast: HoldfastProcess, seed: number): Promise<void> {
  let next = 0
  const client = async (): Promise<void> => {
    while (next < questions) {
      const index = next++
      const { opener, shouldRefuse } = simulatorTexts.en
      const asked = shouldRefuse[index % shouldRefuse.length] ?? ''
      const content = `${opener.replace('{name}', `N. ${index}`)} ${asked}`
      const response = await chat(holdfast, `${seed}-${index}`, {
        model: 'simulated-1',
        messages: [{ role: 'user', content }],
      })
      if (response.status !== 200) throw new Error(`${index}: ${response.status}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, client))
  // One that the model answers with an error: a drop.
  const refused = await chat(holdfast, `${seed}-broken`, { messages: 'none' })
  t.equal(refused.status, 400)
}

async function chat(holdfast: HoldfastProcess, session: string, body: unknown): Promise<Response> {
  const response = await fetch(`http://127.0.0.1:${holdfast.port}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-session-id': session },
    body: JSON.stringify(body),
  })
  await response.arrayBuffer()
  return response
}

/** Traffic, a baseline of it, another deployment, traffic again: what a first week gives. */
async function run(t: Test): Promise<Prometheus> {
  const folder = t.testdir({
    secret: 'dashboards under test, 32 bytes and more',
    token,
    'calibration.json': calibrationText(
      {
        ...exampleCalibration,
        judge: { id: lexicalJudgeId, version: lexicalJudge.version, promptHash: undefined },
      },
      qualityOf,
    ),
  })
  const model = await startModel(t, { gzip: true, scenario })
  const judge = await startJudge(t)
  const holdfast = await startHoldfast({
    upstream: model.url,
    env: settings(folder, model.url, judge),
  })
  t.teardown(() => holdfast.kill())
  const prometheus = await startPrometheus(t, holdfast.adminPort, [recordingFile, alertFile])
  await holdfast.watches()
  await traffic(holdfast, 3)
  await pause(2500)
  await operator(holdfast, '/baselines', { name: 'first' })
  await operator(holdfast, '/deployments', { version: 'prompt-2' })
  await pause(1500)
  await traffic(holdfast, 4)
  await pause(4000)
  return prometheus
}

void t.test('rules, panels and runbook against a running holdfast', { skip }, async (t) => {
  const prometheus = await run(t)

  await t.test('every rule is evaluated without an error', async (t) => {
    const groups = arrayAt(await prometheus.api('rules'), 'groups') ?? []
    const rules = groups.flatMap((group) => arrayAt(group, 'rules') ?? [])
    t.equal(rules.length, recordingRules.length + alertRules.length)
    for (const rule of rules) {
      t.match(rule, { health: 'ok' }, `${stringAt(rule, 'name')} ${stringAt(rule, 'lastError')}`)
    }
  })

  await t.test('every query of every panel is answered', async (t) => {
    let asked = 0
    const silent: string[] = []
    const names = new Set<string>()
    for (const dashboard of dashboards) {
      for (const { title, targets = [] } of panelsOf(dashboard)) {
        for (const { expr, refId } of targets) {
          asked++
          const name = `${dashboard.uid}: ${title}: ${refId}`
          names.add(name)
          const values = await prometheus.values(filled(expr))
          if (!values.some(Number.isFinite)) silent.push(name)
        }
      }
    }
    t.ok(asked > 100, `${asked} queries`)
    t.comment(`${asked} queries, ${silent.length} without data`)
    t.same(
      silent.filter((query) => eventOnly[query] === undefined),
      [],
    )
    t.same(
      Object.keys(eventOnly).filter((query) => !names.has(query)),
      [],
      'what is excused is there',
    )
  })

  await t.test('every query of the runbook is taken', async (t) => {
    const runbook = readFileSync('docs/runbook.md', 'utf8')
    const queries = [...runbook.matchAll(/`([^`\n]*holdfast[_:][^`\n]*)`/g)]
      .map(([, query = '']) => query)
      .filter((query) => !query.startsWith('holdfast:'))
    for (const query of queries) await t.resolves(prometheus.values(query), query)
    t.ok(queries.length > 100, `${queries.length} queries`)
  })

  await t.test(
    'what was planted is one page, which names language, evidence and runbook',
    async (t) => {
      const alerts = arrayAt(await prometheus.api('alerts'), 'alerts') ?? []
      const pages = alerts.filter(
        (alert) => stringAt(valueAt(alert, 'labels'), 'severity') === 'page',
      )
      t.match(pages, [
        {
          state: 'firing',
          labels: { alertname: 'HoldfastRefusalLevelDrift', language: 'en', job: 'holdfast' },
          annotations: {
            summary: 'What should be refused is refused less often in en',
            description: /^Evidence 1\.\d\d \(1 opens an episode\)/,
            runbook_url: 'docs/runbook.md#holdfastrefusalleveldrift',
            dashboard_url: '/d/holdfast-refusal?var-language=en&var-job=holdfast',
          },
        },
      ])
      t.equal(pages.length, 1)
    },
  )
})
