import t from 'tap'
import { inMatchOrder, type Route, routeRequest } from '../../src/proxy/routes.ts'

const route = (prefix: string, upstream: string, stripPrefix = true): Route => ({
  name: prefix,
  prefix,
  upstream: new URL(upstream),
  stripPrefix,
})

const targetOf = (routes: Route[], url: string): string => {
  const routed = routeRequest(inMatchOrder(routes), url)
  return routed.ok ? `${routed.match.route.upstream.host} ${routed.match.target}` : routed.error
}

t.test('one route for everything: the target goes on as it came', async (t) => {
  const routes = [route('/', 'http://up')]
  for (const url of [
    '/',
    '/v1/x?a=1&b=%2F',
    '//v1//x',
    '/%zz',
    '/a/../b',
    '/%2e%2e/c',
    '/?',
    '*',
  ]) {
    t.equal(targetOf(routes, url), `up ${url}`)
  }
})

t.test('the longest prefix wins, only at a segment border', async (t) => {
  const routes = [
    route('/', 'http://all'),
    route('/openai', 'http://openai'),
    route('/openai/eu', 'http://eu'),
  ]
  t.equal(targetOf(routes, '/openai/v1/x'), 'openai /v1/x')
  t.equal(targetOf(routes, '/openai/eu/v1'), 'eu /v1')
  t.equal(targetOf(routes, '/openai'), 'openai /')
  t.equal(targetOf(routes, '/openai?a=1'), 'openai /?a=1')
  t.equal(targetOf(routes, '/openaix/v1'), 'all /openaix/v1')
  t.equal(targetOf([route('/openai', 'http://openai')], '/v1'), 'no_route')
})

t.test('a base path stands before the rest, a kept prefix stays', async (t) => {
  t.equal(targetOf([route('/', 'http://up/base')], '/v1?x'), 'up /base/v1?x')
  t.equal(targetOf([route('/p', 'http://up/base/')], '/p/v1'), 'up /base/v1')
  t.equal(targetOf([route('/p', 'http://up', false)], '/p/v1'), 'up /p/v1')
})

t.test('dot segments cannot leave a prefix or a base path, in any spelling', async (t) => {
  const routes = [route('/p', 'http://up/base')]
  for (const dots of ['..', '%2e%2e', '.%2E', '%2E.', '.', '%2e']) {
    t.equal(targetOf(routes, `/p/${dots}/secret`), 'path_escapes_base', dots)
    t.equal(targetOf(routes, `/p/a/${dots}`), 'path_escapes_base', dots)
  }
  t.equal(targetOf(routes, '/p/a\\..\\b'), 'path_escapes_base')
  t.equal(targetOf(routes, '/p/a...b/..c'), 'up /base/a...b/..c')
  t.equal(targetOf(routes, '/p/a?x=/../'), 'up /base/a?x=/../')
})

t.test('a target in absolute form never chooses the upstream', async (t) => {
  const routes = [route('/', 'http://up')]
  t.equal(targetOf(routes, 'http://evil.example/v1?a'), 'up /v1?a')
  t.equal(targetOf(routes, 'http://evil.example'), 'up /')
  t.equal(targetOf(routes, 'http://user:pw@evil.example:99?q'), 'up /?q')
  t.equal(targetOf(routes, 'evil.example:80'), 'up /evil.example:80')
})
