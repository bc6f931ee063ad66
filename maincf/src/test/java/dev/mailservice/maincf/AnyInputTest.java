package dev.mailservice.maincf;

import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the file holds, it is read or refused; nothing else comes out of the library. */
class AnyInputTest {
  @Property
  void a_file_of_the_languages_own_characters_is_read_or_refused(@ForAll("files") String file) {
    try {
      Configuration configuration =
          Configuration.of(MainCf.parse("main.cf", file), SmtpdParameters.all());
      ConfigurationCheck.check(configuration);
      configuration.names().forEach(configuration::expand);
    } catch (MainCfException refused) {
      if (refused.diagnostic().position().line() < 1) {
        throw new AssertionError("no line in: " + refused.getMessage(), refused);
      }
    }
  }

  @Property(tries = 50)
  void braces_nested_to_any_depth_are_read_or_refused(@ForAll("depths") int depth) {
    String file = "a = " + "${x?{".repeat(depth) + "}}".repeat(depth);
    try {
      Configuration.of(MainCf.parse("main.cf", file), List.of()).expand("a");
    } catch (MainCfException refused) {
      if (depth <= 50) {
        throw refused;
      }
    }
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.strings().withChars("ab=$${}(){}?: \n\t#<>!\r\\0é").ofMaxLength(60);
  }

  @Provide
  Arbitrary<Integer> depths() {
    return Arbitraries.integers().between(0, 20_000);
  }
}
