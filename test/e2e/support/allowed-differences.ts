/**
 * The differences from a direct connection that docs/allowed-differences.md allows, as tests: each
 * found difference must be one of these, or the proxy has altered the traffic.
 */
import { readFileSync } from 'node:fs'
import type { Difference, Probe } from './differential.ts'

/** Headers that belong to one connection (RFC 9110 section 7.6.1), and x-gone, which a case lists so. */
const ofOneConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'http2-settings',
  'x-gone',
])

type Rule = (difference: Difference, probe: Probe) => boolean

const isHeader = ({ what }: Difference): boolean => what.startsWith('header-')

/** The same headers in the same order once those of the connection are left out. */
const sameOrderOtherwise = ({ direct, proxied }: Difference): boolean => {
  const rest = (names: string) => names.split(' ').filter((name) => !ofOneConnection.has(name))
  return String(rest(direct)) === String(rest(proxied))
}

const isOldClient = ({ send }: Probe): boolean =>
  Buffer.isBuffer(send) && send.includes(' HTTP/1.0\r\n')

const isH2cOffer = (d: Difference): boolean =>
  d.side === 'request' &&
  (d.name === 'http2-settings' || (d.name === 'upgrade' && d.direct.includes('h2c')))

const ownAnswer =
  (...codes: readonly string[]): Rule =>
  (d) =>
    d.what === 'own-answer' && codes.includes(d.proxied)

const otherVersion = (startLine: string): string => startLine.replace(/HTTP\/1\.0/, 'HTTP/1.1')

/** What each row of the document looks like on the wire. */
export const allowedDifferences: Readonly<Record<string, Rule>> = {
  D01: (d) => d.side === 'request' && d.what === 'header-value' && d.name === 'host',
  D02: (d) =>
    d.what === 'header-order'
      ? sameOrderOtherwise(d)
      : isHeader(d) && ofOneConnection.has(d.name) && !isH2cOffer(d),
  D03: (d) =>
    (d.name === 'proxy-authorization' && d.what === 'header-missing') ||
    (d.name === 'te' && (d.proxied === '[]' || d.proxied.endsWith(',"trailers"]]'))),
  D04: (d) => d.what === 'chunk-extension' && d.proxied === '',
  D05: (d) =>
    d.side === 'request' &&
    ((d.name === 'content-length' && d.what === 'header-added' && d.proxied.endsWith(',"0"]]')) ||
      (d.what === 'framing' && d.direct === 'none' && d.proxied === 'content-length')),
  D06: (d) =>
    d.side === 'request' &&
    d.what === 'start-line' &&
    d.direct.replace(/ [a-z]+:\/\/[^/]*/, ' ') === d.proxied,
  D07: ownAnswer('path_escapes_base'),
  D08: ownAnswer('bad_request'),
  D09: ownAnswer('headers_too_large', 'upstream_protocol'),
  D10: (d, probe) => d.what === 'connections' && probe.methods.length > 1,
  D11: ownAnswer('connect_refused'),
  D13: (d) => d.side === 'request' && d.what === 'header-missing' && isH2cOffer(d),
  D14: (d, probe) =>
    isOldClient(probe) &&
    d.side === 'response' &&
    (d.name === 'transfer-encoding' ||
      ['framing', 'ending', 'interim', 'trailers', 'chunk-extension'].includes(d.what)),
  D15: (d) => d.what === 'header-missing' && d.name === 'trailer',
  D17: (d) => d.what === 'ending' && d.name === 'framed' && d.direct === 'reset',
  D18: ownAnswer('upstream_reset'),
  D20: (d) => d.what === 'start-line' && otherVersion(d.direct) === d.proxied,
}

/** Ids in the first column of the table in the document. */
export function documentedIds(): string[] {
  const text = readFileSync('docs/allowed-differences.md', 'utf8')
  return [...text.matchAll(/^\|\s*`?(D\d+)`?\s*\|/gm)].map(([, id = '']) => id)
}
