package dev.mailservice.maincf.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.ParameterType;
import dev.mailservice.maincf.Support;
import dev.mailservice.maincf.reference.PostfixReference.Said;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values of each type, read by Postfix and by this library: both take them, or both refuse them in
 * the same words. The parameters are those that every Postfix program reads at its start, with the
 * bounds of mail_params.c; {@code postmap} is the program.
 */
@BesidePostfix
class TypedValuesTest {
  private record Typed(String name, ParameterType<?> type) {}

  private record Question(Typed parameter, String value) {}

  private static final List<Typed> PARAMETERS =
      List.of(
          new Typed("line_length_limit", ParameterType.integer(512, 0)),
          new Typed("delay_logging_resolution_limit", ParameterType.integer(0, 6)),
          new Typed("message_size_limit", ParameterType.longInteger(0, 0)),
          new Typed("max_idle", ParameterType.time('s', 1, 0)),
          new Typed("ipc_timeout", ParameterType.time('s', 1, 0)),
          new Typed("disable_dns_lookups", ParameterType.bool()),
          new Typed("mail_name", ParameterType.string(1, 0)),
          new Typed("double_bounce_sender", ParameterType.string(1, 0)));

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "1",
          "-1",
          "+1",
          "01",
          "1 ",
          "1x",
          "x",
          "s",
          "5s",
          "5S",
          "5m",
          "5h",
          "5d",
          "5w",
          "5seconds",
          "5 s",
          "5x",
          "-5s",
          "6",
          "7",
          "511",
          "512",
          "0x10",
          "1e3",
          "1.5",
          "1,5",
          "2147483647",
          "2147483648",
          "2147483647s",
          "2147483648s",
          "24854d",
          "24855d",
          "3549w",
          "3550w",
          "596523h",
          "35791393m",
          "35791394m",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "99999999999999999999w",
          "yes",
          "YES",
          "No",
          "true",
          "on",
          "ab",
          "abc",
          "${stress?{1}:{600}}",
          "${stress?{1}:{5}}m",
          "$$");

  @TempDir Path folder;

  @Test
  void postfix_and_this_library_read_values_alike(PostfixReference postfix) {
    var questions = new ArrayList<Question>();
    for (Typed parameter : PARAMETERS) {
      VALUES.forEach(value -> questions.add(new Question(parameter, value)));
    }
    Queue<String> differences = new ConcurrentLinkedQueue<>();
    InParallel.each(questions, question -> compare(postfix, question, differences));
    assertThat(differences).as("differences in %d values", questions.size()).isEmpty();
  }

  private void compare(PostfixReference postfix, Question question, Queue<String> differences) {
    String setting = question.parameter().name() + " = " + question.value() + "\n";
    Said theirs =
        postfix.ask(
            folder,
            postfix.toolSettings() + setting,
            "postmap",
            List.of("-q", "key", "static:value"));
    String here = refusal(setting, question.parameter());
    boolean same =
        theirs.fatal().isEmpty()
            ? here.isEmpty() && theirs.out().strip().equals("value")
            : here.startsWith(theirs.fatal().getFirst());
    if (!same) {
      differences.add(setting + "Postfix: " + theirs + "\nhere: " + here);
    }
  }

  private static String refusal(String mainCf, Typed typed) {
    var parameter = Parameter.of(typed.name(), typed.type(), "", Support.IMPLEMENTED, "", "");
    try {
      var unused =
          Configuration.of(MainCf.parse("main.cf", mainCf), List.of(parameter)).get(parameter);
      return "";
    } catch (MainCfException e) {
      return e.diagnostic().message();
    }
  }
}
