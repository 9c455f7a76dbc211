/** A check of this computer in words, in every language: for the terminal, the window and the clipboard. */
import type { Language } from './language';
import type { ComputerCheck } from './protocol/computer';

/** Less free space than that, megabytes: a large picture's session may not fit. */
const LITTLE_SPACE = 2000;
/** What is still the same fill: rounding of other arithmetic, of 255. */
const SAME_FILL = 2;

type Provider = ComputerCheck['providers'][number];

const WORDS = {
  en: {
    program: (version: string, commit: string | null) =>
      `Inpaint Studio ${version}${commit === null ? '' : ` (${commit.slice(0, 9)})`}`,
    system: 'System',
    memory: (all: string, free: string) => `${all} GB of memory, ${free} GB of it free`,
    cores: (count: number) => `${count} cores`,
    providers: 'What fills can run on',
    chosen: 'chosen',
    times: (at256: string, at512: string) => `a generator takes ${at256} ms at 256 pixels and ${at512} ms at 512`,
    fill: (seconds: string) => `filled a hole in ${seconds} s`,
    same: 'the same as the CPU’s fill',
    differs: (levels: string) => `differs from the CPU’s fill by ${levels} of 255: please report it`,
    noFill: (why: string) => `could not fill: ${why}`,
    refused: (why: string) => `not used: ${why}`,
    absent: 'not part of this installation',
    nothing: 'Nothing can be used: fills are not possible here.',
    disk: 'Disk',
    data: 'for models and open pictures',
    temporary: 'for temporary files',
    free: (gigabytes: string) => `${gigabytes} GB free`,
    little: 'that is little for large pictures',
    unknown: 'cannot be told',
    models: 'Models',
    noModel: 'The default model is missing: install the program again.',
    display: 'Display',
    displays: {
      x11: 'X11',
      wayland: 'Wayland',
      system: 'the system’s',
      none: 'none: the window needs one, the command line does not',
    },
    fonts: (count: number) => `${count} font families`,
    noFonts: 'No fonts: install a package such as fonts-dejavu-core, or the window shows no text.',
    remedies: {
      cuda: 'For an NVIDIA card: install its driver, CUDA 12 and cuDNN 9, then run onnxruntime-node’s script/install.js with ONNXRUNTIME_NODE_INSTALL=cuda12.',
      webgpu:
        'Install the graphics driver: on Linux with Vulkan (mesa-vulkan-drivers, or NVIDIA’s), on Windows with DirectX 12.',
      dml: 'It needs Windows 10 or later and a driver for DirectX 12.',
      coreml: 'It needs macOS 12 or later.',
    },
  },
  de: {
    program: (version: string, commit: string | null) =>
      `Inpaint Studio ${version}${commit === null ? '' : ` (${commit.slice(0, 9)})`}`,
    system: 'System',
    memory: (all: string, free: string) => `${all} GB Arbeitsspeicher, davon ${free} GB frei`,
    cores: (count: number) => `${count} Kerne`,
    providers: 'Worauf Füllungen rechnen können',
    chosen: 'gewählt',
    times: (at256: string, at512: string) => `ein Generator braucht ${at256} ms bei 256 Pixeln und ${at512} ms bei 512`,
    fill: (seconds: string) => `hat ein Loch in ${seconds} s gefüllt`,
    same: 'genauso wie der Prozessor',
    differs: (levels: string) => `weicht von der Füllung des Prozessors um ${levels} von 255 ab: bitte melden`,
    noFill: (why: string) => `konnte nicht füllen: ${why}`,
    refused: (why: string) => `nicht benutzt: ${why}`,
    absent: 'nicht Teil dieser Installation',
    nothing: 'Nichts davon ist benutzbar: Füllen ist hier nicht möglich.',
    disk: 'Festplatte',
    data: 'für Modelle und offene Bilder',
    temporary: 'für vorübergehende Dateien',
    free: (gigabytes: string) => `${gigabytes} GB frei`,
    little: 'das ist wenig für große Bilder',
    unknown: 'lässt sich nicht feststellen',
    models: 'Modelle',
    noModel: 'Das Standardmodell fehlt: das Programm neu installieren.',
    display: 'Anzeige',
    displays: {
      x11: 'X11',
      wayland: 'Wayland',
      system: 'die des Systems',
      none: 'keine: das Fenster braucht eine, die Befehlszeile nicht',
    },
    fonts: (count: number) => `${count} Schriftfamilien`,
    noFonts: 'Keine Schriften: ein Paket wie fonts-dejavu-core installieren, sonst zeigt das Fenster keinen Text.',
    remedies: {
      cuda: 'Für eine NVIDIA-Karte: Treiber, CUDA 12 und cuDNN 9 installieren, dann script/install.js von onnxruntime-node mit ONNXRUNTIME_NODE_INSTALL=cuda12 ausführen.',
      webgpu:
        'Den Grafiktreiber installieren: unter Linux mit Vulkan (mesa-vulkan-drivers, oder den von NVIDIA), unter Windows mit DirectX 12.',
      dml: 'Dafür braucht es Windows 10 oder neuer und einen Treiber für DirectX 12.',
      coreml: 'Dafür braucht es macOS 12 oder neuer.',
    },
  },
} as const satisfies Record<Language, object>;

