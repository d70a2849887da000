/**
 * Who may see the status page. On loopback whoever is on the machine, if the request names a loopback
 * host: another site that rebinds its name to 127.0.0.1 does not. Beyond loopback whoever has the
 * operator's token, in a header or as a session made with it; without a token file nobody.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { isLoopback, plainHost } from '../../config/address.ts'
import { isAuthorised, isToken } from '../operator-token.ts'

export interface AccessOptions {
  /** The admin listener takes connections from other machines. */
  beyondLoopback: boolean
  token: string | undefined
  clock: Clock
}

/** The headers that decide. */
export interface Asking {
  host?: string | undefined
  authorization?: string | undefined
  cookie?: string | undefined
}

export type Access =
  | { kind: 'open'; signedIn: boolean }
  /** The token is needed. */
  | { kind: 'login' }
  /** No token is set: nobody may. */
  | { kind: 'off' }
  /** On loopback, under a name that is none of it. */
  | { kind: 'foreign_host' }

export type SignIn = { kind: 'session'; cookie: string } | { kind: 'wrong' } | { kind: 'too_many' }

export interface StatusAccess {
  of(asking: Asking): Access
  signIn(token: string): SignIn
  /** @returns the header that ends the session in the browser */
  signOut(cookie: string | undefined): string
}

const cookieName = 'holdfast_session'
const sessionMs = 12 * 3_600_000
const sessionsMax = 64
/** Wrong tokens in a minute, of everybody together. */
const wrongMax = 20
const minuteMs = 60_000

const attributes = 'Path=/; HttpOnly; SameSite=Strict'

export function createAccess({ beyondLoopback, token, clock }: AccessOptions): StatusAccess {
  /** By the digest of what the browser holds; the value is when it ends. */
  const sessions = new Map<string, number>()
  let wrong = { since: clock.monotonic(), count: 0 }
  const keyOf = (session: string): string => createHash('sha256').update(session).digest('hex')
  const isOpen = (cookie: string | undefined): boolean => {
    const session = sessionIn(cookie)
    const until = session === undefined ? undefined : sessions.get(keyOf(session))
    return until !== undefined && clock.monotonic() < until
  }
  return {
    of({ host, authorization, cookie }) {
      if (!beyondLoopback) {
        return isLoopbackHost(host) ? { kind: 'open', signedIn: false } : { kind: 'foreign_host' }
      }
      if (token === undefined) return { kind: 'off' }
      if (isOpen(cookie)) return { kind: 'open', signedIn: true }
      return isAuthorised(authorization, token)
        ? { kind: 'open', signedIn: false }
        : { kind: 'login' }
    },
    signIn(given) {
      const now = clock.monotonic()
      if (now - wrong.since >= minuteMs) wrong = { since: now, count: 0 }
      if (wrong.count >= wrongMax) return { kind: 'too_many' }
      if (token === undefined || !isToken(given, token)) {
        wrong.count++
        return { kind: 'wrong' }
      }
      const [oldest] = sessions.size >= sessionsMax ? sessions.keys() : []
      if (oldest !== undefined) sessions.delete(oldest)
      const session = randomBytes(32).toString('base64url')
      sessions.set(keyOf(session), now + sessionMs)
      const cookie = `${cookieName}=${session}; ${attributes}; Max-Age=${sessionMs / 1000}`
      return { kind: 'session', cookie }
    },
    signOut(cookie) {
      const session = sessionIn(cookie)
      if (session !== undefined) sessions.delete(keyOf(session))
      return `${cookieName}=; ${attributes}; Max-Age=0`
    },
  }
}

const sessionIn = (cookie: string | undefined): string | undefined =>
  /(?:^|; ?)holdfast_session=([\w-]{43})(?:;|$)/.exec(cookie ?? '')?.[1]

function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(\[[^\]]+\]|[^:]+)(?::\d{1,5})?$/.exec(host ?? '')?.[1]
  return name !== undefined && isLoopback(plainHost(name))
}
