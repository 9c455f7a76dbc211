/** What is used of libheif-js, whose own types are those of the parts inside: https://github.com/catdad-experiments/libheif-js */
declare module 'libheif-js/libheif-wasm/libheif-bundle.js' {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    display(
      into: { data: Uint8ClampedArray; width: number; height: number },
      done: (data: object | null) => void,
    ): void;
  }
  interface LibHeif {
    readonly HeifDecoder: new () => { decode(bytes: Uint8Array): readonly HeifImage[] };
  }
  /** Starts a library of its own, with memory of its own. */
  export default function create(): LibHeif;
}
