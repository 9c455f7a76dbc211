import { openPicture } from '../image/read-picture';
import { type WholePicture, wholePicture } from './whole-picture';

/** The photograph that comes with the program, where no picture is open; decoded when it is first looked at. */
export class SamplePicture {
  private decoded: Promise<WholePicture> | null = null;

  constructor(private readonly path: string) {}

  /** Errors: those of `readPicture`. */
  whole(): Promise<WholePicture> {
    this.decoded ??= openPicture(this.path).then((opened) => wholePicture(opened, this.path));
    return this.decoded;
  }
}
