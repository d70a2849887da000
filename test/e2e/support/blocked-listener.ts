/**
 * A listening port that accepts no connection: its process never runs its event loop and its backlog
 * is full, so the kernel drops every further SYN. This is how an overloaded host looks from outside.
 */
import { spawn } from 'node:child_process'
import { connect, type Socket } from 'node:net'

const program = `
const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  require('node:fs').writeSync(1, String(server.address().port) + '\\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})`

export async function startBlockedListener(): Promise<{ port: number; close(): void }> {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())))
    child.once('exit', () => reject(new Error('the listener has ended')))
  })
  const fillers: Socket[] = []
  const close = (): void => {
    for (const filler of fillers) filler.destroy()
    child.kill('SIGKILL')
  }
  // Filled when a connection attempt gets no answer any more.
  for (;;) {
    const filler = connect({ port, host: '127.0.0.1' })
    fillers.push(filler)
    const outcome = await Promise.race([
      new Promise<'open'>((resolve) => filler.once('connect', () => resolve('open'))),
      new Promise<'full'>((resolve) => setTimeout(() => resolve('full'), 300)),
    ])
    filler.on('error', () => filler.destroy())
    if (outcome === 'full') return { port, close }
    if (fillers.length > 16) {
      close()
      throw new Error('this kernel accepts connections beyond the backlog')
    }
  }
}
