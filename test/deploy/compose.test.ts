/** The compose file and what it mounts: everything that it names is there, and each part reads its own. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { loadText } from '../../src/config/load.ts'
import { arrayAt, isJsonObject, stringAt, valueAt } from '../../src/decode/untrusted-json.ts'
import { promtool, promtoolSkip } from '../rules/support/rule-files.ts'

const folder = 'docs/deploy'
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const compose: unknown = parse(read('compose.yaml'), { merge: true })
const services = valueAt(compose, 'services')
if (!isJsonObject(services)) throw new Error('no services')
const textsAt = (service: unknown, key: string): string[] =>
  (arrayAt(service, key) ?? []).map(String)

interface Mount {
  /** From the top of the project. */
  source: string
  target: string
  mode: string
}

const mounts = Object.values(services).flatMap((service) =>
  textsAt(service, 'volumes').flatMap((line): Mount[] => {
    const [source = '', target = '', mode = ''] = line.split(':')
    return source.startsWith('.') ? [{ source: join(folder, source), target, mode }] : []
  }),
)

t.test(
  'it starts holdfast and what reads it, and no container may do more than it must',
  async (t) => {
    t.same(Object.keys(services), [
      'holdfast',
      'model',
      'redis',
      'prometheus',
      'alertmanager',
      'grafana',
    ])
    for (const [name, service] of Object.entries(services)) {
      t.equal(valueAt(service, 'read_only'), true, name)
      t.same(valueAt(service, 'cap_drop'), ['ALL'], name)
      t.same(valueAt(service, 'security_opt'), ['no-new-privileges:true'], name)
      t.match(stringAt(service, 'image'), /^[^:]+:v?\d+\.\d+/, `${name}: a version`)
      for (const port of textsAt(service, 'ports')) t.match(port, /^127\.0\.0\.1:/, name)
    }
  },
)

t.test('every file that it mounts exists, and none can be written', async (t) => {
  for (const { source, mode } of mounts) {
    t.ok(existsSync(source), source)
    t.equal(mode, 'ro', source)
  }
  t.equal(mounts.length, 6)
  const named = Object.values(services).flatMap((service) =>
    textsAt(service, 'volumes').flatMap((line) =>
      /^[a-z]/.test(line) ? [line.split(':')[0]] : [],
    ),
  )
  t.same(named.sort(), Object.keys(valueAt(compose, 'volumes') ?? {}).sort())
})

t.test(
  'holdfast takes its configuration, and is given the time that its drain may take',
  async (t) => {
    const secret = join(t.testdir({ identity: 'k'.repeat(64) }), 'identity')
    const text = read('holdfast.yaml').replace('/run/secrets/identity', secret)
    const loaded = loadText(`${text}upstream: http://model:8788\n`)
    t.match(loaded, { ok: true, config: { state: { redisUrl: 'redis://redis:6379' } } })
    if (!loaded.ok) return
    const { delayMs, deadlineMs } = loaded.config.drain
    const grace = Number.parseInt(stringAt(services['holdfast'], 'stop_grace_period') ?? '', 10)
    t.ok(grace * 1000 >= delayMs + deadlineMs + 10_000, `${grace} s`)
    t.match(
      stringAt(services['model'], 'command') ?? textsAt(services['model'], 'command').join(' '),
      'simulator',
    )
  },
)

t.test(
  'Prometheus reads its file and the rules that it names',
  { skip: promtoolSkip },
  async (t) => {
    const copy = t.testdir({})
    writeFileSync(join(copy, 'prometheus.yml'), read('prometheus.yml'))
    cpSync('rules', join(copy, 'rules'), { recursive: true })
    const { status, said } = promtool(
      'check',
      'config',
      '--lint=all',
      '--lint-fatal',
      join(copy, 'prometheus.yml'),
    )
    t.equal(status, 0, said)
    t.match(said, 'SUCCESS: 2 rule files found')
    const { targets } = scrapeTargets()
    t.same(targets, ['holdfast:9464'])
  },
)

function scrapeTargets(): { targets: string[] } {
  const jobs = arrayAt(parse(read('prometheus.yml')), 'scrape_configs') ?? []
  const statics = jobs.flatMap((job) => arrayAt(job, 'static_configs') ?? [])
  return { targets: statics.flatMap((entry) => textsAt(entry, 'targets')) }
}

const noAmtool =
  spawnSync('amtool', ['--version'], { stdio: 'ignore' }).status === 0
    ? false
    : 'amtool is not installed: it comes with the package "prometheus-alertmanager" of Debian and Ubuntu'

t.test(
  'Alertmanager reads its file, and pages reach another receiver than tickets',
  { skip: noAmtool },
  async (t) => {
    const path = join(folder, 'alertmanager.yml')
    const amtool = (...args: string[]): string =>
      spawnSync('amtool', args, { encoding: 'utf8' }).stdout.trim()
    t.match(amtool('check-config', path), 'SUCCESS')
    const route = (severity: string): string =>
      amtool('config', 'routes', 'test', '--config.file', path, `severity=${severity}`)
    t.equal(route('page'), 'pages')
    t.equal(route('ticket'), 'tickets')
    t.equal(route('info'), 'nobody')
  },
)

t.test('Grafana finds its source and the dashboards where they are mounted', async (t) => {
  const provisioning = join(folder, 'grafana/provisioning')
  const [source] =
    arrayAt(
      parse(readFileSync(join(provisioning, 'datasources/prometheus.yaml'), 'utf8')),
      'datasources',
    ) ?? []
  t.match(source, { type: 'prometheus', url: 'http://prometheus:9090', isDefault: true })
  const [provider] =
    arrayAt(
      parse(readFileSync(join(provisioning, 'dashboards/holdfast.yaml'), 'utf8')),
      'providers',
    ) ?? []
  const path = stringAt(valueAt(provider, 'options'), 'path') ?? ''
  const mount = mounts.find(({ target }) => target === path)
  t.equal(mount?.source, 'dashboards')
  const home =
    stringAt(
      valueAt(services['grafana'], 'environment'),
      'GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH',
    ) ?? ''
  t.ok(home.startsWith(`${path}/`))
  t.ok(readdirSync('dashboards').includes(home.slice(path.length + 1)), home)
})
