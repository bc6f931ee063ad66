package dev.mailservice.maincf.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.maincf.reference.PostfixReference.Said;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and defaults here and those of Postfix's own postconf(1) differ just where it is said. */
@BesidePostfix
class DefaultsDifferentialTest {
  @TempDir private Path directory;

  @Test
  void defaults_differ_from_Postfixs_where_it_is_listed_and_nowhere_else(PostfixReference postfix) {
    assertThat(postconf(postfix, "-d", "-h", "mail_version"))
        .as("the list compares with Postfix 3.7")
        .startsWith("3.7.");
    assertThat(
            Defaults.surprises(
                Defaults.here(),
                Defaults.printed(postconf(postfix, "-d")),
                DefaultDifference.all()))
        .isEmpty();
  }

  private String postconf(PostfixReference postfix, String... options) {
    Said said = postfix.ask(directory, "", "postconf", List.of(options));
    assertThat(said.status()).as(said.err()).isZero();
    return said.out();
  }
}
