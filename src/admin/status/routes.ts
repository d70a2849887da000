/**
 * The status page on the admin port: GET / and /status with its pages. The frame is sent at once and the
 * rest when it is known, so that a monitor that does not answer delays a part of the page and not the
 * page. `?fragment=1` gives the changing part alone.
 */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../clock.ts'
import type { OperatorAccess } from '../operator-routes.ts'
import { type Access, createAccess } from './access.ts'
import { detectorPage } from './detector-page.ts'
import { detectorPages, isOpen } from './detectors.ts'
import { createExchangeRead, type ExchangeReader } from './exchanges.ts'
import { exchangesOverview } from './exchanges-page.ts'
import type { FigureSource } from './figures.ts'
import { headlineOf } from './glance.ts'
import { type Html, html } from './html.ts'
import { accessOff, foreignHost, loginForm, notFound } from './login.ts'
import { createMonitorReader } from './monitor-view.ts'
import { headline, overview, pageEnd, pageHeaders, pageStart, plainPage } from './page.ts'
import { profilePage } from './profile-page.ts'
import { createProfileReader } from './profile-view.ts'
import { createSnapshots, type Snapshot, type StatusFacts, viewOf } from './snapshot.ts'
import { correctedSection, strataSection } from './strata.ts'
import { languageName, metricName } from './wording.ts'

export interface StatusOptions {
  facts(): StatusFacts
  figures: FigureSource
  ask: OperatorAccess['ask']
  monitorUp(): boolean
  inFlight(): number
  /** Undefined: no evidence is kept. */
  exchanges: ExchangeReader | undefined
  beyondLoopback: boolean
  token: string | undefined
  clock: Clock
}

interface Page {
  /** Undefined: the headline is the title. */
  title: string | undefined
  content: Html
}

type Render = (snapshot: Snapshot, request: FastifyRequest) => Promise<Page> | Page

/** So long the frame waits for the headline, which is then its title. */
const frameMs = 20
/** One page is asked for by many readers: they share what it is made of. */
const sharedMs = 500

const queryOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = new Map(Object.entries(request.query ?? {})).get(name)
  return typeof value === 'string' ? value : undefined
}
const parameterOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = new Map(Object.entries(request.params ?? {})).get(name)
  return typeof value === 'string' ? value : undefined
}

export function addStatusRoutes(app: FastifyInstance, options: StatusOptions): void {
  const { clock } = options
  const access = createAccess(options)
  const accessOf = ({ headers }: FastifyRequest): Access => access.of(headers)
  const snapshots = shared(
    createSnapshots({
      ...options,
      monitor: createMonitorReader({ ask: options.ask, clock }),
    }),
    clock,
  )
  const pages = pagesOf(options)
  for (const { url, render } of pages) {
    app.get(url, async (request, reply) => {
      const may = accessOf(request)
      if (may.kind !== 'open') return refuse(reply, may)
      const snapshot = snapshots()
      return reply
        .headers(pageHeaders)
        .send(
          Readable.from(
            queryOf(request, 'fragment') === '1'
              ? fragment(snapshot, render, request)
              : whole(snapshot, render, request, may.signedIn),
          ),
        )
    })
  }
  void app.register(async (forms) => {
    forms.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 2048 },
      (_request, body, done) => done(null, new URLSearchParams(body.toString())),
    )
    forms.post('/status/login', async (request, reply) => {
      const may = accessOf(request)
      if (may.kind === 'open') return reply.code(303).header('location', '/').send()
      if (may.kind !== 'login' || isFromElsewhere(request)) return refuse(reply, may)
      const token = request.body instanceof URLSearchParams ? request.body.get('token') : null
      const signed = access.signIn(token ?? '')
      if (signed.kind === 'session') {
        return reply.code(303).headers({ location: '/', 'set-cookie': signed.cookie }).send()
      }
      return reply
        .code(signed.kind === 'wrong' ? 401 : 429)
        .headers(pageHeaders)
        .send(plainPage('Sign in', loginForm(signed.kind)).text)
    })
    forms.post('/status/logout', async (request, reply) => {
      if (isFromElsewhere(request)) return refuse(reply, { kind: 'login' })
      return reply
        .code(303)
        .headers({ location: '/', 'set-cookie': access.signOut(request.headers.cookie) })
        .send()
    })
  })
}

