package dev.mailservice.smtpd.reference;

/** An SMTP server that dialogues are held with. */
interface Server {
  /** Holds the dialogue, with its options; what its client heard. Safe for several threads. */
  Transcript play(Dialogue dialogue);
}
