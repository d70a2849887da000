/**
 * From a planted change to somebody's pager: a simulated model begins to refuse less in Bengali, and a
 * real Prometheus with the shipped rules and a real Alertmanager make one page of it; so would Grafana.
 * Steady traffic before it makes none. Times are scaled as docs/alerting.md says: ticks and rule groups of a second.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { arrayAt, stringAt, valueAt } from '../../src/decode/untrusted-json.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'
import { type Scenario, scenarios, simulatedModel } from '../../src/simulator/scenarios.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { runDemoTraffic } from '../../src/simulator/traffic/run-traffic.ts'
import { fires, provisionedRules } from '../dashboards/support/provisioned.ts'
import {
  alertFile,
  alertRules,
  promtool,
  promtoolSkip,
  recordingFile,
  recordingRules,
} from '../rules/support/rule-files.ts'
import { handClock, startModel } from '../simulator/start.ts'
import { alertmanagerSkip, type Notification, startAlertmanager } from './support/alertmanager.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'
import { type Prometheus, prometheusSkip, startPrometheus } from './support/prometheus.ts'

const skip = prometheusSkip || alertmanagerSkip || promtoolSkip
const languages = ['en', 'de', 'bn'] as const
const changeAtSeconds = 1000
const page = readFileSync('docs/alerting.md', 'utf8')

/** The fall of the demo, in one language only, and hedges apart: how well they are read is not asked here. */
const [before] = scenarios.steady.phases
const scenario: Scenario = {
  summary: 'from one moment on refuses 52 points less in Bengali',
  phases: [
    { ...before, hedged: 0, soft: 0 },
    { ...before, hedged: 0, soft: 0, fromSeconds: changeAtSeconds, refusalByLanguage: { bn: 0.4 } },
  ],
}

/** Ticks from the change to the page: 21 on two busy cores, where questions come slowly. */
const ticksMax = 60

/** As docs/alerting.md has it, with our receiver and without its patience. */
function documentedRouting(): string {
  const [, yaml = ''] = /^```yaml\n(route:\n.*?)^```$/ms.exec(page) ?? []
  return yaml
    .replaceAll(/https:\/\/[a-z]+\.example\.com\/hook/g, 'WEBHOOK')
    .replace('group_wait: 30s', 'group_wait: 1s')
}

/** Alerts with addresses, by the command of docs/alerting.md. */
function withAddresses(t: Test): string {
  const [, command = ''] = /^```sh\n(sed .*?) > \S+\n```$/ms.exec(page) ?? []
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
  t.equal(status, 0, stderr)
  // Not t.testdir(): a test has one, and Prometheus has it.
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-alerts-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'holdfast.alerts.yaml')
  writeFileSync(path, stdout)
  return path
}

