import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { StudioError } from '../../../shared/errors';
import { checkFeeds } from '../../graph/feeds';
import type { Graph } from '../../graph/graph';
import type { GraphNode } from '../../graph/node';
import { saveGraph } from '../../graph/save';
import type { CompiledGraph, CompileOptions, Runtime, Values } from '../runtime';
import { type Answer, AnswerReader, encodeRequest, partsOf, type Precision, type Request } from './messages';
import { clusterFolder, describeTorch, probeTorch, QUIETLY, type TorchProbe } from './python';

export interface TorchRuntimeOptions {
  readonly precision?: Precision;
  /** Threads within an operation; PyTorch's own choice when left out. */
  readonly threads?: number;
}

/** PyTorch in a Python process of its own, which serves all graphs of this runtime until `close`. */
export class TorchRuntime implements Runtime {
  readonly name: string;
  readonly label: string;
  private readonly server: TorchServer;
  private count = 0;

  private constructor(
    readonly probe: TorchProbe,
    private readonly precision: Precision,
    threads: number | undefined,
  ) {
    this.name = `torch-${probe.device}`;
    this.label = describeTorch(probe);
    const limit = threads === undefined ? [] : ['--threads', String(threads)];
    this.server = new TorchServer(probe.python, ['--device', probe.device, ...limit]);
  }

  /** @throws StudioError `runtime-unavailable` when there is no Python with PyTorch */
  static async open({ precision = 'fp32', threads }: TorchRuntimeOptions = {}): Promise<TorchRuntime> {
    return new TorchRuntime(await probeTorch(), precision, threads);
  }

  async compile(graph: Graph, { fixed = {} }: CompileOptions = {}): Promise<CompiledGraph> {
    const inputs = graph.reachable().filter((node): node is GraphNode<'input'> => node.op === 'input');
    const isFixed = ({ attributes }: GraphNode<'input'>): boolean => Object.hasOwn(fixed, attributes.name);
    checkFeeds(graph, inputs.filter(isFixed), fixed);
    const fed = inputs.filter((input) => !isFixed(input));
    const number = ++this.count;
    const { server, precision } = this;
    await server.ask({ do: 'compile', graph: number, data: saveGraph(graph), precision, fixed: partsOf(fixed) }, fixed);
    let disposed = false;
    return {
      run: async (feeds) => {
        if (disposed) throw new Error('the compiled graph has been disposed of');
        const twice = Object.keys(feeds).find((name) => Object.hasOwn(fixed, name));
        if (twice !== undefined) throw new Error(`the input "${twice}" is fixed and cannot be fed`);
        checkFeeds(graph, fed, feeds);
        const needed = Object.fromEntries(fed.map(({ attributes: { name } }) => [name, feeds[name]]));
        return server.ask({ do: 'run', graph: number, feeds: partsOf(needed) }, needed);
      },
      dispose: async () => {
        if (!disposed && server.running) await server.ask({ do: 'dispose', graph: number }, {});
        disposed = true;
      },
    };
  }

  /** Ends the process. Graphs compiled by this runtime cannot run afterwards. */
  close(): void {
    this.server.close();
  }
}

interface Waiting {
  readonly resolve: (values: Answer['values']) => void;
  readonly reject: (error: Error) => void;
}

/** cluster/serve.py, which answers requests in their order. */
class TorchServer {
  private readonly child: ChildProcess;
  private readonly waiting: Waiting[] = [];
  private readonly reader = new AnswerReader();
  /** Why it cannot be asked any more. */
  private ended: string | null = null;

  constructor(python: string, options: readonly string[]) {
    this.child = spawn(python, [...QUIETLY, path.join(clusterFolder(), 'serve.py'), ...options], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => this.receive(chunk));
    this.child.stdin?.on('error', () => undefined); // its end is reported by 'exit'
    this.child.on('error', (error) => this.end(`it cannot be started: ${error.message}`));
    this.child.on('exit', (code, signal) => this.end(`it ended (${signal ?? `exit code ${code}`})`));
  }

  get running(): boolean {
    return this.ended === null;
  }

  ask(request: Request, values: Values): Promise<Answer['values']> {
    if (this.ended !== null) return Promise.reject(stopped(this.ended));
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      for (const piece of encodeRequest(request, values)) this.child.stdin?.write(piece);
    });
  }

  close(): void {
    this.end('it was closed');
    this.child.kill();
  }

  private receive(chunk: Buffer): void {
    for (const { header, values } of this.reader.push(chunk)) {
      const asked = this.waiting.shift();
      if (header.ok) asked?.resolve(values);
      else asked?.reject(new Error(`PyTorch: ${header.message}`));
    }
  }

  private end(why: string): void {
    this.ended ??= why;
    for (const { reject } of this.waiting.splice(0)) reject(stopped(this.ended));
  }
}

function stopped(why: string): StudioError {
  return new StudioError({
    code: 'engine-stopped',
    message: `The PyTorch process is not there: ${why}.`,
    remedy: 'Try again.',
  });
}
