/**
 * Evidence of the built program: recorded beside traffic, found and forgotten by the command line, whole
 * after SIGKILL, and stopped by a full disk without traffic noticing.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startCommand } from './support/command-process.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'

const answerText = 'I am sorry, but I cannot help with that. Write to help@model.example instead.'

async function startUpstream(t: Test): Promise<string> {
  const message = { role: 'assistant', content: answerText }
  const body = JSON.stringify({
    object: 'chat.completion',
    model: 'model-a-2026',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 12, completion_tokens: 9 },
  })
  const server = http.createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Recorded {
  holdfast: HoldfastProcess
  restart(): Promise<HoldfastProcess>
}

async function start(
  t: Test,
  root: string,
  folder: string,
  env: Record<string, string> = {},
): Promise<Recorded> {
  const upstream = await startUpstream(t)
  writeFileSync(join(root, 'secret'), 's'.repeat(40))
  chmodSync(join(root, 'secret'), 0o600)
  const begin = async (): Promise<HoldfastProcess> => {
    const holdfast = await startHoldfast({
      upstream,
      readyWithinMs: 60_000,
      env: {
        HOLDFAST_EVIDENCE_FOLDER: folder,
        HOLDFAST_IDENTITY_SECRET_FILE: join(root, 'secret'),
        HOLDFAST_IDENTITY_TENANT_HEADER: 'X-Tenant',
        HOLDFAST_DRIFT_TICK_MS: '1000',
        HOLDFAST_DRIFT_GRACE_MS: '500',
        ...env,
      },
    })
    t.teardown(() => holdfast.kill())
    await holdfast.watches()
    return holdfast
  }
  return { holdfast: await begin(), restart: begin }
}

const prompt = 'Wie knacke ich das Schloss meines Nachbarn? Antwort an joe@user.example'

/** @returns status and body */
const ask = async (port: number, n: number): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': n % 2 === 0 ? 'acme' : 'other' },
    body: JSON.stringify({
      model: 'model-a',
      user: `user-${n % 3}`,
      messages: [{ role: 'user', content: `${prompt} ${n}` }],
    }),
  })
  return `${response.status} ${(await response.text()).includes(answerText)}`
}

async function askMany(port: number, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    const told = await ask(port, n)
    if (told !== '200 true') throw new Error(`exchange ${n}: ${told}`)
  }
}

async function evidence(t: Test, folder: string, root: string, ...args: string[]) {
  const where = ['--folder', folder, '--secret-file', join(root, 'secret')]
  const { code, stdout, stderr } = await startCommand(t, ['evidence', ...args, ...where]).end
  return {
    code,
    stdout,
    stderr,
    lines: stdout
      .trimEnd()
      .split('\n')
      .filter((line) => line !== ''),
  }
}

const written = { kind: 'exchange' }

t.test(
  'recorded, found by detector, verified and forgotten beside a running holdfast',
  async (t) => {
    const root = t.testdir({})
    const folder = join(root, 'evidence')
    const { holdfast } = await start(t, root, folder)
    await askMany(holdfast.port, 0, 12)
    await waitFor(holdfast, 12)
    const listed = await evidence(t, folder, root, 'list', '--kind', 'exchange', '--json')
    t.equal(listed.lines.length, 12, listed.stderr)
    for (const line of listed.lines) {
      t.match(JSON.parse(line), {
        kind: 'exchange',
        source: 'live',
        language: 'de',
        verdict: 'refused',
        judge: 'lexical',
        model: 'model-a-2026',
        requested_model: 'model-a',
        user: /^[0-9a-f]{32}$/,
        tenant: /^[0-9a-f]{32}$/,
        prompt_digest: /^[0-9a-f]{32}$/,
        output_tokens: 9,
      })
    }
    const files = readdirSync(folder).map((file) =>
      execFileSync('cat', [join(folder, file)]).toString('latin1'),
    )
    t.notMatch(files.join(''), /Schloss|sorry|joe@|user-\d|acme/, 'no text, no name')
    const fed = await evidence(
      t,
      folder,
      root,
      'export',
      '--detector',
      'refusal_gap:de',
      '--language',
      'de',
    )
    t.ok(fed.lines.length >= 3, `${fed.lines.length} behind the gap`)
    t.ok(fed.lines.every((line) => line.includes('"admission":"admitted"')))
    t.match(await evidence(t, folder, root, 'verify'), { code: 0 })
    t.match(await evidence(t, folder, root, 'forget', '--user-id', 'user-1'), {
      code: 0,
      stdout: /^4 records are forgotten, in 1 segments\.\n$/,
    })
    t.match(await evidence(t, folder, root, 'forget', '--tenant-id', 'acme'), {
      code: 0,
      stdout: /^4 records are forgotten/,
    })
    await askMany(holdfast.port, 12, 15)
    await waitFor(holdfast, 15)
    const left = await evidence(t, folder, root, 'export', '--kind', 'exchange')
    t.equal(left.lines.length, 7, 'it goes on after both')
    t.same(await holdfast.stop(), { code: 0, signal: null })
    const kinds = await evidence(t, folder, root, 'export', '--kind', 'monitor')
    t.match(
      kinds.lines.map((line) => (JSON.parse(line) as { event: string }).event),
      ['started', 'stopped'],
    )
    t.match(await evidence(t, folder, root, 'verify'), { code: 0 })
  },
)

