/**
 * Two things a server can send that the client library does not bear (ioredis 6.0.0).
 *
 * A push frame without a name (`>1\r\n_\r\n`) makes its reply handler throw; it throws that on in a next
 * tick, outside of every call, and the process ends. Here it is a protocol error of that connection.
 *
 * Bytes that no command asked for are kept until a reply is whole, without a bound. Here a connection
 * that gets more than a few of them is given up.
 */
import type { Redis } from 'ioredis'
import DataHandlerModule from 'ioredis/built/DataHandler.js'

const unaskedBytesMax = 65_536

interface ReplyHandler {
  dispatch(handle: () => void): void
  returnFatalError(error: Error): void
}

const prototype: unknown = DataHandlerModule.default.prototype

const isReplyHandler = (value: unknown): value is ReplyHandler =>
  typeof value === 'object' &&
  value !== null &&
  'dispatch' in value &&
  typeof value.dispatch === 'function' &&
  'returnFatalError' in value &&
  typeof value.returnFatalError === 'function'

// A version of the library without these two has another way, which the test with garbage then judges.
if (isReplyHandler(prototype)) {
  prototype.dispatch = function dispatch(this: ReplyHandler, handle) {
    try {
      handle()
    } catch (error) {
      this.returnFatalError(error instanceof Error ? error : new Error('odd reply'))
    }
  }
}

/** The library hears the first error of a socket alone; a second one, as TLS has, would end the process. */
function hearEveryError(redis: Redis): void {
  let current = redis.stream
  Object.defineProperty(redis, 'stream', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set(stream: typeof current) {
      current = stream
      stream.on('error', () => undefined)
    },
  })
}

/** `isAsked`: whether a call waits for an answer right now. */
export function refuseUnasked(redis: Redis, isAsked: () => boolean): void {
  hearEveryError(redis)
  redis.on('connect', () => {
    const { stream } = redis
    let unasked = 0
    stream.on('data', (bytes: Uint8Array) => {
      unasked = isAsked() ? 0 : unasked + bytes.length
      if (unasked > unaskedBytesMax) stream.destroy(new Error('unasked bytes'))
    })
  })
}
