/**
 * Connections to the upstreams. Certificates are always verified; sockets are reused only while they
 * have been idle for less than `idleMs`, because an upstream may close an idle one at any moment and a
 * request that meets that moment must not be sent again. There is no queue: each exchange gets a
 * connection at once, and the number of exchanges is capped by the server.
 */
import http from 'node:http'
import https from 'node:https'

export interface UpstreamOptions {
  idleMs: number
  /** PEM of every trusted authority; undefined: the roots that Node ships. */
  ca: readonly string[] | undefined
  headerBytesMax: number
}

export interface UpstreamAgents {
  /** @param fresh a connection of its own, outside of the pool */
  request(url: URL, fresh: boolean, options: http.RequestOptions): http.ClientRequest
  destroy(): void
}

export function createUpstreamAgents(options: UpstreamOptions): UpstreamAgents {
  const pool: http.AgentOptions = {
    keepAlive: true,
    maxSockets: Number.POSITIVE_INFINITY,
    maxFreeSockets: 1024,
    scheduling: 'lifo',
    // Agents destroy a socket on this timeout only while it is free; a silent stream is left alone.
    timeout: options.idleMs,
  }
  const single = { keepAlive: false, allowHalfOpen: true }
  const trust = {
    rejectUnauthorized: true,
    ...(options.ca === undefined ? {} : { ca: [...options.ca] }),
  }
  const agents = {
    plain: { pooled: new http.Agent(pool), fresh: new http.Agent(single) },
    secure: {
      pooled: new https.Agent({ ...pool, ...trust }),
      fresh: new https.Agent({ ...single, ...trust }),
    },
  }
  return {
    request(url, fresh, requestOptions) {
      const common: http.RequestOptions = {
        ...requestOptions,
        host: url.hostname.replace(/^\[|\]$/g, ''),
        setHost: false,
        maxHeaderSize: options.headerBytesMax,
        ...(url.port === '' ? {} : { port: url.port }),
      }
      const kind = fresh ? 'fresh' : 'pooled'
      return url.protocol === 'https:'
        ? https.request({ ...common, agent: agents.secure[kind] })
        : http.request({ ...common, agent: agents.plain[kind] })
    },
    destroy() {
      for (const pair of [agents.plain, agents.secure]) {
        pair.pooled.destroy()
        pair.fresh.destroy()
      }
    },
  }
}
