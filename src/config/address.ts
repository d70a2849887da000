/** Listen addresses (HOST:PORT, IPv6 in brackets) and upstream URLs, parsed or refused with a reason. */
import type { HostPort } from './schema.ts'

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string }

const no = (reason: string): { ok: false; reason: string } => ({ ok: false, reason })

const hostPort = /^(?:\[([0-9A-Fa-f:.%A-Za-z]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/

export function parseHostPort(text: string): Parsed<HostPort> {
  const match = hostPort.exec(text)
  const host = match?.[1] ?? match?.[2]
  if (match === null || host === undefined) {
    return no('must be HOST:PORT, with an IPv6 host in brackets')
  }
  if (match[1] !== undefined && !host.includes(':'))
    return no('has no IPv6 address in its brackets')
  const port = Number(match[3])
  return port > 65_535
    ? no('must have a port from 0 to 65535')
    : { ok: true, value: { host, port } }
}

export const hostPortText = ({ host, port }: HostPort): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/** The normalised base URL without a trailing slash. The reason never repeats the URL. */
export function parseUpstream(text: string): Parsed<string> {
  if (!/^https?:\/\/[^/]/i.test(text))
    return no('must be a URL that starts with http:// or https://')
  if (/[\s\\]/.test(text)) return no('must not contain white space or a backslash')
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return no('must be a valid URL')
  }
  if (url.username !== '' || url.password !== '') {
    return no('must not contain credentials; clients send their own')
  }
  if (text.includes('?')) return no('must not have a query')
  if (text.includes('#')) return no('must not have a fragment')
  return { ok: true, value: url.origin + url.pathname.replace(/\/+$/, '') }
}

/** '/' or a path without a trailing slash, as it stands in a request line. */
export function parsePrefix(text: string): Parsed<string> {
  if (!/^[!-~]+$/.test(text) || /[?#\\]/.test(text)) {
    return no('must be a path of printable ASCII without query or fragment')
  }
  if (text.includes('//')) return no('must not contain //')
  if (/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(text)) return no('must not contain . or .. segments')
  return { ok: true, value: text === '/' ? '/' : text.replace(/\/$/, '') }
}

export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)

/** A host name or address in one spelling: no brackets, lower case, IPv4 out of IPv6. */
export function plainHost(host: string): string {
  const bare = host
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
    .replace(/\.$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)
  if (mapped?.[1] !== undefined) return mapped[1]
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(bare)
  if (hex === null) return bare
  const high = Number.parseInt(hex[1] ?? '0', 16)
  const low = Number.parseInt(hex[2] ?? '0', 16)
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

export const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