/** A form of another site: browsers say so. */
const isFromElsewhere = ({ headers }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

const refusals: Readonly<
  Record<Exclude<Access['kind'], 'open'>, { status: number; title: string; content: Html }>
> = {
  login: { status: 401, title: 'Sign in', content: loginForm('none') },
  off: { status: 403, title: 'Off', content: accessOff },
  foreign_host: { status: 403, title: 'Another host', content: foreignHost },
}

function refuse(reply: FastifyReply, may: Access): FastifyReply {
  const { status, title, content } = refusals[may.kind === 'open' ? 'login' : may.kind]
  return reply
    .code(status)
    .headers({ ...pageHeaders, ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}) })
    .send(plainPage(title, content).text)
}

function shared(read: () => Promise<Snapshot>, clock: Clock): () => Promise<Snapshot> {
  let kept: { at: number; snapshot: Promise<Snapshot> } | undefined
  return () => {
    if (kept === undefined || clock.monotonic() - kept.at >= sharedMs) {
      kept = { at: clock.monotonic(), snapshot: read() }
    }
    return kept.snapshot
  }
}

const broken: Html = html`<h1>This page could not be made</h1><p>A part of it failed. Reload it; if it stays so, <a href="/metrics">/metrics</a> has the same figures.</p>`

async function contentOf(
  snapshot: Promise<Snapshot>,
  render: Render,
  request: FastifyRequest,
): Promise<string> {
  try {
    const read = await snapshot
    const { title, content } = await render(read, request)
    return (title === undefined ? content : html`${headline(read, title)}${content}`).text
  } catch {
    // The frame may be on its way already: a fault is a part of the page.
    return broken.text
  }
}

async function* fragment(
  snapshot: Promise<Snapshot>,
  render: Render,
  request: FastifyRequest,
): AsyncGenerator<string> {
  yield await contentOf(snapshot, render, request)
}

async function* whole(
  snapshot: Promise<Snapshot>,
  render: Render,
  request: FastifyRequest,
  signedIn: boolean,
): AsyncGenerator<string> {
  const content = contentOf(snapshot, render, request)
  yield pageStart(await soon(snapshot)).text
  yield await content
  yield pageEnd(signedIn).text
}

async function soon(snapshot: Promise<Snapshot>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), frameMs)
  })
  const read = await Promise.race([snapshot.catch(() => undefined), late])
  clearTimeout(timer)
  return read === undefined ? 'Status' : headlineOf(read).text
}

function pagesOf(options: StatusOptions): { url: string; render: Render }[] {
  const readExchanges = createExchangeRead(options.exchanges, options.clock)
  const readProfile = createProfileReader(options.ask)
  const main: Render = (snapshot) => ({ title: undefined, content: overview(snapshot) })
  return [
    { url: '/', render: main },
    { url: '/status', render: main },
    {
      url: '/status/strata',
      render: (snapshot) => ({
        title: 'Strata',
        content: html`${strataSection(snapshot)}${correctedSection(snapshot)}`,
      }),
    },
    {
      url: '/status/detectors',
      render: (snapshot, request) => ({
        title: 'Detectors',
        content: detectorPages(snapshot, Number(queryOf(request, 'page') ?? 1) || 1),
      }),
    },
    {
      url: '/status/profile',
      render: async (snapshot, request) => ({
        title: 'Profile',
        content: profilePage(
          await readProfile(),
          snapshot.facts,
          Number(queryOf(request, 'page') ?? 1) || 1,
        ),
      }),
    },
    {
      url: '/status/exchanges',
      render: (snapshot) => ({
        title: 'Exchanges',
        content: exchangesOverview(
          viewOf(snapshot)?.detectors.filter(isOpen) ?? [],
          readExchanges !== undefined,
        ),
      }),
    },
    {
      url: '/status/detectors/:id',
      async render(snapshot, request) {
        const id = parameterOf(request, 'id')
        const view = viewOf(snapshot)
        const row = view?.detectors.find((one) => one.id === id)
        if (view === undefined || row === undefined) {
          const what =
            view === undefined
              ? 'Nothing is known of any detector: the monitor does not answer.'
              : 'No detector of this identity runs. It changes with the model, the judge and the baseline.'
          return { title: undefined, content: notFound(what) }
        }
        const host = request.headers.host ?? ''
        const exchanges = await readExchanges?.(row)
        return {
          title: `${metricName(row.metric)}, ${languageName(row.language)}`,
          content: detectorPage({ row, view, snapshot, host, exchanges }),
        }
      },
    },
  ]
}
