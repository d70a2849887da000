/**
 * Writes a CycloneDX bill of materials of what runs in production, from package-lock.json. npm's own
 * `--omit dev` leaves out packages that production and the tests share, so npm is shown a project
 * without tests.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))
const { devDependencies: _, scripts: __, ...project } = read('package.json')
const lock = read('package-lock.json')
const { devDependencies: ___, ...root } = lock.packages['']
const packages = Object.fromEntries(
  Object.entries(lock.packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true,
  ),
)

const temporary = mkdtempSync(join(tmpdir(), 'sbom-'))
// npm names the whole after the folder.
const folder = join(temporary, project.name)
mkdirSync(folder)
try {
  const write = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value))
  write('package.json', project)
  write('package-lock.json', { ...lock, packages: { '': root, ...packages } })
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application']
  const bill = execFileSync('npm', [...args, '--package-lock-only'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  process.stdout.write(bill)
} finally {
  rmSync(temporary, { recursive: true })
}
