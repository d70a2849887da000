/**
 * What the forwarder tells a watcher about one exchange. The forwarder calls these in passing: they
 * return nothing, so there is nothing to await, and an implementation must neither throw nor keep a
 * chunk's bytes from being sent.
 */
import type { IncomingMessage } from 'node:http'
import type { Outcome, UpstreamErrorKind } from '../exchange/outcome.ts'

export interface Tap {
  requestChunk(chunk: Buffer): void
  /** The request's head has been handed to the upstream's connection. */
  requestSent(): void
  responseHead(status: number, rawHeaders: readonly string[]): void
  /** The response's head has been handed to the client's connection. */
  responseSent(): void
  responseChunk(chunk: Buffer): void
  upstreamError(kind: UpstreamErrorKind): void
  /** Called exactly once, last. */
  end(outcome: Outcome): void
}

/** @param path without the query; @param upgrade the connection becomes a tunnel if the upstream agrees */
export type OpenTap = (req: IncomingMessage, path: string, route: string, upgrade: boolean) => Tap
