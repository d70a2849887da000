/**
 * Tells every exchange of a client's connection that the client has left, also those that wait behind
 * another one on it (pipelining): node:http closes only the response that is being sent.
 */
import type { Socket } from 'node:net'

const watchers = new WeakMap<Socket, Set<() => void>>()

/** @returns ends the watch; `gone` is called at most once */
export function onClientGone(socket: Socket, gone: () => void): () => void {
  let ofSocket = watchers.get(socket)
  if (ofSocket === undefined) {
    const created = new Set<() => void>()
    ofSocket = created
    watchers.set(socket, created)
    socket.once('close', () => {
      for (const watcher of created) watcher()
    })
  }
  ofSocket.add(gone)
  if (socket.destroyed) process.nextTick(() => ofSocket.has(gone) && gone())
  return () => ofSocket.delete(gone)
}
