import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { SHELLS } from './shells';
import { runCli } from './testing/program';

/** Commands and options of the program, read from its own help. */
async function helpOf(...command: string[]): Promise<string[]> {
  const { output } = await runCli([...command, '--help']);
  return [...output.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option);
}

describe('completion and manual page', () => {
  it.each(SHELLS)('%s is offered every option that --help shows', async (shell) => {
    const { code, output } = await runCli(['completion', shell]);
    expect(code).toBe(0);
    const written = (option: string) => (shell === 'fish' ? `-l ${option.slice(2)} ` : option);
    for (const option of ['--mask', '--manner', '--progress', '--variants']) expect(output).toContain(written(option));
    for (const command of ['inpaint', 'models', 'import', 'checkpoints']) expect(output).toContain(command);
  });

  it('the manual page names every option of inpaint and of models import', async () => {
    const { output } = await runCli(['man']);
    const page = output.replaceAll('\\-', '-');
    const options = [...(await helpOf('inpaint')), ...(await helpOf('models', 'import'))];
    expect(options.length).toBeGreaterThan(40);
    // Of help and version, and of what examples and describing words say, only the former are options everywhere.
    const unknown = options.filter((option) => !page.includes(option) && option !== '--version');
    expect(unknown).toEqual([]);
    expect(page).toContain('.TP\n.B 130\n');
  });

  it.runIf(process.platform !== 'win32')('bash completes commands, what is below them, and choices', async () => {
    const { output } = await runCli(['completion', 'bash']);
    const complete = (...words: string[]): string[] => {
      const quoted = words.map((word) => `'${word}'`).join(' ');
      const script = `${output}\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _inpaint_studio; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
      expect(stderr).toBe('');
      return stdout.split('\n').filter((word) => word !== '');
    };
    expect(complete('inpaint-studio', 'ch')).toEqual(['checkpoints']);
    expect(complete('inpaint-studio', 'models', 'im')).toEqual(['import']);
    expect(complete('inpaint-studio', 'inpaint', '--manner', 're')).toEqual(['remove', 'restore']);
    expect(complete('inpaint-studio', 'inpaint', '--over')).toEqual(['--overwrite']);
    // A value of its own kind, or a file, for which the shell's own completion stands.
    expect(complete('inpaint-studio', 'inpaint', '--mask', '')).toEqual([]);
  });
});
