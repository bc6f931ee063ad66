package dev.mailservice.operator.apply;

import dev.mailservice.operator.api.ImageContract;
import dev.mailservice.operator.api.MailService;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The ConfigMap with {@code main.cf}: immutable and named by its content, so that an old pod keeps
 * its own and a roll-back is exact.
 */
final class MainCfConfigMap {
  private static final int DIGITS = 10;

  private MainCfConfigMap() {}

  static ConfigMap of(MailService mailService) {
    String mainCf = mailService.getSpec().mainCf();
    return new ConfigMapBuilder()
        .withMetadata(Metadata.of(mailService, name(mailService)))
        .withImmutable(true)
        .withData(Map.of(ImageContract.MAIN_CF, mainCf))
        .build();
  }

  static String name(MailService mailService) {
    String digest = sha256(mailService.getSpec().mainCf()).substring(0, DIGITS);
    return mailService.getMetadata().getName() + "-main-cf-" + digest;
  }

  private static String sha256(String content) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
