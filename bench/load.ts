/**
 * A closed-loop load over raw sockets: each connection sends the next request when the last answer
 * has ended. Raw, so that the client costs little beside what is measured.
 */
import net from 'node:net'
import { requestBody, type Workload } from './workloads.ts'

export interface LoadResult {
  requests: number
  failures: number
  /** Milliseconds, one per request. */
  firstByte: number[]
  total: number[]
}

export async function load(
  port: number,
  workload: Workload,
  milliseconds: number,
): Promise<LoadResult> {
  const body = requestBody(workload)
  const request = Buffer.from(
    `POST ${workload.path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
  const result: LoadResult = { requests: 0, failures: 0, firstByte: [], total: [] }
  const until = performance.now() + milliseconds
  await Promise.all(
    Array.from({ length: workload.connections }, () => one(port, request, until, result)),
  )
  return result
}

function one(port: number, request: Buffer, until: number, result: LoadResult): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true })
    let startedAt = 0
    let first = 0
    let head = ''
    let left = -1
    let tail = ''
    const next = (): void => {
      if (performance.now() >= until) return void socket.destroy()
      startedAt = performance.now()
      first = 0
      head = ''
      left = -1
      tail = ''
      socket.write(request)
    }
    const done = (): void => {
      result.requests++
      result.firstByte.push(first - startedAt)
      result.total.push(performance.now() - startedAt)
      next()
    }
    socket.on('connect', next)
    socket.on('data', (chunk) => {
      if (first === 0) first = performance.now()
      let rest = chunk.toString('latin1')
      if (left < 0) {
        head += rest
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        if (!head.startsWith('HTTP/1.1 200')) result.failures++
        const length = /\r\ncontent-length: (\d+)/i.exec(head.slice(0, end))
        left = length === null ? Number.POSITIVE_INFINITY : Number(length[1])
        rest = head.slice(end + 4)
      }
      if (left === Number.POSITIVE_INFINITY) {
        tail = (tail + rest).slice(-7)
        if (tail.endsWith('\r\n0\r\n\r\n')) done()
        return
      }
      left -= rest.length
      if (left === 0) done()
    })
    socket.on('error', () => {
      result.failures++
    })
    socket.on('close', () => resolve())
  })
}
