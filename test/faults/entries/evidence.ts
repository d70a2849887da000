/** Faults of the disk under the evidence: F17, F18. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyEvidence } from '../../../src/evidence/verify.ts'
import type { Fault, Scenario } from '../fault.ts'
import { pause } from '../support/load.ts'
import type { Scene } from '../support/scene.ts'

const folderOf = (scene: Scene): string => join(scene.folder, 'evidence')

const evidenceSettings = (scene: Scene): Readonly<Record<string, string>> => ({
  HOLDFAST_EVIDENCE_FOLDER: folderOf(scene),
  HOLDFAST_EVIDENCE_BYTES_MAX: '4194304',
  HOLDFAST_EVIDENCE_SEGMENT_BYTES: '1048576',
})

function run(...[command = '', ...args]: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

/** A file system of 2 MB, which the run fills and frees. */
function mountSmall(scene: Scene): void {
  const folder = folderOf(scene)
  mkdirSync(folder)
  run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'holdfast-faults', folder)
  scene.onEnd(() => run('umount', folder))
}

const synced = (scene: Scene): Promise<number> => scene.metric('holdfast_evidence_records_total')
const isUp = (scene: Scene, up: number) => async () =>
  (await scene.metric('holdfast_evidence_up')) === up

/** Records come again within 10 s, and every byte that is on the disk can be read. */
async function recovers(scene: Scene, error: string): Promise<void> {
  const failed = await failures(scene, error)
  await scene.until('I5: evidence_up is 1 again', isUp(scene, 1), 60_000)
  const before = await synced(scene)
  await scene.until('records are written again', async () => (await synced(scene)) > before, 30_000)
  const dropped = await scene.metric('holdfast_evidence_dropped_total')
  const { segments } = await verifyEvidence(folderOf(scene))
  const torn = segments.flatMap(({ file, faults }) =>
    faults.map(({ at, what }) => `${file} ${at} ${what}`),
  )
  scene.expect(torn.length === 0, `I7: ${torn.slice(0, 3).join(', ')}`)
  scene.note(
    `${failed} ${error}, ${dropped} records dropped, ${await synced(scene)} synced; verified`,
  )
}

const failures = (scene: Scene, error: string): Promise<number> =>
  scene.metric('holdfast_evidence_write_errors_total', { error })

/** Another file takes all the room there is. @returns that file */
function fill(scene: Scene): string {
  const filler = join(folderOf(scene), 'of-somebody-else')
  try {
    writeFileSync(filler, Buffer.alloc(2 << 20, 'a'))
  } catch {
    // Full: as it is meant to be.
  }
  return filler
}

/**
 * A file that is open for writing keeps a file system from turning read-only, and the writer has one open
 * all the time. Without room it gives that up, and the kernel agrees.
 */
async function turnReadOnly(scene: Scene): Promise<void> {
  const folder = folderOf(scene)
  fill(scene)
  await scene.until(
    'the file system turns read-only',
    async () => spawnSync('mount', ['-o', 'remount,ro', folder]).status === 0,
    20_000,
  )
  let code: unknown
  try {
    writeFileSync(join(folder, 'of-nobody'), 'a')
  } catch (error) {
    code = error instanceof Error && 'code' in error ? error.code : undefined
  }
  scene.injected(
    code === 'EROFS' ? 1 : 0,
    `read-only file system: a write of our own ended with ${String(code)}`,
  )
}

const counted = (scene: Scene, error: string): Promise<void> =>
  scene.until(`I5: ${error} is counted`, async () => (await failures(scene, error)) > 0, 20_000)

const straceLog = (scene: Scene): string => join(scene.folder, 'strace.log')

/** By what strace says of each call that it changed. */
const injectedCalls = (scene: Scene, mark: string): number =>
  readFileSync(straceLog(scene), 'utf8').split(mark).length - 1

