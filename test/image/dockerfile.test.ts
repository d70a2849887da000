/**
 * The container image without an engine: what its file says, and what comes out when its steps are
 * carried out in their order and started as a user that can write nowhere.
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startModel } from '../simulator/start.ts'
import { buildStages } from './support/build.ts'
import { one, readDockerfile } from './support/dockerfile.ts'

const { stages, text } = readDockerfile()
const last = stages.at(-1)
if (last === undefined) throw new Error('no stage')
const instructions = stages.flatMap((stage) => stage.instructions)
const imageUser = 65_532

t.test('the last stage has no shell, no npm and no root', async (t) => {
  t.same(
    stages.map(({ name, image }) => `${name} ${image}`),
    ['build node:24-bookworm-slim', 'runtime gcr.io/distroless/nodejs24-debian12:nonroot'],
  )
  t.equal(one(last, 'USER'), `${imageUser}:${imageUser}`)
  t.same(
    last.instructions.filter(({ word }) => word === 'RUN'),
    [],
  )
})

t.test('nothing is taken from anywhere but the project and earlier stages', async (t) => {
  t.same(
    instructions.filter(({ word }) => word === 'ADD'),
    [],
  )
  for (const { name, image } of stages) {
    t.match(image, /^[^:]+:[^:]+$/, `${name}: a tag`)
    t.notMatch(image, /:latest$/, name)
  }
  const names = stages.map(({ name }) => name)
  const copies = instructions.filter(({ word }) => word === 'COPY')
  for (const { rest } of copies) {
    const [, from] = /--from=(\S+)/.exec(rest) ?? []
    if (from !== undefined) t.ok(names.includes(from), rest)
    t.notMatch(rest, /(^|\s)\.(\s|$)/, `${rest}: named parts, never the whole folder`)
  }
  t.equal(copies.length, 8)
})

t.test('packages come from the lock file, and no script of a package runs', async (t) => {
  const runs = instructions.filter(({ word }) => word === 'RUN').map(({ rest }) => rest)
  t.same(runs, ['npm ci --ignore-scripts', 'npm run build'])
})

t.test('the image says what it is, when it is well, and how it is stopped', async (t) => {
  const labels = one(last, 'LABEL')
  for (const word of ['title', 'description', 'licenses', 'version', 'revision']) {
    t.match(labels, `org.opencontainers.image.${word}=`)
  }
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  t.match(text, `ARG VERSION=${version}\n`)
  t.equal(one(last, 'STOPSIGNAL'), 'SIGTERM')
  t.equal(one(last, 'EXPOSE'), '8787 9464')
  t.match(one(last, 'ENV'), /NODE_ENV=production NODE_OPTIONS=--max-old-space-size=384$/)
  t.notMatch(one(last, 'ENV'), 'HOLDFAST_', 'a variable would go before the keys of a file')
})

// The steps take half a minute: in CI and where they are asked for.
const skip =
  process.env['CI'] === 'true' || process.env['HOLDFAST_TEST_SLOW'] === '1'
    ? false
    : 'set HOLDFAST_TEST_SLOW=1 to carry out the steps of the Dockerfile'

t.test('what the steps make runs where it can write nothing', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-image-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  // The user of the image has to come as far as the folder.
  chmodSync(folder, 0o755)
  const root = (await buildStages(stages, folder)).get(last.name) ?? ''
  const before = treeOf(root)

  t.same(readdirSync(root).sort(), ['LICENSE', 'dist', 'package.json', 'suites'])
  const megabytes = [...before.values()].reduce((sum, bytes) => sum + bytes, 0) / 2 ** 20
  t.ok(megabytes < 30, `${megabytes.toFixed(1)} MiB`)

  const model = await startModel(t)
  const [command, ...args] = JSON.parse(one(last, 'ENTRYPOINT')) as string[]
  t.equal(command, '/nodejs/bin/node')
  const started = await startImage(t, root, one(last, 'ENV'), [
    ...args,
    ...(JSON.parse(one(last, 'CMD')) as string[]).map((word) =>
      word.replace(/^0\.0\.0\.0:\d+$/, '127.0.0.1:0'),
    ),
    '--upstream',
    model.url,
  ])
  t.equal((await fetch(`${started.adminUrl}/readyz`)).status, 200)
  const answer = await fetch(`${started.dataUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'simulated-1', messages: [{ role: 'user', content: 'Hello' }] }),
  })
  t.equal(answer.status, 200)
  await answer.arrayBuffer()

  await t.test('its health check passes, and fails where nothing answers', async (t) => {
    const words = /^.*CMD (\[.*\])$/.exec(one(last, 'HEALTHCHECK'))?.[1] ?? '[]'
    const [node, flag = '', script = ''] = JSON.parse(words) as string[]
    t.equal(node, '/nodejs/bin/node')
    t.match(script, 'http://127.0.0.1:9464/healthz')
    const atPort = (origin: string): string => script.replace('http://127.0.0.1:9464', origin)
    t.equal(await exitCode([flag, atPort(started.adminUrl)]), 0)
    t.equal(await exitCode([flag, atPort('http://127.0.0.1:1')]), 1)
  })

  t.equal(await started.stop(), 0)
  t.same(treeOf(root), before, 'not a byte of it has changed')
})

/** Paths and sizes. */
const treeOf = (root: string): ReadonlyMap<string, number> =>
  new Map(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((path): [string, number] => [path, statSync(join(root, path)).size]),
  )

const exitCode = (args: readonly string[]): Promise<number | null> =>
  new Promise((resolve) => {
    spawn(process.execPath, args, { stdio: 'ignore' }).once('close', resolve)
  })

interface Started {
  dataUrl: string
  adminUrl: string
  stop(): Promise<number | null>
}

/** As the engine would: as the user of the image where the tests may change to it. */
async function startImage(
  t: Test,
  root: string,
  environment: string,
  args: readonly string[],
): Promise<Started> {
  const isRoot = process.getuid?.() === 0
  // The variables of the image and no others: nothing that the test runner puts into its children.
  const words = ['-i', ...environment.split(' '), process.execPath, ...args]
  const child = spawn('env', words, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isRoot ? { uid: imageUser, gid: imageUser } : {}),
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  t.teardown(async () => {
    child.kill('SIGKILL')
    await ended
  })
  let said = ''
  const addresses = new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (bytes: Buffer): void => {
      said += bytes.toString()
      const found = /"dataUrl":"([^"]+)".*"adminUrl":"([^"]+)"/.exec(said)
      if (found !== null) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('close', () => reject(new Error(`it ended: ${said}`)))
  })
  const [, dataUrl = '', adminUrl = ''] = await addresses
  return {
    dataUrl,
    adminUrl,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
