/**
 * Header lists as they go from one connection to the next: order, case and duplicates kept. Only
 * what belongs to a single connection (RFC 9110 section 7.6.1) is left behind, and Host is set to the
 * upstream's own, as it would be on a direct connection. The whole list of what differs stands in
 * docs/allowed-differences.md.
 */

/** Flat [name, value, name, value, ...] in wire order, as node:http has it in `rawHeaders`. */
export type RawHeaders = readonly string[]

const connectionOnly = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'upgrade',
  'http2-settings',
])

/** Framing is never dropped because a peer lists it in Connection: that would be a smuggling tool. */
const neverDropped = new Set(['content-length', 'transfer-encoding', 'host'])

export interface Framing {
  /** The body is sent in chunks; a Trailer header is allowed only then. */
  chunked: boolean
}

export function requestHeaders(raw: RawHeaders, host: string, framing: Framing): string[] {
  const listed = listedInConnection(raw)
  const kept: string[] = []
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? ''
    const value = raw[i + 1] ?? ''
    const lower = name.toLowerCase()
    if (lower === 'host') kept.push(name, host)
    else if (lower === 'te') {
      // Trailers pass in both directions, so this one offer is also ours to make.
      if (/(?:^|,)\s*trailers\s*(?:$|[,;])/i.test(value)) kept.push(name, 'trailers')
    } else if (lower === 'trailer' && !framing.chunked) continue
    else if (!connectionOnly.has(lower) && !listed.has(lower)) kept.push(name, value)
  }
  return kept
}

export function responseHeaders(raw: RawHeaders, framing: Framing): string[] {
  const listed = listedInConnection(raw)
  const kept: string[] = []
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? ''
    const lower = name.toLowerCase()
    if (connectionOnly.has(lower) || listed.has(lower)) continue
    if ((lower === 'transfer-encoding' || lower === 'trailer') && !framing.chunked) continue
    kept.push(name, raw[i + 1] ?? '')
  }
  return kept
}

/** Trailer fields as [name, value] pairs, the form in which node:http sends them. */
export function trailerPairs(raw: RawHeaders): [string, string][] {
  const pairs: [string, string][] = []
  for (let i = 0; i < raw.length; i += 2) pairs.push([raw[i] ?? '', raw[i + 1] ?? ''])
  return pairs
}

function listedInConnection(raw: RawHeaders): ReadonlySet<string> {
  let names: Set<string> | undefined
  for (let i = 0; i < raw.length; i += 2) {
    if (raw[i]?.toLowerCase() !== 'connection') continue
    for (const token of (raw[i + 1] ?? '').split(',')) {
      const name = token.trim().toLowerCase()
      if (name === '' || name === 'close' || name === 'keep-alive' || neverDropped.has(name))
        continue
      names ??= new Set()
      names.add(name)
    }
  }
  return names ?? none
}

const none: ReadonlySet<string> = new Set()
