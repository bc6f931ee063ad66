package dev.mailservice.maincf.table;

/** Whether keys are looked up in lower case. */
public enum Folding {
  /** As written: match lists, which fold the key themselves, and tables on request. */
  NONE,
  /** Keys of fixed tables are folded, in the table and when looked up: smtpd(8)'s own maps. */
  FIXED
}
