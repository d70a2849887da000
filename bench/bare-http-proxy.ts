/** @fastify/http-proxy with its defaults: what one gets without holdfast. */
import httpProxy from '@fastify/http-proxy'
import Fastify from 'fastify'

const app = Fastify({ logger: false })
await app.register(httpProxy, { upstream: process.argv[2] ?? '' })
await app.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.address()
if (address === null || typeof address === 'string') throw new Error('no port')
process.stdout.write(`listening ${address.port}\n`)
