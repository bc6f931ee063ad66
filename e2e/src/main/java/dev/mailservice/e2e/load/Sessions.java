package dev.mailservice.e2e.load;

/** How many messages a client's session carries. */
public enum Sessions {
  /** One; the next message has a session of its own. */
  ONE_MESSAGE_EACH,
  /** As many as there are, until the load ends or the session does. */
  KEPT
}
