package dev.mailservice.smtpd.tls;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Cipher suites in the order of preference, from a list in the language of openssl-ciphers(1). A
 * list is about TLSv1.2 and older; the suites of TLSv1.3 are there whatever it says, and before the
 * others.
 *
 * @param suites JSSE's names
 */
record CipherList(List<String> suites) {
  /** OpenSSL's order, as Postfix leaves it alone. */
  private static final List<String> NEW =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

  /**
   * Reads a list.
   *
   * @param parameter whose value it is, for messages
   * @param list words between colons, commas or spaces; a word before which there is {@code !} or
   *     {@code -} removes suites, for good or until they are named again, {@code +} moves them to
   *     the end, and {@code @STRENGTH} sorts by the length of keys
   * @throws IllegalArgumentException if a word is neither a suite nor a class that is known
   */
  static CipherList of(String parameter, String list) {
    List<String> all = CipherName.all();
    var there = new ArrayList<>(all.stream().filter(it -> !CipherName.isNew(it)).toList());
    var listed = new ArrayList<String>();
    for (String word : list.split("[:,; ]+")) {
      if (word.startsWith("@")) {
        command(parameter, word, listed);
      } else if (!word.isEmpty()) {
        char operator = "!-+".indexOf(word.charAt(0)) < 0 ? ' ' : word.charAt(0);
        String name = operator == ' ' ? word : word.substring(1);
        List<String> meant = meant(parameter, name, there, all);
        apply(operator, meant, there, listed);
      }
    }
    Stream<String> recent = NEW.stream().filter(all::contains);
    return new CipherList(Stream.concat(recent, listed.stream()).toList());
  }

  private static void command(String parameter, String word, List<String> listed) {
    if (word.equalsIgnoreCase("@STRENGTH")) {
      listed.sort(Comparator.comparing(CipherName::bits).reversed());
    } else if (!word.toUpperCase(Locale.ROOT).startsWith("@SECLEVEL=")) {
      throw new IllegalArgumentException(
          "%s: unknown \"%s\", want: @STRENGTH or a cipher".formatted(parameter, word));
    }
  }

  private static void apply(
      char operator, List<String> meant, List<String> there, List<String> listed) {
    switch (operator) {
      case '!' -> {
        there.removeAll(meant);
        listed.removeAll(meant);
      }
      case '-' -> listed.removeAll(meant);
      case '+' -> {
        List<String> moved = listed.stream().filter(meant::contains).toList();
        listed.removeAll(moved);
        listed.addAll(moved);
      }
      default -> meant.stream().filter(it -> !listed.contains(it)).forEach(listed::add);
    }
  }

  private static List<String> meant(
      String parameter, String name, List<String> among, List<String> all) {
    try {
      return among.stream().filter(it -> CipherName.stands(name, it, all)).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(parameter + ": " + e.getMessage(), e);
    }
  }

  /**
   * What is left of it without a suite, or without those of a class. Unlike in OpenSSL, a suite of
   * TLSv1.3 can be left out by its name.
   *
   * @param parameter whose value the word is, for messages
   * @throws IllegalArgumentException if it is neither a suite nor a class that is known
   */
  CipherList without(String parameter, String word) {
    List<String> all = CipherName.all();
    // Asked of all, so that a word that means nothing is told even where nothing is left.
    List<String> meant = meant(parameter, word, all, all);
    return new CipherList(suites.stream().filter(it -> !meant.contains(it)).toList());
  }

  /** Whether there is a suite for a version of TLS. */
  boolean serves(String protocol) {
    return suites.stream().anyMatch(it -> CipherName.isNew(it) == protocol.equals("TLSv1.3"));
  }
}