/** What could be used on a system, whether this installation brings it or not. */
const POSSIBLE: Readonly<Record<string, readonly (keyof (typeof WORDS)['en']['remedies'])[]>> = {
  linux: ['webgpu', 'cuda'],
  win32: ['webgpu', 'dml'],
  darwin: ['webgpu', 'coreml'],
};

/** Whether fills are possible. */
export function canFill({ chosen, models }: ComputerCheck): boolean {
  return chosen !== null && models.usable.includes('default');
}

export function computerReport(check: ComputerCheck, language: Language): string {
  const { program, system, providers, disk, models, display, fonts } = check;
  const words = WORDS[language];
  const number = (value: number, digits: number) =>
    value.toLocaleString(language === 'de' ? 'de-DE' : 'en-GB', { maximumFractionDigits: digits, useGrouping: false });
  const gigabytes = (megabytes: number) => number(megabytes / 1024, 1);
  const space = (megabytes: number | null) =>
    megabytes === null
      ? words.unknown
      : `${words.free(gigabytes(megabytes))}${megabytes < LITTLE_SPACE ? ` (${words.little})` : ''}`;

  const provider = (one: Provider): string => {
    const name = one.provider === check.chosen ? `${one.provider} (${words.chosen})` : one.provider;
    if (one.label === null) return `${name}: ${words.refused(one.reason)}.${remedy(one.provider)}`;
    const times = words.times(number(one.at256 ?? 0, 0), number(one.at512 ?? 0, 0));
    return `${name}: ${one.label}; ${times}; ${filled(one)}`;
  };
  const filled = ({ fill, fillReason }: Provider): string => {
    if (fill === null) return words.noFill(fillReason);
    const done = words.fill(number(fill.seconds, 1));
    if (fill.difference === null) return done;
    return `${done}, ${fill.difference <= SAME_FILL ? words.same : words.differs(number(fill.difference, 1))}`;
  };
  const remedy = (name: string): string => {
    const known = (POSSIBLE[system.platform] ?? []).find((one) => one === name);
    return known === undefined ? '' : ` ${words.remedies[known]}`;
  };
  const absent = (POSSIBLE[system.platform] ?? [])
    .filter((name) => !providers.some((one) => one.provider === name))
    .map((name) => `${name}: ${words.absent}.${remedy(name)}`);

  const engines = [`Node ${program.node}`, ...(program.electron === null ? [] : [`Electron ${program.electron}`])];
  return section([
    [words.program(program.version, program.commit), [`${engines.join(', ')}`]],
    [
      words.system,
      [
        `${system.platform} ${system.release}, ${system.architecture}`,
        `${system.processor}, ${words.cores(system.cores)}`,
        words.memory(gigabytes(system.memory), gigabytes(system.freeMemory)),
      ],
    ],
    [words.providers, [...providers.map(provider), ...absent, ...(check.chosen === null ? [words.nothing] : [])]],
    [words.disk, [`${words.data}: ${space(disk.data)}`, `${words.temporary}: ${space(disk.temporary)}`]],
    [words.models, [...models.usable, ...models.broken, ...(models.usable.includes('default') ? [] : [words.noModel])]],
    [
      words.display,
      [words.displays[display], ...(fonts === null ? [] : [fonts === 0 ? words.noFonts : words.fonts(fonts)])],
    ],
  ]);
}

function section(parts: readonly (readonly [string, readonly string[]])[]): string {
  return parts.map(([head, lines]) => [head, ...lines.map((line) => `  ${line}`)].join('\n')).join('\n\n');
}
