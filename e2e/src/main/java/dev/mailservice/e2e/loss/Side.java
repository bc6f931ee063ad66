package dev.mailservice.e2e.loss;

import java.io.IOException;
import java.nio.file.Path;

/** Which server is tried. */
public enum Side {
  /** This project's. */
  SMTPD {
    @Override
    MailServer start(Path project, MailServer.Setting setting)
        throws IOException, InterruptedException {
      return Smtpd.start(project, setting);
    }
  },
  /** Debian's. */
  POSTFIX {
    @Override
    MailServer start(Path project, MailServer.Setting setting)
        throws IOException, InterruptedException {
      return Postfix.start(project, setting);
    }
  };

  /** Starts one and waits until it serves. */
  abstract MailServer start(Path project, MailServer.Setting setting)
      throws IOException, InterruptedException;

  /** Whether a round can be had with it: Postfix's maildirs are behind a queue. */
  boolean plays(RoundPlan plan) {
    return this == SMTPD || plan.store() != Store.MAILDIR;
  }
}
