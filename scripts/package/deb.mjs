// A Debian package of the unpacked program, by dpkg-deb alone.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  readdirSync,
} from 'node:fs';
import path from 'node:path';
import { onPath, run, tail } from '../setup/command.mjs';
import { SetupError } from '../setup/messages.mjs';
import { inCache, inRoot } from '../setup/paths.mjs';
import { LIBRARIES } from '../setup/system-packages.mjs';
import { ABOUT, EXECUTABLE, ICONS, ICON_SIZES, PROJECT_TYPE } from './configuration.mjs';

/** The package is called as the program. */
const NAME = EXECUTABLE;
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };
const DEPENDS = [...LIBRARIES.map((names) => names.join(' | ')), 'xdg-utils'];

/** @returns {string | undefined} why none can be made on this Linux */
export function debRefusal() {
  if (!(process.arch in ARCHITECTURES)) return `there is none for ${process.arch}`;
  return onPath('dpkg-deb') ? undefined : 'dpkg-deb is not installed';
}

/** The one of a version of the program, for the processor at hand. @param {string} output @param {string} version */
export const debFile = (output, version) => path.join(output, `${NAME}_${version}_${architectureName()}.deb`);

/** @param {{ unpacked: string, file: string, version: string, date: string | null }} made unpacked: electron-builder's folder */
export async function makeDeb({ unpacked, file, version, date }) {
  mkdirSync(inCache(), { recursive: true });
  const root = mkdtempSync(inCache('deb-'));
  try {
    // Made for its owner alone; it becomes the root of the system.
    chmodSync(root, 0o755);
    const program = path.join(root, 'usr', 'lib', NAME);
    mkdirSync(path.dirname(program), { recursive: true });
    cpSync(unpacked, program, { recursive: true, verbatimSymlinks: true });
    // Where ordinary users get no namespaces, Chromium's sandbox needs its helper to belong to root.
    const helper = path.join(program, 'chrome-sandbox');
    if (existsSync(helper)) chmodSync(helper, 0o4755);
    mkdirSync(path.join(root, 'usr', 'bin'), { recursive: true });
    symlinkSync(`../lib/${NAME}/${EXECUTABLE}`, path.join(root, 'usr', 'bin', EXECUTABLE));
    writeShare(path.join(root, 'usr', 'share'));
    write(path.join(root, 'DEBIAN', 'control'), control(version, kilobytesOf(root)));
    const env = date === null ? process.env : { ...process.env, SOURCE_DATE_EPOCH: String(Date.parse(date) / 1000) };
    const { ok, output } = await run('dpkg-deb', ['--build', '--root-owner-group', '-Zxz', '-z1', root, file], {
      env,
    });
    if (!ok) throw new SetupError(`The deb could not be made:\n${tail(output)}`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** @param {string} share usr/share */
function writeShare(share) {
  write(
    path.join(share, 'applications', `${NAME}.desktop`),
    `[Desktop Entry]
Type=Application
Name=${ABOUT.name}
Comment=${ABOUT.summary}
Comment[de]=Löcher in Fotos füllen
Exec=${EXECUTABLE} %f
Icon=${NAME}
Categories=Graphics;Photography;
Keywords=${ABOUT.keywords}
MimeType=${PROJECT_TYPE};
StartupWMClass=${ABOUT.name}
`,
  );
  write(
    path.join(share, 'mime', 'packages', `${NAME}.xml`),
    `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${PROJECT_TYPE}">
    <comment>${ABOUT.project}</comment>
    <comment xml:lang="de">Inpaint-Studio-Projekt</comment>
    <glob pattern="*.inpaint"/>
  </mime-type>
</mime-info>
`,
  );
  for (const size of ICON_SIZES.filter((side) => side <= 512)) {
    const folder = path.join(share, 'icons', 'hicolor', `${size}x${size}`);
    const icon = path.join(ICONS, `${size}x${size}.png`);
    for (const [kind, name] of [
      ['apps', NAME],
      ['mimetypes', PROJECT_TYPE.replace('/', '-')],
    ]) {
      mkdirSync(path.join(folder, kind), { recursive: true });
      cpSync(icon, path.join(folder, kind, `${name}.png`));
    }
  }
  mkdirSync(path.join(share, 'doc', NAME), { recursive: true });
  cpSync(inRoot('LICENSE'), path.join(share, 'doc', NAME, 'copyright'));
}

/** @param {string} version @param {number} size kilobytes */
function control(version, size) {
  return `Package: ${NAME}
Version: ${version}
Architecture: ${architectureName()}
Maintainer: The ${ABOUT.name} authors <nobody@invalid>
Installed-Size: ${size}
Depends: ${DEPENDS.join(', ')}
Section: graphics
Priority: optional
Description: ${ABOUT.summary}
 Paint a hole, say where patches may come from, and let a two-stage network
 or pieces of the photograph itself fill it. Works without a network.
`;
}

const architectureName = () => ARCHITECTURES[/** @type {keyof typeof ARCHITECTURES} */ (process.arch)] ?? process.arch;

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** @param {string} folder @returns {number} */
export function kilobytesOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const bytes = entries
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
  return Math.ceil(bytes / 1024);
}
