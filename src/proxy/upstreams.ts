/**
 * Connections to the upstreams. Certificates are always verified; sockets are reused only while they
 * have been idle for less than `upstreamIdleMs`, because an upstream may close an idle one at any moment and a
 * request that meets that moment must not be sent again. There is no queue: each exchange gets a
 * connection at once, and the number of exchanges is capped by the server.
 */
import http from 'node:http'
import https from 'node:https'

export interface UpstreamOptions {
  upstreamIdleMs: number
  /** PEM of every trusted authority; undefined: the roots that Node ships. */
  ca: readonly string[] | undefined
  headerBytesMax: number
}

/** One upstream, resolved once into what every request to it needs. */
export interface Upstream {
  /** The Host header of a direct client. */
  readonly authority: string
  /** @param fresh a connection of its own, outside of the pool */
  request(method: string, target: string, headers: string[], fresh: boolean): http.ClientRequest
}

export interface Upstreams {
  to(url: URL): Upstream
  destroy(): void
}

export function createUpstreams(options: UpstreamOptions): Upstreams {
  const pool: http.AgentOptions = {
    keepAlive: true,
    maxSockets: Number.POSITIVE_INFINITY,
    maxFreeSockets: 1024,
    scheduling: 'lifo',
    // Agents destroy a socket on this timeout only while it is free; a silent stream is left alone.
    timeout: options.upstreamIdleMs,
  }
  const single = { keepAlive: false, allowHalfOpen: true }
  const trust = {
    rejectUnauthorized: true,
    ...(options.ca === undefined ? {} : { ca: [...options.ca] }),
  }
  const plain = { pooled: new http.Agent(pool), fresh: new http.Agent(single) }
  const secure = {
    pooled: new https.Agent({ ...pool, ...trust }),
    fresh: new https.Agent({ ...single, ...trust }),
  }
  return {
    to(url) {
      const isSecure = url.protocol === 'https:'
      const { request } = isSecure ? https : http
      const agents = isSecure ? secure : plain
      const host = url.hostname.replace(/^\[|\]$/g, '')
      const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port)
      return {
        authority: url.host,
        request: (method, target, headers, fresh) =>
          request({
            method,
            path: target,
            headers,
            host,
            port,
            agent: fresh ? agents.fresh : agents.pooled,
            setHost: false,
            maxHeaderSize: options.headerBytesMax,
          }),
      }
    },
    destroy() {
      for (const pair of [plain, secure]) {
        pair.pooled.destroy()
        pair.fresh.destroy()
      }
    },
  }
}