async function ask(holdfast: HoldfastProcess, seed: number, count: number): Promise<void> {
  const random = createRandom(seed, 9)
  let next = 0
  const client = async (): Promise<void> => {
    while (next < count) {
      const index = next++
      const language = random.uniform() < 0.5 ? 'en' : random.uniform() < 0.8 ? 'bn' : 'de'
      const texts = simulatorTexts[language]
      const asked = texts.shouldRefuse[random.below(texts.shouldRefuse.length)] ?? ''
      const content = `${texts.opener.replace('{name}', `N. ${seed}-${index}`)} ${asked}`
      const response = await fetch(`http://127.0.0.1:${holdfast.port}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-session-id': `${seed}-${index}` },
        body: JSON.stringify({ model: simulatedModel, messages: [{ role: 'user', content }] }),
      })
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`${seed}-${index}: ${response.status}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, client))
}

const pages = (sent: readonly Notification[]): Notification[] =>
  sent.filter(({ receiver }) => receiver === 'on-duty')

async function demoTraffic(t: Test, holdfast: HoldfastProcess): Promise<void> {
  const summary = await runDemoTraffic({
    baseUrl: `http://127.0.0.1:${holdfast.port}`,
    seed: 5,
    conversationsPerMinute: 2000,
    languages,
    signal: new AbortController().signal,
    conversationsMax: 60,
  })
  t.equal(summary.failed, 0)
}

void t.test('a planted fall in Bengali is one page at the pager', { skip }, async (t) => {
  const clock = handClock()
  const model = await startModel(t, { gzip: true, scenario, clock })
  const alertmanager = await startAlertmanager(t, documentedRouting())
  const holdfast = await startHoldfast({
    upstream: model.url,
    env: {
      HOLDFAST_LANGUAGES_SERVED: languages.join(','),
      HOLDFAST_JUDGE_REQUEST_SETS: 'true',
      HOLDFAST_DRIFT_TICK_MS: '1000',
      HOLDFAST_DRIFT_GRACE_MS: '200',
      HOLDFAST_DRIFT_GAP_NULL: '0.05',
    },
  })
  t.teardown(() => holdfast.kill())
  const files = [recordingFile, withAddresses(t)]
  const prometheus = await startPrometheus(t, holdfast.adminPort, files, alertmanager.port)
  await holdfast.watches()

  await t.test('before it, steady traffic pages nobody', async (t) => {
    await demoTraffic(t, holdfast)
    await ask(holdfast, 1, 600)
    await pause(4000)
    t.same(pages(alertmanager.notifications), [])
    const folded = await prometheus.values(
      'max(holdfast_drift_evidence_ratio{metric="refusal_gap",language="bn"})',
    )
    t.equal(folded.length, 1, 'and the detector of Bengali did look')
  })

  await t.test('every rule is loaded and evaluated without an error', async (t) => {
    const groups = arrayAt(await prometheus.api('rules'), 'groups') ?? []
    const rules = groups.flatMap((group) => arrayAt(group, 'rules') ?? [])
    t.equal(rules.length, recordingRules.length + alertRules.length)
    for (const rule of rules) {
      t.match(rule, { health: 'ok' }, `${stringAt(rule, 'name')} ${stringAt(rule, 'lastError')}`)
    }
    const lint = promtool('check', 'rules', '--lint=all', '--lint-fatal', recordingFile, alertFile)
    t.equal(lint.status, 0, lint.said)
  })

  await t.test('it is one page, with language, evidence, runbook and dashboard', async (t) => {
    clock.seconds = changeAtSeconds
    const changed = Date.now()
    const ticks = (): number => Math.ceil((Date.now() - changed) / 1000)
    for (
      let tick = 1;
      pages(alertmanager.notifications).length === 0 && ticks() < ticksMax;
      tick++
    ) {
      await ask(holdfast, 100 + tick, 100)
      await pause(200)
    }
    t.comment(`paged ${ticks()} ticks after the change`)
    await ask(holdfast, 99, 120)
    await pause(3000)
    const sent = pages(alertmanager.notifications)
    const firing = sent.filter(({ status }) => status === 'firing').flatMap(({ alerts }) => alerts)
    t.equal(new Set(firing.map(({ labels }) => JSON.stringify(labels))).size, 1)
    const [alert] = firing
    t.match(alert, {
      labels: {
        alertname: 'HoldfastRefusalGapDrift',
        severity: 'page',
        language: 'bn',
        set: 'should_refuse',
        job: 'holdfast',
      },
      annotations: {
        summary: /^Live refusals in bn have fallen behind English/,
        description:
          /^Evidence \d+\.\d\d \(1 opens an episode\) that the gap between English and bn/,
        runbook_url: 'https://wiki.example.com/holdfast/runbook#holdfastrefusalgapdrift',
        dashboard_url:
          'https://grafana.example.com/d/holdfast-refusal?var-language=bn&var-job=holdfast',
      },
    })
    t.ok(
      readFileSync('docs/runbook.md', 'utf8').includes('\n## HoldfastRefusalGapDrift\n'),
      'and the section is there',
    )
    const active = await alertmanager.active()
    t.same(
      active.filter(({ labels }) => labels['severity'] === 'page').map(({ labels }) => labels),
      [alert?.labels],
      'nothing else pages',
    )
    t.comment(`also open: ${active.map(({ labels }) => labels['alertname']).join(', ')}`)
  })
  await t.test('the Grafana-managed alerts find the same', async (t) => {
    let [ours, theirs] = [await firingInGrafana(prometheus), await activeIn(prometheus)]
    // Rules are evaluated once a second, not at the moment of the questions.
    for (let tries = 0; tries < 5 && ours.join() !== theirs.join(); tries++) {
      await pause(1000)
      ;[ours, theirs] = [await firingInGrafana(prometheus), await activeIn(prometheus)]
    }
    t.same(ours, theirs)
    t.ok(
      ours.some((found) =>
        found.startsWith('HoldfastRefusalGapDrift {"job":"holdfast","language":"bn"'),
      ),
    )
  })
})

/** The alerts that are pending or firing, with the labels of their series, in words. */
async function activeIn(prometheus: Prometheus): Promise<string[]> {
  const alerts = arrayAt(await prometheus.api('alerts'), 'alerts') ?? []
  return alerts
    .map((alert) => said(stringAt(valueAt(alert, 'labels'), 'alertname'), valueAt(alert, 'labels')))
    .sort()
}

/** Each query asked as Grafana would, and its condition held against each value; `for` set aside. */
async function firingInGrafana(prometheus: Prometheus): Promise<string[]> {
  const found: string[] = []
  for (const rule of provisionedRules) {
    const data = await prometheus.api('query', { query: rule.data[0].model.expr })
    for (const row of arrayAt(data, 'result') ?? []) {
      const value = Number(arrayAt(row, 'value')?.[1])
      if (fires(rule, value)) found.push(said(rule.title, valueAt(row, 'metric')))
    }
  }
  return found.sort()
}

function said(alert: string | undefined, labels: unknown): string {
  const kept = Object.entries(typeof labels === 'object' && labels !== null ? labels : {})
    .filter(([name]) => !['alertname', 'severity', '__name__'].includes(name))
    .sort(([a], [b]) => a.localeCompare(b))
  return `${alert} ${JSON.stringify(Object.fromEntries(kept))}`
}

void t.test('the documented command gives every alert whole addresses', { skip }, async (t) => {
  const path = withAddresses(t)
  const rules = readFileSync(path, 'utf8')
  t.equal(rules.match(/runbook_url: https:\/\/wiki/g)?.length, alertRules.length)
  t.equal(rules.match(/dashboard_url: 'https:\/\/grafana/g)?.length, alertRules.length)
  t.equal(promtool('check', 'rules', '--lint=all', '--lint-fatal', path).status, 0)
})
