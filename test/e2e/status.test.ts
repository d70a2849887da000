/**
 * The status page in a real Chromium, in front of the built program: a first visit, steady traffic, a
 * planted fall while the page is open, a dead monitor, a reader without JavaScript, a phone in the dark.
 * Each is looked at by axe-core too. HOLDFAST_TEST_SHOTS names a folder for pictures of all of them.
 */
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startHoldfast as startInProcess } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createLog } from '../../src/log.ts'
import { startSimulatedModel } from '../../src/simulator/model-server.ts'
import { type Scenario, scenarios, simulatedModel } from '../../src/simulator/scenarios.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { handClock, startModel } from '../simulator/start.ts'
import { faultyThread } from '../support/threads.ts'
import { type Browser, chromiumSkip, type Page, startChromium } from './support/chromium.ts'
import { startHoldfast } from './support/holdfast-process.ts'

const [before] = scenarios.steady.phases
const plain = { ...before, hedged: 0, soft: 0 }
const fallsAt = 1000
/** On two idle cores none of what is waited for takes three seconds. */
const patienceMs = 90_000
const bengaliFalls: Scenario = {
  summary: 'from one moment on refuses hardly anything in Bengali',
  phases: [plain, { ...plain, fromSeconds: fallsAt, refusalByLanguage: { bn: 0.05 } }],
}

async function ask(url: string, index: number, language: 'en' | 'bn', session?: string) {
  const texts = simulatorTexts[language]
  const asked = texts.shouldRefuse[index % texts.shouldRefuse.length] ?? ''
  const content = `${texts.opener.replace('{name}', `N. ${index}`)} ${asked}`
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-session-id': session ?? `s-${index}` },
    body: JSON.stringify({ model: simulatedModel, messages: [{ role: 'user', content }] }),
  })
  await response.arrayBuffer()
}

/** Conversations of one turn, in English and in Bengali by turns. */
async function converse(url: string, from: number, count: number): Promise<void> {
  let next = from
  const client = async (): Promise<void> => {
    while (next < from + count) {
      const index = next++
      await ask(url, index, index % 2 === 0 ? 'en' : 'bn')
    }
  }
  await Promise.all(Array.from({ length: 8 }, client))
}

const text = async (page: Page): Promise<string> =>
  String(await page.evaluate('document.body.innerText'))

const isDrifting = async (admin: string): Promise<boolean> =>
  (await (await fetch(`${admin}/?fragment=1`)).text()).includes('Drifting: ')

/** What holds for every page. */
async function checkPage(t: Test, page: Page, name: string): Promise<void> {
  await page.shot(name)
  t.strictSame(await page.violations(), [], `${name}: axe-core`)
  t.strictSame(page.complaints(), [], `${name}: console and policy`)
  t.equal(await page.evaluate('document.querySelectorAll("h1").length'), 1, `${name}: one h1`)
}

const settings = {
  HOLDFAST_LANGUAGES_SERVED: 'en,bn',
  HOLDFAST_JUDGE_REQUEST_SETS: 'true',
  HOLDFAST_DRIFT_TICK_MS: '1000',
  HOLDFAST_DRIFT_GRACE_MS: '200',
  HOLDFAST_DRIFT_GAP_NULL: '0.05',
  HOLDFAST_DRIFT_FALSE_PAGES: '10',
  HOLDFAST_DRIFT_DETECTORS_MAX: '20',
}

async function firstVisit(t: Test, browser: Browser, url: string): Promise<void> {
  const page = await browser.page()
  await page.open(url)
  // Until the monitor has loaded, that is what the page says.
  await page.until(
    `document.querySelector('h1').innerText.includes('no detector has had data')`,
    patienceMs,
  )
  const shown = await text(page)
  t.match(shown, 'Nothing has been judged yet.')
  t.match(shown, 'No traffic at all in English (en) and Bengali (bn).')
  t.match(await page.evaluate('document.title'), /^Not known yet: .* - holdfast$/)
  await checkPage(t, page, '1-first-visit')
}

