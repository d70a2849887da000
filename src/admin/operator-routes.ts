/**
 * What an operator may ask and change while holdfast runs, on the admin port, behind a bearer token:
 * baselines, deployments, episodes, the profile. The monitor thread answers; without it, or without a token file, each of
 * these says so and nothing else happens.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ProbeOperatorRequest } from '../probe/schedule/operator.ts'
import type { ProfileRequest } from '../profile/profile-file.ts'
import type { OperatorAnswer, OperatorFailure, OperatorRequest } from '../watch/operator.ts'
import { isAuthorised } from './operator-token.ts'

type AnyRequest = OperatorRequest | ProbeOperatorRequest | ProfileRequest

export interface OperatorAccess {
  token: string
  ask(request: AnyRequest): Promise<OperatorAnswer>
}

const statuses: Readonly<Record<OperatorFailure, number>> = {
  bad_request: 400,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
}

const fieldsOf = (body: unknown): ReadonlyMap<string, unknown> =>
  new Map(
    typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.entries(body) : [],
  )

type Asked = { ok: true; request: AnyRequest } | { ok: false; reason: string }

const bad = (reason: string): Asked => ({ ok: false, reason })

const timeOf = (value: unknown): number | undefined | 'bad' => {
  if (value === undefined) return undefined
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? 'bad' : ms
}

function readPin(body: unknown): Asked {
  const fields = fieldsOf(body)
  const name = fields.get('name')
  const from = timeOf(fields.get('from'))
  const to = timeOf(fields.get('to'))
  if (typeof name !== 'string') return bad('"name" is not a text')
  if (from === 'bad') return bad('"from" is not a time as 2026-01-31T00:00:00Z')
  if (to === 'bad') return bad('"to" is not a time as 2026-01-31T00:00:00Z')
  return { ok: true, request: { kind: 'baseline_pin', name, from, to } }
}

function readPeriod(query: unknown): Asked {
  const fields = fieldsOf(query)
  const from = timeOf(fields.get('from'))
  const to = timeOf(fields.get('to'))
  if (from === 'bad') return bad('"from" is not a time as 2026-01-31T00:00:00Z')
  if (to === 'bad') return bad('"to" is not a time as 2026-01-31T00:00:00Z')
  return { ok: true, request: { kind: 'history', from, to } }
}

function readDeployment(body: unknown): Asked {
  const version = fieldsOf(body).get('version')
  return typeof version === 'string'
    ? { ok: true, request: { kind: 'deployment', version } }
    : bad('"version" is not a text')
}

const parameter = (request: FastifyRequest, name: string): string => {
  const value = fieldsOf(request.params).get(name)
  return typeof value === 'string' ? value : ''
}

const named =
  (kind: 'baseline_show' | 'baseline_drop' | 'baseline_use') =>
  (request: FastifyRequest): Asked => ({
    ok: true,
    request: { kind, name: parameter(request, 'name') },
  })

/** One line for each endpoint. */
const endpoints: readonly {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  read: (request: FastifyRequest) => Asked
}[] = [
  {
    method: 'GET',
    url: '/baselines',
    read: () => ({ ok: true, request: { kind: 'baseline_list' } }),
  },
  { method: 'POST', url: '/baselines', read: ({ body }) => readPin(body) },
  { method: 'GET', url: '/baselines/:name', read: named('baseline_show') },
  { method: 'DELETE', url: '/baselines/:name', read: named('baseline_drop') },
  { method: 'POST', url: '/baselines/:name/use', read: named('baseline_use') },
  { method: 'POST', url: '/deployments', read: ({ body }) => readDeployment(body) },
  { method: 'GET', url: '/detectors', read: () => ({ ok: true, request: { kind: 'detectors' } }) },
  { method: 'GET', url: '/history', read: ({ query }) => readPeriod(query) },
  { method: 'GET', url: '/profile', read: () => ({ ok: true, request: { kind: 'profile' } }) },
  { method: 'GET', url: '/probes', read: () => ({ ok: true, request: { kind: 'probes_show' } }) },
  {
    method: 'POST',
    url: '/probes/resume',
    read: () => ({ ok: true, request: { kind: 'probes_resume' } }),
  },
  {
    method: 'POST',
    url: '/detectors/:id/acknowledge',
    read: (request) => ({
      ok: true,
      request: { kind: 'acknowledge', detector: parameter(request, 'id') },
    }),
  },
]

export function addOperatorRoutes(app: FastifyInstance, access: OperatorAccess | undefined): void {
  for (const { method, url, read } of endpoints) {
    app.route({
      method,
      url,
      // Before the body is read: who has no token sends none.
      onRequest: async (request, reply) => {
        if (access === undefined) {
          return reply.code(403).send({
            error: 'operator_off',
            reason: 'operator.token_file is not set',
          })
        }
        if (!isAuthorised(request.headers.authorization, access.token)) {
          return reply
            .code(401)
            .header('www-authenticate', 'Bearer')
            .send({ error: 'unauthorised', reason: 'a bearer token is needed' })
        }
      },
      handler: async (request, reply) => {
        if (access === undefined) return reply.code(403).send({ error: 'operator_off' })
        return answer(reply, read(request), access)
      },
    })
  }
}

async function answer(
  reply: FastifyReply,
  asked: Asked,
  access: OperatorAccess,
): Promise<FastifyReply> {
  if (!asked.ok) return reply.code(400).send({ error: 'bad_request', reason: asked.reason })
  const answered = await access.ask(asked.request)
  if (answered.ok) return reply.send(answered.body)
  const { failure, reason } = answered
  return reply.code(statuses[failure]).send({ error: failure, reason })
}
