/**
 * Carries out the steps of the Dockerfile without an engine: a folder for each stage, COPY and RUN in
 * their order. RUN is given the environment of a build, not the one of the tests.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Instruction, Stage } from './dockerfile.ts'

const run = promisify(execFile)
const outputBytesMax = 64 * 1024 * 1024

/** What .dockerignore lets through: it denies all and names the rest. */
const allowed = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1))

/** @returns the folder of each stage, by name */
export async function buildStages(
  stages: readonly Stage[],
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const folders = new Map(stages.map(({ name }) => [name, join(folder, name)]))
  // As BuildKit does: a stage waits for those it copies from and for no other.
  const ends = new Map<string, Promise<void>>()
  for (const stage of stages) {
    const needed = stage.instructions.flatMap(({ word, rest }) => {
      const end = word === 'COPY' ? ends.get(originOf(rest) ?? '') : undefined
      return end === undefined ? [] : [end]
    })
    ends.set(
      stage.name,
      Promise.all(needed).then(() => carryOut(stage, folders)),
    )
  }
  await Promise.all(ends.values())
  return folders
}

async function carryOut(stage: Stage, folders: ReadonlyMap<string, string>): Promise<void> {
  const root = folders.get(stage.name) ?? ''
  mkdirSync(root, { recursive: true })
  for (const instruction of stage.instructions) await step(instruction, root, folders)
}

/** The stage that a COPY is from; undefined: the project. */
const originOf = (rest: string): string | undefined => /^--from=(\S+)/.exec(rest)?.[1]

async function step(
  { word, rest }: Instruction,
  root: string,
  folders: ReadonlyMap<string, string>,
): Promise<void> {
  if (word === 'COPY') return copy(rest, root, folders)
  if (word !== 'RUN') return
  // `env -i`: what the test runner puts into every child would be loaded by npm and tsc too.
  const command = ['-i', ...kept(process.env), ...rest.split(' ')]
  await run('env', command, { cwd: root, maxBuffer: outputBytesMax })
}

const kept = (env: NodeJS.ProcessEnv): string[] =>
  ['PATH', 'HOME', 'npm_config_registry'].flatMap((name) =>
    env[name] === undefined ? [] : [`${name}=${env[name]}`],
  )

function copy(rest: string, root: string, folders: ReadonlyMap<string, string>): void {
  const words = rest.split(' ')
  const origin = originOf(rest)
  const from = origin === undefined ? undefined : folders.get(origin)
  const sources = from === undefined ? words.slice(0, -1) : words.slice(1, -1)
  const target = join(root, words.at(-1) ?? '')
  for (const source of sources) {
    if (from === undefined && !allowed.includes(source)) {
      throw new Error(`${source} is kept back by .dockerignore`)
    }
    const path = from === undefined ? source : join(from, source.replace(/^\/app\//, ''))
    // A folder is copied as the target; files go into the folder that the target names.
    const isFolder = statSync(path).isDirectory()
    cpSync(path, isFolder ? target : join(target, basename(path)), { recursive: true })
  }
}