async function phone(t: Test, browser: Browser, url: string, name: string): Promise<void> {
  const page = await browser.page({ width: 360, height: 740, dark: true })
  await page.open(url)
  t.equal(await page.evaluate('document.documentElement.scrollWidth'), 360, 'nothing is wider')
  t.equal(
    await page.evaluate('getComputedStyle(document.body).backgroundColor'),
    'rgb(16, 19, 23)',
    'dark',
  )
  await checkPage(t, page, name)
}

async function withoutScript(t: Test, browser: Browser, url: string): Promise<void> {
  // What axe needs is script: it is asked of the same page elsewhere.
  const page = await browser.page({ javascript: false })
  await page.open(url)
  await page.shot('5-no-javascript')
  const shown = await text(page)
  t.match(shown, 'Drifting: Bengali (bn)')
  t.match(shown, 'Reload the page for newer figures.')
  t.notMatch(shown, 'Stop refreshing')
}

void t.test('the status page as people meet it', { skip: chromiumSkip }, async (t) => {
  const clock = handClock()
  const model = await startModel(t, { scenario: bengaliFalls, clock })
  const [browser, holdfast] = await Promise.all([
    startChromium(t),
    startHoldfast({ upstream: model.url, env: settings }),
  ])
  t.teardown(() => holdfast.kill())
  const admin = `http://127.0.0.1:${holdfast.adminPort}`
  const data = `http://127.0.0.1:${holdfast.port}`

  await t.test('a first visit says that nothing is known', (t) => firstVisit(t, browser, admin))

  const page = await browser.page()
  await t.test('steady traffic: no drift, with n and intervals', async (t) => {
    await converse(data, 0, 200)
    await holdfast.settles('holdfast_in_flight', 0, 90_000)
    await page.open(`${admin}/`)
    await page.until(
      `document.querySelector('h1').innerText.includes('No drift found')`,
      patienceMs,
    )
    const shown = await text(page)
    t.match(
      shown,
      /Nearest to one: Gap to English, live, Bengali \(bn\), with evidence 0\.\d\d of 1/,
    )
    t.match(shown, /English \(en\)\s+should be refused\s+\d+\s+\d+\.\d % \(\d+\.\d to \d+\.\d\)/)
    t.match(shown, /Paired with English\s+\d+/)
    await checkPage(t, page, '2-steady')
  })

  await t.test('a fall in Bengali shows in the open page, by name', async (t) => {
    clock.seconds = fallsAt + 1
    await page.evaluate(`document.querySelector('#detectors a').focus()`)
    // As many as it takes, within reason: some 20 pairs prove this fall.
    for (let from = 1000; from < 1900 && !(await isDrifting(admin)); from += 100) {
      await converse(data, from, 100)
    }
    await page.until(`document.title === 'Drifting: Bengali (bn) - holdfast'`, patienceMs)
    t.equal(
      await page.evaluate(`document.querySelector('#told').textContent`),
      'Drifting: Bengali (bn)',
    )
    t.equal(await page.evaluate(`document.activeElement.closest('#detectors') !== null`), true)
    t.match(await text(page), 'Bengali (bn): refused less often than in English')
    await checkPage(t, page, '3-drifting')
  })

  await t.test('from there to the detector, its evidence and what closes it', async (t) => {
    const link = String(await page.evaluate(`document.querySelector('.episodes a').href`))
    await page.open(link)
    const shown = await text(page)
    t.match(shown, 'State: episode open')
    t.match(shown, /curl -X POST .*\n.*\/detectors\/[\w-]+\/acknowledge/)
    t.match(shown, 'evidence is off')
    t.match(shown, /Differences\s+\d+ in \d+ ticks with data/)
    await checkPage(t, page, '3-detector')
    for (const [path, name] of [
      ['/status/detectors', 'all-detectors'],
      ['/status/strata', 'strata'],
      ['/status/exchanges', 'exchanges'],
      ['/status/profile', 'profile'],
      ['/status/detectors/none', 'no-such-detector'],
    ] as const) {
      await page.open(`${admin}${path}`)
      await checkPage(t, page, name)
    }
  })

  await t.test('the profile has what live traffic gave, and how far it reaches', async (t) => {
    await page.open(`${admin}/status/profile`)
    const shown = await text(page)
    t.match(
      shown,
      /refusal calibration\s+refusal rate\s+language=bn\s+deployment\s+\d+\.\d %\s+\d+\.\d to \d+\.\d %\s+\d+/,
    )
    t.match(shown, 'what the system in use did with real requests')
    await phone(t, browser, `${admin}/status/profile`, '6-phone-dark-profile')
  })

  await t.test('without JavaScript all of it can be read', (t) => withoutScript(t, browser, admin))

  await t.test('on a phone, in the dark', async (t) => {
    await phone(t, browser, admin, '6-phone-dark')
  })
})

