import { checkFeeds } from '../../graph/feeds';
import type { Graph } from '../../graph/graph';
import type { GraphNode } from '../../graph/node';
import { saveGraph } from '../../graph/save';
import type { CompiledGraph, CompileOptions, Runtime } from '../runtime';
import { TorchConnection } from './connection';
import { partsOf, type Precision } from './messages';
import { describeTorch, probeTorch, type TorchProbe } from './python';

export interface TorchRuntimeOptions {
  readonly precision?: Precision;
  /** Threads within an operation; PyTorch's own choice when left out. */
  readonly threads?: number;
}

/** PyTorch in a Python process of its own, which serves all graphs of this runtime until `close`. */
export class TorchRuntime implements Runtime {
  readonly name: string;
  readonly label: string;
  private readonly server: TorchConnection;
  private count = 0;

  private constructor(
    readonly probe: TorchProbe,
    private readonly precision: Precision,
    threads: number | undefined,
  ) {
    this.name = `torch-${probe.device}`;
    this.label = describeTorch(probe);
    const limit = threads === undefined ? [] : ['--threads', String(threads)];
    this.server = TorchConnection.start(probe.python, ['--device', probe.device, ...limit]);
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
