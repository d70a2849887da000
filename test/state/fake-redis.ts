/** A server that speaks RESP as badly as a test wants: it is told how to answer each command. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Test } from 'tap'

export const hello = '%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:3\r\n'

/** What goes out for one command; nothing when undefined. */
export type Answer = (words: readonly string[], socket: Socket) => string | Uint8Array | undefined

export interface FakeRedis {
  port: number
  connections(): number
  answerWith(answer: Answer): void
}

/** Good answers to what a store asks, as of an empty server. */
export const honest = ([name = '']: readonly string[]): string =>
  honestReplies.get(name) ?? '+OK\r\n'

const honestReplies: ReadonlyMap<string, string> = new Map([
  ['hello', hello],
  ['getrange', '$0\r\n\r\n'],
  ['hgetall', '%0\r\n'],
  ['memory', '_\r\n'],
])

export async function startFakeRedis(t: Test, first: Answer = honest): Promise<FakeRedis> {
  const sockets = new Set<Socket>()
  let answer = first
  let connections = 0
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    connections++
    let pending = ''
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (bytes) => {
      pending += bytes.toString('latin1')
      for (let read = command(pending); read !== undefined; read = command(pending)) {
        pending = pending.slice(read.length)
        const reply = answer(read.words, socket)
        if (reply !== undefined && socket.writable) socket.write(reply)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    connections: () => connections,
    answerWith(next) {
      answer = next
    },
  }
}

/** The first whole command of what has arrived. */
function command(text: string): { words: string[]; length: number } | undefined {
  const head = /^\*(\d+)\r\n/.exec(text)
  if (head === null) return undefined
  let at = head[0].length
  const words: string[] = []
  for (let left = Number(head[1]); left > 0; left--) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at, at + 20))
    if (size === null) return undefined
    const from = at + size[0].length
    at = from + Number(size[1]) + 2
    if (at > text.length) return undefined
    words.push(text.slice(from, at - 2))
  }
  return { words, length: at }
}
