/**
 * Which upstream a request goes to: the longest configured prefix of its raw path, and nothing else.
 * No header, query or body takes part, and a target in absolute form loses its authority here, so a
 * request can never name its own upstream.
 */

export interface Route {
  name: string
  /** '/' or a path without a trailing slash. */
  prefix: string
  upstream: URL
  stripPrefix: boolean
}

export interface RouteMatch {
  route: Route
  /** Request target for the upstream: path and query, bytes as the client sent them. */
  target: string
  /** Path as the client sent it, without the query. */
  path: string
}

export type Routing =
  | { ok: true; match: RouteMatch }
  | { ok: false; error: 'no_route' | 'path_escapes_base' }

const absoluteForm = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i
/** Slashes may be encoded as well: an upstream that decodes them first sees the segment. */
const dotSegment = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:[/\\]|%2f|%5c|$)/i

/** @param url the request target as parsed from the request line (latin1, still encoded) */
export function routeRequest(routes: readonly Route[], url: string): Routing {
  const origin = url.charCodeAt(0) === 0x2f ? url : originForm(url)
  const queryAt = origin.indexOf('?')
  const path = queryAt < 0 ? origin : origin.slice(0, queryAt)
  for (const route of routes) {
    if (!isUnder(path, route.prefix)) continue
    const base = basePath(route.upstream)
    const rest =
      route.stripPrefix && route.prefix !== '/' ? origin.slice(route.prefix.length) : origin
    // A base path is a fence the operator drew: dot segments, encoded or not, could climb over it.
    const fenced = base !== '' || route.prefix !== '/'
    if (fenced && dotSegment.test(path)) return { ok: false, error: 'path_escapes_base' }
    const target = base + rest
    return {
      ok: true,
      match: { route, path, target: target === '' || target[0] === '?' ? `/${target}` : target },
    }
  }
  return { ok: false, error: 'no_route' }
}

/** Longest prefix first, so that the first match is the right one. */
export const inMatchOrder = (routes: readonly Route[]): Route[] =>
  [...routes].sort((a, b) => b.prefix.length - a.prefix.length)

function basePath({ pathname }: URL): string {
  return pathname === '/' ? '' : pathname.replace(/\/$/, '')
}

const isUnder = (path: string, prefix: string): boolean =>
  prefix === '/' ||
  (path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/'))

function originForm(url: string): string {
  if (url === '*') return '*'
  const rest = url.replace(absoluteForm, '')
  return rest.startsWith('/') ? rest : `/${rest}`
}
