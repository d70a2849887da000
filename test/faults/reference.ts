/** The same load straight to the model, and through nginx, HAProxy and holdfast, with nothing broken. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../state/redis-server.ts'
import { pause, startLoad } from './support/load.ts'
import { createScene, type Scene } from './support/scene.ts'
import { scaleOf } from './support/sets.ts'
import type { ReferenceRow } from './support/table.ts'

const secondsEach = 8

const here = (command: string, flag: string): boolean =>
  spawnSync(command, [flag]).error === undefined

export async function runReference(): Promise<ReferenceRow[]> {
  const rows: ReferenceRow[] = []
  const parts = await createScene(41, scaleOf.full)
  const { scene } = parts
  try {
    await parts.start({})
    const targets: [string, number][] = [
      ['straight', scene.model.port],
      ['holdfast', scene.holdfast.port],
    ]
    if (here('nginx', '-v')) targets.push(['nginx, proxy_buffering off', await startNginx(scene)])
    if (here('haproxy', '-v')) targets.push(['HAProxy', await startHaproxy(scene)])
    for (const [target, port] of targets) {
      const { model, seed, scale } = scene
      const load = startLoad({
        port: () => port,
        model,
        seed,
        clients: scale.clients,
        directClients: 0,
        viaOthers: () => /nginx|HAProxy/.test(target),
      })
      await pause(secondsEach * 1000)
      await load.stop()
      const failed = load.asked().filter(({ outcome }) => outcome.kind !== 'ok').length
      rows.push({ target, requests: load.asked().length, failed })
    }
  } finally {
    await parts.end()
  }
  return rows
}

async function listening(scene: Scene, port: number): Promise<number> {
  await scene.until(
    'it serves',
    async () => (await scene.ask({ port, agent: false })).outcome.kind !== 'unanswered',
    10_000,
  )
  return port
}

function startChild(scene: Scene, command: string, args: readonly string[]): void {
  const child = spawn(command, args, { stdio: 'ignore' })
  scene.onEnd(async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
}

async function startNginx(scene: Scene): Promise<number> {
  const port = await freePort()
  const { folder } = scene
  const file = scene.file(
    'nginx.conf',
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder};
  upstream model { server 127.0.0.1:${scene.model.port}; keepalive 256; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffering off; proxy_request_buffering off; proxy_pass_header Date; proxy_pass_header Server;
    }
  }
}`,
  )
  startChild(scene, 'nginx', ['-p', folder, '-c', file])
  return listening(scene, port)
}

async function startHaproxy(scene: Scene): Promise<number> {
  const port = await freePort()
  const file = scene.file(
    'haproxy.cfg',
    `defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
listen front
  bind 127.0.0.1:${port}
  server model 127.0.0.1:${scene.model.port}
`,
  )
  startChild(scene, 'haproxy', ['-db', '-f', file])
  return listening(scene, port)
}