/** Node under strace, which lets chosen calls fail and keeps the process its own. */
const injected = (variant: string, inject: string, error: string | undefined): Scenario => ({
  variant,
  needs: ['strace'],
  async settings(scene) {
    scene.wrap([
      `exec strace -D -f -qq -o ${straceLog(scene)} -e trace=fsync,fdatasync -e inject=fsync,fdatasync:${inject} ${process.execPath} "$@"`,
    ])
    return evidenceSettings(scene)
  },
  async run(scene) {
    if (error === undefined) {
      const before = await synced(scene)
      await pause(6000 * scene.scale.factor + 1000)
      const late = injectedCalls(scene, '(DELAYED)')
      scene.injected(late, 'calls of fsync that took 2 s')
      scene.note(`${late} calls late, ${(await synced(scene)) - before} records synced meanwhile`)
      return
    }
    await counted(scene, error)
    scene.injected(injectedCalls(scene, '(INJECTED)'), `calls of fsync that ended with ${error}`)
    await recovers(scene, error)
  },
})

export const evidenceFaults: readonly Fault[] = [
  {
    id: 'F17',
    name: 'the disk of the evidence is full',
    injects: 'a file system of 2 MB is filled by another file, which is then removed',
    promise:
      'traffic untouched; evidence stops and resumes within 10 s; no torn record; what was not written is counted',
    observe: 'evidence_up; evidence_write_errors_total{error="ENOSPC"}; every byte of the folder',
    tests: [
      {
        file: 'test/evidence/writer.test.ts',
        title: 'a disk that fills up in the middle of a record leaves no half of it',
      },
    ],
    scenarios: [
      {
        variant: 'filled and freed',
        needs: ['mount'],
        sets: ['smoke', 'commit'],
        async settings(scene) {
          mountSmall(scene)
          return evidenceSettings(scene)
        },
        async run(scene) {
          await scene.until('records are written', async () => (await synced(scene)) > 0, 20_000)
          const filler = fill(scene)
          await counted(scene, 'ENOSPC')
          scene.injected(await failures(scene, 'ENOSPC'), 'writes without room')
          await scene.until('I5: evidence_up falls to 0', isUp(scene, 0), 10_000)
          await pause(2000 * scene.scale.factor)
          rmSync(filler)
          await recovers(scene, 'ENOSPC')
        },
      },
    ],
  },
  {
    id: 'F18',
    name: 'the disk of the evidence fails',
    injects:
      'a file system that turns read-only; fsync that fails with EIO or takes 2 s; a folder that is moved away',
    promise: 'as F17',
    observe: 'evidence_write_errors_total{error}',
    tests: [
      {
        file: 'test/evidence/writer.test.ts',
        title: 'a segment that is removed under the writer costs nothing of the batch',
      },
    ],
    scenarios: [
      {
        variant: 'read-only',
        needs: ['mount'],
        async settings(scene) {
          mountSmall(scene)
          return evidenceSettings(scene)
        },
        async run(scene) {
          await scene.until('records are written', async () => (await synced(scene)) > 0, 20_000)
          await turnReadOnly(scene)
          await counted(scene, 'EROFS')
          scene.injected(await failures(scene, 'EROFS'), 'writes that EROFS ended')
          run('mount', '-o', 'remount,rw', folderOf(scene))
          rmSync(join(folderOf(scene), 'of-somebody-else'), { force: true })
          await recovers(scene, 'EROFS')
        },
      },
      injected('fsync fails with EIO', 'error=EIO:when=3', 'EIO'),
      injected('fsync takes 2 s', 'delay_enter=2000000', undefined),
      {
        variant: 'moved away',
        settings: async (scene) => evidenceSettings(scene),
        async run(scene) {
          await scene.until('records are written', async () => (await synced(scene)) > 0, 20_000)
          renameSync(folderOf(scene), `${folderOf(scene)}-moved`)
          await pause(3000 * scene.scale.factor + 1000)
          scene.injected(existsSync(`${folderOf(scene)}-moved`) ? 1 : 0, 'folders moved away')
          const before = await synced(scene)
          await scene.until(
            'records are written again',
            async () => (await synced(scene)) > before,
            40_000,
          )
          scene.note(`${await synced(scene)} records synced, in a folder that was made anew`)
        },
      },
    ],
  },
]
