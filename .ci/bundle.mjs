/**
 * Builds dist: one file for the process, one for the monitor thread, and the licences of the packages
 * that are in them. As files of their own they are about two thousand, and opening those takes longer
 * than running them.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const { peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'))

rmSync('dist', { recursive: true, force: true })
const options = {
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Packages that an operator may bring: they are looked for when they are configured.
  external: Object.keys(peerDependencies),
  // Most packages are CommonJS.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
}
const outputs = await Promise.all([
  // A command's own modules are read when it is asked for.
  build({ ...options, entryPoints: ['src/cli.ts'], splitting: true }),
  // A thread that is ended while it loads leaves the files open that it has not read: here one at most.
  build({ ...options, entryPoints: ['src/monitor/thread.ts'] }),
])

/** The folders of the packages whose code is in what was built. */
const folders = new Set(
  outputs.flatMap(({ metafile }) =>
    Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
  ),
)
const licences = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file))
  const texts = files.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim())
  return [`${name} ${version}: ${license}`, ...texts].join('\n\n')
})
writeFileSync('dist/licences.txt', `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`)
