// The list of parts of the packaged program (SBOM, CycloneDX): npm's own, without what only builds and tests it.
import { writeFileSync } from 'node:fs';
import { npm, tail } from '../setup/command.mjs';
import { SetupError } from '../setup/messages.mjs';
import { shippedPackages } from '../setup/shipped-packages.mjs';

/**
 * @typedef {{ name: string, version: string, type?: string, 'bom-ref': string, properties?: unknown }} Part
 * @typedef {{ components: Part[], dependencies: { ref: string, dependsOn?: string[] }[],
 *   metadata: { timestamp?: string, component: Part, properties?: unknown }, serialNumber?: string }} PartsList
 */

/** @param {string} file @param {{ name: string, version: string }} electron @param {string | null} date of the sources */
export async function writePartsList(file, electron, date) {
  const { ok, output } = await npm(['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--loglevel=error']);
  if (!ok) throw new SetupError(`npm could not list the parts:\n${tail(output)}`);
  writeFileSync(file, `${JSON.stringify(shippedParts(JSON.parse(output), electron, date), null, 2)}\n`);
}

/** @param {PartsList} all @param {{ name: string, version: string }} electron @param {string | null} date */
function shippedParts(all, { name, version }, date) {
  const shipped = new Set(shippedPackages().map((part) => `${part.name}@${part.version}`));
  const components = all.components.filter((part) => shipped.has(`${part.name}@${part.version}`));
  const kept = new Set([all.metadata.component['bom-ref'], ...components.map((part) => part['bom-ref'])]);
  const runtime = { 'bom-ref': `${name}@${version}`, type: 'framework', name, version };
  const dependencies = all.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((part) => kept.has(part)) }));
  // A number and a time of its own would make each list another one.
  const rest = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'serialNumber'));
  const metadata = { ...all.metadata, ...(date === null ? {} : { timestamp: date }) };
  return { ...rest, metadata, components: [...components, runtime], dependencies };
}
