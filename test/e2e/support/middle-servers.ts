/** Servers that may stand between holdfast and a model, each started from a folder of its own on a free port. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

export interface MiddleServer {
  name: string
  /** Why its test is skipped; false: it is installed. In CI those that are always installed must be. */
  missing(): string | false
  start(upstreamPort: number, folder: string): Promise<{ port: number; stop(): Promise<void> }>
}

interface Recipe {
  name: string
  program: string
  packageName: string
  inCi: boolean
  /** Writes the files and gives the arguments, in which the program stays in the foreground. */
  prepare(folder: string, port: number, upstreamPort: number): string[]
}

const write = (folder: string, name: string, lines: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const recipes: readonly Recipe[] = [
  {
    name: 'nginx',
    program: 'nginx',
    packageName: 'nginx',
    inCi: true,
    prepare(folder, port, upstreamPort) {
      const path = write(folder, 'nginx.conf', [
        'daemon off; worker_processes 1; error_log stderr crit;',
        `pid ${folder}/nginx.pid;`,
        'events { worker_connections 512; }',
        'http { access_log off;',
        ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
          (name) => `${name}_temp_path ${folder}/${name};`,
        ),
        `upstream model { server 127.0.0.1:${upstreamPort}; keepalive 8; }`,
        `server { listen 127.0.0.1:${port}; location / { proxy_pass http://model;`,
        'proxy_http_version 1.1; proxy_set_header Connection ""; } } }',
      ])
      return ['-p', folder, '-e', 'stderr', '-c', path]
    },
  },
  {
    name: 'HAProxy',
    program: 'haproxy',
    packageName: 'haproxy',
    inCi: true,
    prepare(folder, port, upstreamPort) {
      const path = write(folder, 'haproxy.cfg', [
        'defaults',
        '  mode http',
        '  http-reuse always',
        '  timeout connect 5s',
        '  timeout client 30s',
        '  timeout server 30s',
        'listen front',
        `  bind 127.0.0.1:${port}`,
        `  server model 127.0.0.1:${upstreamPort}`,
      ])
      return ['-db', '-f', path]
    },
  },
  {
    name: 'Apache',
    program: 'apache2',
    packageName: 'apache2',
    inCi: false,
    prepare(folder, port, upstreamPort) {
      const modules = ['mpm_event', 'authz_core', 'proxy', 'proxy_http']
      const path = write(folder, 'apache.conf', [
        `ServerRoot ${folder}`,
        'ServerName model.example',
        `PidFile ${folder}/pid`,
        `DefaultRuntimeDir ${folder}`,
        `ErrorLog ${folder}/error.log`,
        `Listen 127.0.0.1:${port}`,
        ...modules.map(
          (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
        ),
        'User nobody',
        'Group nogroup',
        'AllowEncodedSlashes NoDecode',
        `ProxyPass / http://127.0.0.1:${upstreamPort}/ nocanon`,
      ])
      return ['-D', 'FOREGROUND', '-f', path]
    },
  },
  {
    name: 'lighttpd',
    program: 'lighttpd',
    packageName: 'lighttpd',
    inCi: false,
    prepare(folder, port, upstreamPort) {
      const path = write(folder, 'lighttpd.conf', [
        'server.modules = ("mod_proxy")',
        `server.document-root = "${folder}"`,
        'server.bind = "127.0.0.1"',
        `server.port = ${port}`,
        'server.stream-request-body = 1',
        `server.upload-dirs = ("${folder}")`,
        `proxy.server = ("" => (("host" => "127.0.0.1", "port" => ${upstreamPort})))`,
      ])
      return ['-D', '-f', path]
    },
  },
  {
    name: 'Varnish',
    program: 'varnishd',
    packageName: 'varnish',
    inCi: false,
    prepare(folder, port, upstreamPort) {
      const path = write(folder, 'default.vcl', [
        'vcl 4.1;',
        `backend model { .host = "127.0.0.1"; .port = "${upstreamPort}"; }`,
        'sub vcl_recv { return (pass); }',
      ])
      mkdirSync(join(folder, 'work'))
      return [
        '-F',
        '-f',
        path,
        '-n',
        join(folder, 'work'),
        '-j',
        'none',
        '-s',
        'malloc,16m',
        '-a',
        `127.0.0.1:${port}`,
      ]
    },
  },
  {
    name: 'Traffic Server',
    program: 'traffic_server',
    packageName: 'trafficserver',
    inCi: false,
    prepare(folder, port, upstreamPort) {
      for (const name of ['config', 'run', 'log', 'cache']) {
        mkdirSync(join(folder, name))
        // It leaves root behind.
        chmodSync(join(folder, name), 0o777)
      }
      chmodSync(folder, 0o777)
      write(folder, 'config/remap.config', [`map / http://127.0.0.1:${upstreamPort}/`])
      write(folder, 'config/storage.config', [`${folder}/cache 16M`])
      for (const name of ['plugin.config', 'logging.yaml', 'sni.yaml']) {
        write(folder, `config/${name}`, [])
      }
      // Without a rule it takes nobody.
      write(folder, 'config/ip_allow.yaml', [
        'ip_allow:',
        '  - apply: in',
        '    ip_addrs: 0/0',
        '    action: allow',
        '    methods: ALL',
      ])
      write(folder, 'config/records.config', [
        `CONFIG proxy.config.http.server_ports STRING ${port}:ip-in=127.0.0.1`,
        'CONFIG proxy.config.exec_thread.autoconfig INT 0',
        'CONFIG proxy.config.exec_thread.limit INT 1',
        'CONFIG proxy.config.http.cache.http INT 0',
        'CONFIG proxy.config.url_remap.remap_required INT 0',
        'CONFIG proxy.config.url_remap.pristine_host_hdr INT 1',
        'CONFIG proxy.config.reverse_proxy.enabled INT 1',
        'CONFIG proxy.config.admin.user_id STRING #-1',
        'CONFIG proxy.config.diags.output.error STRING E',
        `CONFIG proxy.config.local_state_dir STRING ${folder}/run`,
        `CONFIG proxy.config.log.logfile_dir STRING ${folder}/log`,
      ])
      const runroot = write(folder, 'runroot.yaml', [
        `prefix: ${folder}`,
        'exec_prefix: /usr',
        'bindir: /usr/bin',
        'sbindir: /usr/sbin',
        `sysconfdir: ${folder}/config`,
        `datadir: ${folder}/cache`,
        'includedir: /usr/include',
        'libdir: /usr/lib',
        'libexecdir: /usr/lib/trafficserver/modules',
        `localstatedir: ${folder}/run`,
        `runtimedir: ${folder}/run`,
        `logdir: ${folder}/log`,
        `cachedir: ${folder}/cache`,
      ])
      return [`--run-root=${runroot}`]
    },
  },
]

const startWithinMs = 20_000

export const middleServers: readonly MiddleServer[] = recipes.map((recipe) => {
  const { name, program, packageName, inCi } = recipe
  return {
    name,
    missing() {
      if (spawnSync('sh', ['-c', `command -v ${program}`]).status === 0) return false
      if (inCi && process.env['CI'] === 'true') return false
      return `${name} is not installed: apt-get install ${packageName}`
    },
    async start(upstreamPort, folder) {
      const port = await freePort()
      chmodSync(folder, 0o777)
      const child = spawn(program, recipe.prepare(folder, port, upstreamPort), {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let said = ''
      child.stderr.on('data', (text: Buffer) => {
        said = `${said}${text.toString()}`.slice(-2000)
      })
      const ended = new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
      })
      const until = performance.now() + startWithinMs
      while (!(await answers(port))) {
        if (child.exitCode !== null || performance.now() > until) {
          child.kill('SIGKILL')
          throw new Error(`${name} did not start: ${said}`)
        }
      }
      return {
        port,
        async stop() {
          child.kill('SIGTERM')
          const force = setTimeout(() => child.kill('SIGKILL'), 3000)
          await ended
          clearTimeout(force)
        },
      }
    },
  }
})

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const finish = (up: boolean): void => {
      socket.destroy()
      setTimeout(() => resolve(up), up ? 0 : 50)
    }
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
