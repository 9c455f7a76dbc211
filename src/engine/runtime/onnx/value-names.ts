import type { Shape } from '../../graph/shape';
import { type ModelBuilder, NCHWC } from './builder';

/** What an emitter makes: a value in the graph's own layout, or one in ONNX Runtime's blocks of channels. */
export type Emitted = string | { readonly blocked: string };

/**
 * The ONNX names of a graph's values. A picture may exist in three layouts, each made when it is first asked for:
 * plain (N,C,H,W); channels last (N,H,W,C); and blocked (N,C/b,H,W,b), which ONNX Runtime's direct convolutions work on and
 * which has C filled up to a multiple of b.
 */
export class ValueNames {
  private readonly plain = new Map<number, string>();
  private readonly blocked = new Map<number, string>();
  private readonly last = new Map<number, string>();

  constructor(
    private readonly builder: ModelBuilder,
    private readonly shapeOf: (id: number) => Shape,
  ) {}

  set(id: number, value: Emitted): void {
    if (typeof value === 'string') this.plain.set(id, value);
    else this.blocked.set(id, value.blocked);
  }

  /** Whether to compute number by number in blocks: where that takes no more reordering of the operands than the plain way. */
  prefersBlocks(operands: readonly number[]): boolean {
    const missing = (names: ReadonlyMap<number, string>): number => operands.filter((id) => !names.has(id)).length;
    const [blocked, plain] = [missing(this.blocked), missing(this.plain)];
    // ONNX Runtime reorders fours of channels.
    const possible = operands.every((id) => this.blocked.has(id) || this.shapeOf(id)[1] % 4 === 0);
    return possible && blocked < operands.length && blocked <= plain;
  }

  plainName(id: number): string {
    return this.made(this.plain, id, () => {
      const blocked = this.blocked.get(id);
      if (blocked === undefined) throw new Error(`node ${id} is used before it is made`);
      return this.builder.op('ReorderOutput', [blocked], { channels: this.shapeOf(id)[1] }, { domain: NCHWC });
    });
  }

  blockedName(id: number): string {
    return this.made(this.blocked, id, () =>
      this.builder.op('ReorderInput', [this.plainName(id)], {}, { domain: NCHWC }),
    );
  }

  channelsLastName(id: number): string {
    return this.made(this.last, id, () => {
      const blocked = this.blocked.get(id);
      if (blocked === undefined) return this.builder.op('Transpose', [this.plainName(id)], { perm: [0, 2, 3, 1] });
      const attributes = { channels: this.shapeOf(id)[1], channels_last: 1 };
      return this.builder.op('ReorderOutput', [blocked], attributes, { domain: NCHWC });
    });
  }

  private made(names: Map<number, string>, id: number, make: () => string): string {
    const known = names.get(id);
    if (known !== undefined) return known;
    const name = make();
    names.set(id, name);
    return name;
  }
}