void t.test(
  'a dead monitor is said, and the counters still show',
  { skip: chromiumSkip },
  async (t) => {
    const model = await startSimulatedModel({
      clock: systemClock,
      seed: 3,
      scenario: scenarios.steady,
    })
    t.teardown(() => model.close())
    const loaded = loadConfig({
      args: [
        '--upstream',
        model.url,
        '--listen',
        '127.0.0.1:0',
        '--admin',
        '127.0.0.1:0',
        '--monitor-stall-ms',
        '600000',
      ],
      env: {},
    })
    if (!loaded.ok) return t.fail(JSON.stringify(loaded.faults))
    const running = await startInProcess(loaded.config, {
      log: createLog({ level: 'silent' }),
      thread: faultyThread,
    })
    t.teardown(() => running.close())
    const browser = await startChromium(t)
    for (let index = 0; index < 6; index++) await ask(running.dataUrl, index, 'en')
    const page = await browser.page()
    await page.open(running.adminUrl)
    await page.until(`document.body.innerText.includes('6 live exchanges judged')`, patienceMs)
    await ask(running.dataUrl, 6, 'en', 'fault-loop')
    await page.until(
      `document.querySelector('h1').innerText.includes('the monitor does not answer')`,
      patienceMs,
    )
    const shown = await text(page)
    t.match(shown, 'Everything: the monitor is down, and nothing is being judged.')
    t.match(shown, 'Traffic passes as before')
    t.match(shown, '6 live exchanges judged since the start.')
    await checkPage(t, page, '4-monitor-dead')
  },
)

void t.test(
  'beyond loopback a token is needed, and a form takes it',
  { skip: chromiumSkip },
  async (t) => {
    const token = 'a-token-of-the-tests'
    const folder = t.testdir({ token })
    const model = await startModel(t)
    const holdfast = await startHoldfast({
      upstream: model.url,
      admin: '0.0.0.0:0',
      env: { HOLDFAST_OPERATOR_TOKEN_FILE: join(folder, 'token') },
    })
    t.teardown(() => holdfast.kill())
    const page = await (await startChromium(t)).page({ width: 360, height: 740 })
    await page.open(`http://127.0.0.1:${holdfast.adminPort}/`)
    t.equal(await page.evaluate('document.title'), 'Sign in - holdfast')
    const policy = page.complaints().splice(0)
    t.ok(
      policy.every((complaint) => complaint.includes('401')),
      policy.join('\n'),
    )
    await checkPage(t, page, 'login')
    await page.evaluate(
      `document.querySelector('#token').value = ${JSON.stringify(token)}; document.forms[0].requestSubmit()`,
    )
    await page.until(`document.querySelector('#strata') !== null`)
    t.match(await text(page), 'Sign out')
    t.equal(await page.evaluate('document.cookie'), '', 'no script reads the session')
    await checkPage(t, page, 'signed-in')
  },
)
