package dev.mailservice.e2e.loss;

/** What happens to a server in the middle of its work. */
public enum Disturbance {
  /** SIGKILL. */
  KILL,
  /** SIGTERM; clients go on until nobody answers. */
  TERMINATE,
  /** The next hop hangs up on everybody, is away for a moment and comes back. */
  NEXT_HOP_RESTART,
  /** The disk is full, and has room again later. */
  FULL_DISK,
  /**
   * The disk fails: the file system aborts its journal and is read-only from then on. Then the
   * server is killed and the disk comes back with what had reached it, as after a power cut.
   */
  READ_ONLY_DISK;

  /** Whether a successor has to take over. */
  boolean endsTheServer() {
    return this == KILL || this == TERMINATE || this == READ_ONLY_DISK;
  }

  /** Whether only root can do it. */
  boolean needsRoot() {
    return this == FULL_DISK || this == READ_ONLY_DISK;
  }
}
