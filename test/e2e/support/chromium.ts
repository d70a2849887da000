/**
 * A real Chromium without a window, driven by its own protocol over a pipe: no driver is installed and no
 * port opened. Pages are asked for what a person would see, and for what axe-core finds.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Readable, Writable } from 'node:stream'
import type { Test } from 'tap'
import { arrayAt, objectAt, stringAt, valueAt } from '../../../src/decode/untrusted-json.ts'

const found = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
)

/** Why tests that need it are left out; false in CI, where they then fail. */
export const chromiumSkip =
  found !== undefined || process.env['CI'] === 'true'
    ? false
    : 'chromium is not installed: it is the package "chromium" of Debian'

export interface PageOptions {
  width?: number
  height?: number
  dark?: boolean
  /** As it goes to paper. */
  print?: boolean
  /** False: as a reader without JavaScript. */
  javascript?: boolean
}

export interface Violation {
  rule: string
  nodes: string[]
}

export interface Page {
  /** Resolves when the page has been loaded. */
  open(url: string): Promise<void>
  /** The value of an expression in the page; its promise is waited for. */
  evaluate(expression: string): Promise<unknown>
  /** Waits until an expression is true; throws with what the page says when it does not become so. */
  until(expression: string, timeoutMs?: number): Promise<void>
  /** What axe-core objects to. */
  violations(): Promise<Violation[]>
  /** The bytes of the page as a printer gets it, in the sizes that it asks for. */
  pdf(): Promise<Buffer>
  /** The whole page as PNG, into the folder of HOLDFAST_TEST_SHOTS when that is set. */
  shot(name: string): Promise<void>
  /** What the console said since the page was opened: errors and refusals of the policy. */
  complaints(): string[]
}

export interface Browser {
  page(options?: PageOptions): Promise<Page>
}

type Answer = (message: unknown) => void

const timeoutMs = 20_000
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export async function startChromium(t: Test): Promise<Browser> {
  if (found === undefined) throw new Error('chromium is not installed')
  const child = spawn(
    found,
    [
      '--headless=new',
      '--remote-debugging-pipe',
      `--user-data-dir=${t.testdir({})}`,
      // The tests' user may be root in a container without user namespaces.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--hide-scrollbars',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const connection = connect(child)
  t.teardown(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  })
  return { page: (options = {}) => openPage(connection, options) }
}

interface Connection {
  send(method: string, parameters?: object, session?: string): Promise<unknown>
  /** Events of a session. */
  on(session: string, listen: (method: string, parameters: unknown) => void): void
}

function connect({ stdio }: ChildProcess): Connection {
  const write = stdio[3] as Writable
  const read = stdio[4] as Readable
  const waiting = new Map<number, Answer>()
  const listeners = new Map<string, (method: string, parameters: unknown) => void>()
  let next = 1
  let rest = ''
  read.setEncoding('utf8')
  read.on('data', (text: string) => {
    const messages = `${rest}${text}`.split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const told: unknown = JSON.parse(message)
      const id = valueAt(told, 'id')
      if (typeof id === 'number') {
        waiting.get(id)?.(told)
        waiting.delete(id)
      } else {
        listeners.get(stringAt(told, 'sessionId') ?? '')?.(
          stringAt(told, 'method') ?? '',
          valueAt(told, 'params'),
        )
      }
    }
  })
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = next++
        const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), timeoutMs)
        waiting.set(id, (message) => {
          clearTimeout(timer)
          const error = objectAt(message, 'error')
          if (error === undefined) resolve(valueAt(message, 'result'))
          else reject(new Error(`${method}: ${JSON.stringify(error)}`))
        })
        const message = { id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }
        write.write(`${JSON.stringify(message)}\0`)
      }),
    on: (session, listen) => void listeners.set(session, listen),
  }
}

async function openPage(connection: Connection, options: PageOptions): Promise<Page> {
  const { width = 1280, height = 900, dark = false, print = false, javascript = true } = options
  const context = stringAt(await connection.send('Target.createBrowserContext'), 'browserContextId')
  const targetId = stringAt(
    await connection.send('Target.createTarget', { url: 'about:blank', browserContextId: context }),
    'targetId',
  )
  const session = stringAt(
    await connection.send('Target.attachToTarget', { targetId, flatten: true }),
    'sessionId',
  )
  if (session === undefined) throw new Error('no session')
  const send = (method: string, parameters?: object) => connection.send(method, parameters, session)
  let loaded: (() => void) | undefined
  const complaints: string[] = []
  connection.on(session, (method, parameters) => {
    if (method === 'Page.loadEventFired') loaded?.()
    if (method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(parameters))
    const entry = objectAt(parameters, 'entry')
    if (method === 'Log.entryAdded' && stringAt(entry, 'level') === 'error') {
      complaints.push(stringAt(entry, 'text') ?? '')
    }
  })
  await Promise.all(['Page.enable', 'Runtime.enable', 'Log.enable'].map((method) => send(method)))
  await send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: 1,
    mobile: width < 600,
  })
  await send('Emulation.setEmulatedMedia', {
    media: print ? 'print' : 'screen',
    features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
  })
  if (!javascript) await send('Emulation.setScriptExecutionDisabled', { value: true })
  const evaluate = async (expression: string): Promise<unknown> => {
    const told = await send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    const fault = objectAt(told, 'exceptionDetails')
    if (fault !== undefined)
      throw new Error(`${expression.slice(0, 200)}: ${JSON.stringify(fault)}`)
    return valueAt(valueAt(told, 'result'), 'value')
  }
  return {
    evaluate,
    async open(url) {
      complaints.length = 0
      const load = new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${url}: not loaded`)), timeoutMs)
        loaded = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      await send('Page.navigate', { url })
      await load
    },
    async until(expression, patienceMs = timeoutMs) {
      const end = performance.now() + patienceMs
      while ((await evaluate(expression)) !== true) {
        if (performance.now() > end) {
          throw new Error(`${expression}: ${String(await evaluate('document.body.innerText'))}`)
        }
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    async violations() {
      await evaluate(axe)
      const result = await evaluate(
        `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
      )
      const list = Array.isArray(result) ? result : []
      return list.map((violation: unknown) => ({
        rule: stringAt(violation, 'id') ?? '',
        nodes: (arrayAt(violation, 'nodes') ?? []).map((node) => stringAt(node, 'html') ?? ''),
      }))
    },
    async pdf() {
      const printed = await send('Page.printToPDF', {
        printBackground: true,
        preferCSSPageSize: true,
      })
      return Buffer.from(stringAt(printed, 'data') ?? '', 'base64')
    },
    async shot(name) {
      const folder = process.env['HOLDFAST_TEST_SHOTS']
      if (folder === undefined) return
      const { data } =
        objectAt(
          { result: await send('Page.captureScreenshot', { captureBeyondViewport: true }) },
          'result',
        ) ?? {}
      writeFileSync(`${folder}/${name}.png`, Buffer.from(String(data), 'base64'))
    },
    complaints: () => complaints,
  }
}
