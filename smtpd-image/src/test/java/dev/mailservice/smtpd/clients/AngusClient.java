package dev.mailservice.smtpd.clients;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Angus Mail, which was JavaMail.
 *
 * @param chunkSize bytes of a chunk where it sends by BDAT; 0 for DATA
 */
record AngusClient(int chunkSize) implements MailClient {
  @Override
  public Set<Can> can() {
    return chunkSize > 0
        ? Set.of(Can.SEVERAL, Can.SMTPUTF8, Can.CHUNKING)
        : Set.of(Can.SEVERAL, Can.SMTPUTF8);
  }

  /** In chunks, too, it doubles dots, which no server takes away there (RFC 3030, section 2). */
  @Override
  public byte[] content(Letter letter) {
    if (chunkSize == 0) {
      return letter.content();
    }
    return new String(letter.content(), StandardCharsets.ISO_8859_1)
        .replace("\r\n.", "\r\n..")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public List<String> send(
      Path folder, InetSocketAddress server, boolean startTls, List<Letter> letters)
      throws IOException {
    var properties = new Properties();
    properties.setProperty("mail.smtp.localhost", "client.test");
    properties.setProperty("mail.smtp.timeout", "30000");
    properties.setProperty("mail.smtp.sendpartial", "true");
    properties.setProperty("mail.smtp.allow8bitmime", "true");
    properties.setProperty("mail.mime.allowutf8", "true");
    properties.setProperty("mail.smtp.starttls.enable", String.valueOf(startTls));
    properties.setProperty("mail.smtp.starttls.required", String.valueOf(startTls));
    properties.setProperty("mail.smtp.ssl.trust", "*");
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "false");
    properties.setProperty("mail.smtp.chunksize", String.valueOf(chunkSize));
    Session session = Session.getInstance(properties);
    var report = new ArrayList<String>();
    try (var transport = (SMTPTransport) session.getTransport("smtp")) {
      transport.connect(server.getAddress().getHostAddress(), server.getPort(), null, null);
      for (Letter letter : letters) {
        report.addAll(send(session, transport, letter));
      }
    } catch (MessagingException e) {
      report.add("message error " + e.getMessage());
    }
    return report;
  }

  private static List<String> send(Session session, SMTPTransport transport, Letter letter)
      throws MessagingException {
    session.getProperties().setProperty("mail.smtp.from", letter.from());
    var to = new Address[letter.to().size()];
    for (int i = 0; i < to.length; i++) {
      to[i] = new InternetAddress(letter.to().get(i));
    }
    try {
      transport.sendMessage(
          new MimeMessage(session, new ByteArrayInputStream(letter.content())), to);
      return List.of(oneLine("message " + transport.getLastServerResponse()));
    } catch (MessagingException e) {
      return refused(e);
    }
  }

  private static List<String> refused(MessagingException e) {
    var report = new ArrayList<String>();
    String outcome = "message error " + e.getMessage();
    for (Throwable next = e; next != null; next = after(next)) {
      switch (next) {
        case SMTPAddressFailedException it ->
            report.add(oneLine("rcpt %s %s".formatted(it.getAddress(), it.getMessage())));
        case SMTPSendFailedException it -> outcome = oneLine("message " + it.getMessage());
        case SMTPSenderFailedException it -> outcome = oneLine("message " + it.getMessage());
        // So it tells of a chunk that was refused.
        case IOException it -> outcome = oneLine("message " + it.getMessage());
        default -> {}
      }
    }
    report.add(outcome);
    return report;
  }

  private static Throwable after(Throwable e) {
    return e instanceof MessagingException it ? it.getNextException() : e.getCause();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  @Override
  public String toString() {
    return chunkSize > 0 ? "Angus Mail by chunks" : "Angus Mail";
  }
}
