package dev.mailservice.smtpd;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.Prerequisites;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a declaration says of a parameter's support is what the server does: it reads what is
 * implemented and nothing else, and what it has read it uses.
 */
class ParametersInUseTest {
  private static final String OLDER_NAME = "its successor takes its default from it";

  /** Implemented, although nobody reads them by their declaration, and why that is enough. */
  private static final Map<String, String> NOT_READ =
      Map.ofEntries(
          entry("authorized_verp_clients", OLDER_NAME),
          entry("compatibility_level", "defaults refer to it, and comparisons of levels"),
          entry("mydomain", "defaults refer to it"),
          entry("reject_tempfail_action", "the defaults of unknown_*_tempfail_action refer to it"),
          entry("smtpd_per_record_deadline", OLDER_NAME),
          entry("virtual_maps", OLDER_NAME),
          entry("smtpd_client_connection_limit_exceptions", OLDER_NAME),
          entry("smtpd_sasl_type", "there is one kind, and Prerequisites refuses the others"));

  /** What only looks at a configuration, and serves nobody by it. */
  private static final Set<String> LOOKING_ON =
      Set.of(ConfigurationCheck.class.getName(), Prerequisites.class.getName());

  /** The server, and what the library makes of parameters for it. */
  private static final JavaClasses SOURCES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.mailservice.smtpd", "dev.mailservice.maincf");

  @Test
  void what_is_implemented_is_read() {
    Set<String> read = read();
    assertThat(SmtpdParameters.all())
        .filteredOn(it -> it.support().isInUse())
        .extracting(Parameter::name)
        .filteredOn(name -> !read.contains(name))
        .containsExactlyInAnyOrderElementsOf(NOT_READ.keySet());
  }

  @Test
  void what_is_not_implemented_is_not_read() {
    Set<String> read = read();
    assertThat(SmtpdParameters.all())
        .filteredOn(it -> !it.support().isInUse())
        .extracting(Parameter::name)
        .filteredOn(read::contains)
        .isEmpty();
  }

  /** A record that is made where parameters are read holds their values. */
  @Test
  void what_is_read_is_used() {
    assertThat(
            SOURCES.stream()
                .flatMap(it -> it.getCodeUnits().stream())
                .filter(it -> parameters(it).findAny().isPresent())
                .flatMap(it -> it.getConstructorCallsFromSelf().stream())
                .map(it -> it.getTargetOwner())
                .filter(JavaClass::isRecord)
                .distinct()
                .flatMap(it -> it.getFields().stream())
                .filter(it -> !it.getModifiers().contains(JavaModifier.STATIC))
                .filter(it -> !isUsed(it))
                .map(JavaField::getFullName))
        .isEmpty();
  }

  private static Set<String> read() {
    return SOURCES.stream()
        .filter(it -> !LOOKING_ON.contains(it.getName()))
        .flatMap(it -> it.getCodeUnits().stream())
        .flatMap(ParametersInUseTest::parameters)
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }

  /** The parameters whose declarations a piece of code names, beside those of its own class. */
  private static Stream<Parameter<?>> parameters(JavaCodeUnit code) {
    return code.getFieldAccesses().stream()
        .filter(it -> !it.getTargetOwner().equals(code.getOwner()))
        .flatMap(it -> parameter(it).stream());
  }

  private static Optional<Parameter<?>> parameter(JavaFieldAccess access) {
    if (!access.getTarget().getRawType().isEquivalentTo(Parameter.class)) {
      return Optional.empty();
    }
    try {
      Object value =
          Class.forName(access.getTargetOwner().getName())
              .getField(access.getTarget().getName())
              .get(null);
      return Optional.of((Parameter<?>) value);
    } catch (ReflectiveOperationException e) {
      // A field of an object: whoever has filled it has named the declaration.
      return Optional.empty();
    }
  }

  /** Whether somebody reads a record's component, by its accessor or within the record. */
  private static boolean isUsed(JavaField component) {
    return Stream.concat(
            component.getAccessesToSelf().stream()
                .filter(it -> it.getAccessType() == JavaFieldAccess.AccessType.GET)
                .map(JavaAccess::getOrigin)
                .filter(it -> !it.getName().equals(component.getName())),
            component.getOwner().getMethods().stream()
                .filter(it -> it.getName().equals(component.getName()))
                .filter(it -> it.getRawParameterTypes().isEmpty())
                .flatMap(it -> it.getAccessesToSelf().stream())
                .map(JavaAccess::getOrigin))
        .findAny()
        .isPresent();
  }
}
