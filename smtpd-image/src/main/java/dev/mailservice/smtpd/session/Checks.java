package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.List;
import java.util.Optional;

/** The restrictions of one session, at the places of the dialogue where they are asked. */
interface Checks {
  Optional<Reply> connect(Inquiry inquiry);

  Optional<Reply> greeting(Inquiry inquiry);

  Optional<Reply> sender(Inquiry inquiry);

  Optional<Reply> recipient(Inquiry inquiry);

  Optional<Reply> etrn(Inquiry inquiry);

  Optional<Reply> data(Inquiry inquiry);

  Optional<Reply> endOfData(Inquiry inquiry);

  /** Headers that access tables want before the message, without line ends. */
  List<String> prepended();

  /** The transaction is over. */
  void endTransaction();
}
