/** What the system says of a file, by its own code (errno(3)), as a reason that a person can act on. */

interface SystemError {
  readonly code: string;
  /** The file concerned; empty: the system named none. */
  readonly path: string;
}

/** What is thrown by a call of the system, which says its code and the call; null for anything else. */
export function systemErrorOf(thrown: unknown): SystemError | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('syscall' in thrown)) return null;
  const { code } = thrown;
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return null;
  return { code, path: 'path' in thrown && typeof thrown.path === 'string' ? thrown.path : '' };
}

/** The reason for it, whatever was done with the file. */
export function reasonOfSystem({ code, path }: SystemError) {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return path === '' ? 'trouble-with-file' : 'no-room-left';
    case 'ENOENT':
    case 'ENOTDIR':
      return path === '' ? 'trouble-with-file' : 'no-such-file';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'may-not-be-used';
    case 'EMFILE':
    case 'ENFILE':
      return 'too-many-files-open';
    default:
      return 'trouble-with-file';
  }
}
