/**
 * A TCP proxy that does to connections what networks do: waits, holds, cuts behind byte N, resets, refuses.
 * It knows where an answer begins (at the first byte back after bytes forth), and nothing else of HTTP.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { reset } from '../../e2e/support/reset.ts'
import { pause } from './load.ts'

export type WireMode =
  | { kind: 'pass' }
  /** Each piece of an answer comes so much later. */
  | { kind: 'delay'; ms: number }
  /** Answers stand still; nothing is closed. */
  | { kind: 'hold' }
  /** A share of the answers ends behind byte `at`, counted with the head. */
  | { kind: 'cut'; at: () => number; share: number; by: 'fin' | 'rst'; random: () => number }
  /** New connections are reset. */
  | { kind: 'refuse' }

export interface FaultProxy {
  readonly port: number
  set(mode: WireMode): void
  /** Answers cut, pieces that wait, and connections refused, since the last `set`. */
  injected(): number
  close(): Promise<void>
}

export interface FaultProxyTarget {
  host?: string
  port: number
  /** 127.0.0.1 where it is not given. */
  listenHost?: string
}

export async function startFaultProxy(target: FaultProxyTarget): Promise<FaultProxy> {
  let mode: WireMode = { kind: 'pass' }
  let injected = 0
  const sockets = new Set<Socket>()
  const held = new Set<() => void>()

  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    sockets.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => sockets.delete(client))
    if (mode.kind === 'refuse') {
      injected++
      reset(client)
      return
    }
    const upstream = connect({ host: target.host ?? '127.0.0.1', port: target.port, noDelay: true })
    sockets.add(upstream)
    upstream.on('close', () => sockets.delete(upstream))
    client.on('close', () => upstream.destroy())
    upstream.on('error', () => upstream.destroy())
    relay(client, upstream)
  })

  function relay(client: Socket, upstream: Socket): void {
    let answered = 0
    let cutAt: number | undefined
    let begun = false
    client.on('data', (bytes) => {
      if (begun) begun = false
      if (!upstream.write(bytes)) client.pause()
    })
    upstream.on('drain', () => client.resume())
    client.on('end', () => upstream.end())
    const pass = (bytes: Buffer): void => {
      if (!client.destroyed && !client.write(bytes)) upstream.pause()
    }
    client.on('drain', () => upstream.resume())
    const inOrder = createOrder()
    upstream.on('end', () => inOrder(() => client.end()))
    upstream.on('close', () => inOrder(() => client.destroy()))
    upstream.on('data', (bytes: Buffer) => {
      if (!begun) {
        begun = true
        answered = 0
        cutAt = mode.kind === 'cut' && mode.random() < mode.share ? mode.at() : undefined
      }
      const from = answered
      answered += bytes.length
      if (cutAt !== undefined && answered > cutAt) {
        injected++
        const by = mode.kind === 'cut' ? mode.by : 'fin'
        client.write(bytes.subarray(0, Math.max(0, cutAt - from)))
        cutAt = undefined
        upstream.destroy()
        if (by === 'rst') reset(client)
        else client.end()
        return
      }
      if (mode.kind === 'hold') upstream.pause()
      inOrder(() => {
        pass(bytes)
        if (!client.writableNeedDrain) upstream.resume()
      })
    })
  }

  /** What comes back happens in its order, each at its time: an end does not overtake bytes. */
  function createOrder(): (action: () => void) => void {
    let tail: Promise<void> | undefined
    let waiting = 0
    return (action) => {
      const before = tail
      const wait = waitOf(mode)
      if (before === undefined && wait === undefined) return action()
      waiting++
      tail = (async () => {
        await Promise.all([before, wait])
        action()
        if (--waiting === 0) tail = undefined
      })()
    }
  }

  function waitOf(now: WireMode): Promise<void> | undefined {
    if (now.kind === 'delay' || now.kind === 'hold') injected++
    if (now.kind === 'delay') return pause(now.ms)
    if (now.kind === 'hold') return new Promise((resolve) => held.add(resolve))
    return undefined
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, target.listenHost ?? '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      mode = next
      injected = 0
      if (next.kind === 'hold') return
      for (const release of held) release()
      held.clear()
    },
    injected: () => injected,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
