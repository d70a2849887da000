/** What the chart connects: who reaches whom, what scrapes what, and which rules and dashboards arrive. */
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { arrayAt } from '../../src/decode/untrusted-json.ts'
import { helmSkip, objectNamed, render, template, under } from './support/helm.ts'

const dashboards = readdirSync('dashboards')
  .filter((name) => /^holdfast-.*\.json$/.test(name))
  .map((name) => `ConfigMap/demo-${name.replace('.json', '')}`)
const podLabels = ['spec', 'template', 'metadata', 'labels'] as const

t.test(
  'the network policy lets out what the configuration names',
  { skip: helmSkip },
  async (t) => {
    const ports = (set: string, ...sets: string[]): unknown[][] =>
      (
        arrayAt(
          under(objectNamed(render(set, sets), 'NetworkPolicy/demo-holdfast'), 'spec'),
          'egress',
        ) ?? []
      ).map((rule) => (arrayAt(rule, 'ports') ?? []).map((port) => under(port, 'port')))
    const dns = [53, 53]
    t.same(ports('01-gateway'), [dns, [443]])
    t.same(ports('03-redis'), [dns, [443], [6380]])
    t.same(ports('04-tls-authority'), [dns, [8443]])
    t.same(ports('08-probes'), [dns, [443]], 'probes go where traffic goes')
    t.same(ports('09-graded-judge'), [dns, [443, 8000]], 'and the judge to its own port')
    t.same(ports('10-autoscaling'), [dns, [8000], [6379]])
    t.same(ports('11-network'), [dns, [443], [4318]])
    t.same(ports('01-gateway', 'config.upstream=http://[fd00::1]:81/v1'), [dns, [81]])
    t.same(ports('01-gateway', 'config.upstream=http://models'), [dns, [80]])
    const [data, admin] =
      arrayAt(
        under(objectNamed(render('11-network'), 'NetworkPolicy/demo-holdfast'), 'spec'),
        'ingress',
      ) ?? []
    t.match(data, {
      ports: [{ port: 'holdfast' }],
      from: [{ podSelector: { matchLabels: { app: 'assistant' } } }, { podSelector: {} }],
    })
    t.match(admin, { ports: [{ port: 'holdfast-admin' }] })
  },
)

t.test('rules reach the cluster as they were tested', { skip: helmSkip }, async (t) => {
  const groupsOf = (set: string, name: string): unknown =>
    under(objectNamed(render(set), `PrometheusRule/demo-holdfast-${name}`), 'spec', 'groups')
  const read = (name: string): string => readFileSync(`rules/holdfast.${name}.yaml`, 'utf8')
  for (const name of ['rules', 'alerts']) {
    const { groups } = parse(read(name)) as { groups: unknown }
    t.same(groupsOf('14-sidecar-monitored', name), groups, name)
  }
  t.match(template('14-sidecar-monitored').text, '{{ $labels.language }}', 'not run as a template')
  const placed = parse(
    read('alerts')
      .replaceAll('runbook_url: docs/', 'runbook_url: https://git.example.com/holdfast/docs/')
      .replaceAll("dashboard_url: '/d/", "dashboard_url: 'https://grafana.example.com/d/"),
  ) as { groups: unknown }
  t.same(groupsOf('12-service-monitor', 'alerts'), placed.groups)
  const urls = JSON.stringify(placed.groups).match(/"(runbook|dashboard)_url":"[^"]*"/g) ?? []
  t.ok(urls.length > 20)
  t.ok(
    urls.every((url) => url.includes('.example.com/')),
    'every link has a host',
  )
})

t.test('dashboards reach Grafana byte for byte', { skip: helmSkip }, async (t) => {
  const objects = render('12-service-monitor')
  for (const name of dashboards) {
    const map = objectNamed(objects, name)
    t.equal(under(map, 'metadata', 'labels', 'grafana_dashboard'), '1')
    t.equal(under(map, 'metadata', 'annotations', 'grafana_folder'), 'Holdfast')
    const file = `${name.replace('ConfigMap/demo-', '')}.json`
    t.equal(under(map, 'data', file), readFileSync(`dashboards/${file}`, 'utf8'), file)
  }
  t.ok(dashboards.length >= 7)
})

t.test(
  'a monitor finds what it is for, and names the deployment',
  { skip: helmSkip },
  async (t) => {
    const objects = render('12-service-monitor')
    const service = objectNamed(objects, 'Service/demo-holdfast-admin')
    const monitor = under(objectNamed(objects, 'ServiceMonitor/demo-holdfast'), 'spec')
    t.match(under(service, 'metadata', 'labels'), under(monitor, 'selector', 'matchLabels'))
    t.notMatch(
      under(objectNamed(objects, 'Service/demo-holdfast'), 'metadata', 'labels'),
      under(monitor, 'selector', 'matchLabels'),
      'and not the data port',
    )
    t.match(under(monitor, 'endpoints', 0), {
      port: under(service, 'spec', 'ports', 0, 'name'),
      interval: '15s',
      relabelings: [{ targetLabel: 'job', replacement: 'demo-holdfast' }],
    })
    const pods = render('13-pod-monitor-gateway')
    const labels = under(objectNamed(pods, 'Deployment/demo-holdfast'), ...podLabels)
    t.match(
      labels,
      under(objectNamed(pods, 'PodMonitor/demo-holdfast'), 'spec', 'selector', 'matchLabels'),
    )
  },
)

t.test(
  'selectors meet the pods of the gateway, and not the one of the test',
  { skip: helmSkip },
  async (t) => {
    const objects = render('10-autoscaling')
    const labels = under(objectNamed(objects, 'Deployment/demo-holdfast'), ...podLabels)
    const selectors = [
      under(objectNamed(objects, 'Deployment/demo-holdfast'), 'spec', 'selector', 'matchLabels'),
      under(objectNamed(objects, 'Service/demo-holdfast'), 'spec', 'selector'),
      under(
        objectNamed(objects, 'PodDisruptionBudget/demo-holdfast'),
        'spec',
        'selector',
        'matchLabels',
      ),
      under(
        objectNamed(objects, 'NetworkPolicy/demo-holdfast'),
        'spec',
        'podSelector',
        'matchLabels',
      ),
    ]
    for (const selector of selectors) {
      t.match(labels, selector)
      t.notMatch(
        under(objectNamed(objects, 'Pod/demo-holdfast-test'), 'metadata', 'labels'),
        selector,
      )
    }
    t.equal(
      under(objectNamed(objects, 'Deployment/demo-holdfast'), 'spec', 'replicas'),
      undefined,
      'the autoscaler decides',
    )
  },
)
