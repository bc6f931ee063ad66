package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.access.RecipientPolicy;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.List;
import java.util.Optional;

/** Who may relay, and who there is. */
record PolicyChecks(RecipientPolicy policy, SessionLog log) implements Checks {
  @Override
  public Optional<Reply> connect(Inquiry inquiry) {
    return Optional.empty();
  }

  @Override
  public Optional<Reply> greeting(Inquiry inquiry) {
    return Optional.empty();
  }

  @Override
  public Optional<Reply> sender(Inquiry inquiry) {
    return Optional.empty();
  }

  @Override
  public Optional<Reply> recipient(Inquiry inquiry) {
    return policy
        .refusal(inquiry.client(), inquiry.recipient().orElseThrow())
        .map(
            refusal -> {
              if (!refusal.warning().isEmpty()) {
                log.warning(refusal.warning());
              }
              log.info(RejectLog.reject(inquiry, refusal.reply()));
              return refusal.reply();
            });
  }

  @Override
  public Optional<Reply> etrn(Inquiry inquiry) {
    return Optional.empty();
  }

  @Override
  public Optional<Reply> data(Inquiry inquiry) {
    return Optional.empty();
  }

  @Override
  public Optional<Reply> endOfData(Inquiry inquiry) {
    return Optional.empty();
  }

  @Override
  public List<String> prepended() {
    return List.of();
  }

  @Override
  public void endTransaction() {}
}