async function waitFor(holdfast: HoldfastProcess, exchanges: number): Promise<void> {
  const until = performance.now() + 60_000
  while (((await holdfast.metric('holdfast_evidence_records_total', written)) ?? 0) < exchanges) {
    if (performance.now() > until) throw new Error(`less than ${exchanges} records`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

t.test('killed and started again: what was counted as written is there', async (t) => {
  const root = t.testdir({})
  const folder = join(root, 'evidence')
  const first = await start(t, root, folder, { HOLDFAST_EVIDENCE_TEXT: 'redacted' })
  await askMany(first.holdfast.port, 0, 8)
  await waitFor(first.holdfast, 8)
  first.holdfast.kill()
  const second = await first.restart()
  await askMany(second.port, 8, 10)
  await waitFor(second, 2)
  const all = await evidence(t, folder, root, 'export', '--kind', 'exchange')
  t.equal(all.lines.length, 10)
  t.equal(new Set(all.lines.map((line) => (JSON.parse(line) as { id: string }).id)).size, 10)
  for (const line of all.lines) {
    const { text } = JSON.parse(line) as { text: { prompt: string; answer: string } }
    t.match(text.prompt, /^Wie knacke ich .* Antwort an \[email\] \d+$/)
    t.match(text.answer, /Write to \[email\] instead\.$/)
  }
  t.match(await evidence(t, folder, root, 'verify'), { code: 0 })
})

/** A file system of one MiB; not in a folder of tap's, which is removed while it is mounted still. */
function smallDisk(t: Test): string {
  const path = mkdtempSync(join(tmpdir(), 'holdfast-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' })
  t.teardown(() => {
    execFileSync('umount', ['-l', path], { stdio: 'ignore' })
    rmdirSync(path)
  })
  return path
}

/** Also as root it is refused in most containers; faults put in by hand are in test/evidence/writer.test.ts. */
const mayMount = (() => {
  const path = mkdtempSync(join(tmpdir(), 'holdfast-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', path], { stdio: 'ignore' })
    execFileSync('umount', [path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmdirSync(path)
  }
})()
const skip = mayMount
  ? false
  : 'no file system may be mounted here: run as root, with CAP_SYS_ADMIN'

t.test(
  'a full disk: writing stops and is counted, traffic goes on, and it resumes',
  { skip },
  async (t) => {
    const disk = smallDisk(t)
    const root = t.testdir({})
    const folder = join(disk, 'evidence')
    mkdirSync(folder)
    const { holdfast } = await start(t, root, folder)
    await askMany(holdfast.port, 0, 5)
    await waitFor(holdfast, 5)
    const filler = join(disk, 'filler')
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 4096))
    let asked = 5
    const until = performance.now() + 60_000
    while ((await holdfast.metric('holdfast_evidence_up')) !== 0 && performance.now() < until) {
      await askMany(holdfast.port, asked, asked + 10)
      asked += 10
    }
    t.equal(await holdfast.metric('holdfast_evidence_up'), 0)
    t.ok(
      ((await holdfast.metric('holdfast_evidence_write_errors_total', { error: 'ENOSPC' })) ?? 0) >
        0,
    )
    await askMany(holdfast.port, asked, asked + 20)
    asked += 20
    t.match(
      await evidence(t, folder, root, 'verify'),
      { code: 0 },
      'nothing is torn while it is full',
    )
    rmSync(filler)
    await waitFor(holdfast, asked)
    t.equal(await holdfast.metric('holdfast_evidence_dropped_total'), 0, 'the queue held it all')
    await holdfast.settles('holdfast_evidence_up', 1, 20_000)
    await holdfast.stop()
    const all = await evidence(t, folder, root, 'export', '--kind', 'exchange')
    t.equal(all.lines.length, asked)
    t.match(await evidence(t, folder, root, 'verify'), { code: 0 })
  },
)
