/** The address of Redis as an operator writes it; what is wrong with it is said in words, without the password. */

export interface RedisAddress {
  nodes: readonly { host: string; port: number }[]
  username: string | undefined
  password: string | undefined
  db: number
  tls: boolean
}

export type ParsedAddress = { ok: true; value: RedisAddress } | { ok: false; reason: string }

const defaultPort = 6379
const dbMax = 15

/** `redis://` or `rediss://`, host and port; of a cluster several, parted by commas. */
export function parseRedisAddress(text: string, cluster: boolean): ParsedAddress {
  const urls: URL[] = []
  for (const one of cluster ? text.split(',') : [text]) {
    const url = parseOne(one.trim())
    if (typeof url === 'string') return { ok: false, reason: url }
    urls.push(url)
  }
  const [first] = urls
  if (first === undefined) return { ok: false, reason: 'names no address' }
  if (urls.some(({ protocol }) => protocol !== first.protocol))
    return { ok: false, reason: 'has redis:// beside rediss://; all nodes are reached alike' }
  const db = Number(first.pathname.slice(1))
  if (cluster && db !== 0) return { ok: false, reason: 'names a database, which a cluster has not' }
  const nodes = urls.map(({ hostname, port }) => ({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? defaultPort : Number(port),
  }))
  const username = decoded(first.username) || undefined
  const password = decoded(first.password) || undefined
  return { ok: true, value: { nodes, username, password, db, tls: first.protocol === 'rediss:' } }
}

function parseOne(text: string): URL | string {
  if (!/^rediss?:\/\//.test(text)) return 'must begin with redis:// or rediss://'
  if (/[?#]/.test(text)) return 'holds "?" or "#"; in a password they are written %3F and %23'
  if (!URL.canParse(text)) return 'is not a URL'
  const url = new URL(text)
  if (url.hostname === '') return 'names no host'
  if (decoded(url.username) === undefined || decoded(url.password) === undefined)
    return 'holds a "%" that begins no escape; in a password it is written %25'
  const db = /^\/?(\d{0,2})$/.exec(url.pathname)?.[1]
  if (db === undefined || Number(db) > dbMax)
    return `has a path that is no database from 0 to ${dbMax}`
  return url
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
