package dev.mailservice.smtpd;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(
    packages = "dev.mailservice.smtpd",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
  @ArchTest
  static final ArchRule the_protocol_knows_no_sockets_threads_or_time =
      classes()
          .that()
          .resideInAPackage("..protocol..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.mailservice.smtpd.protocol",
              "dev.mailservice.maincf.table", // for what an address looks like
              "java.nio", // for what is UTF-8
              "java.nio.charset",
              "java.lang",
              "java.lang.invoke",
              "java.lang.runtime",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule access_is_decided_without_input_or_output =
      noClasses()
          .that()
          .resideInAPackage("..access..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio", // java.nio.charset is for what is UTF-8
              "java.nio.channels..",
              "java.nio.file..",
              "java.time..",
              "java.util.concurrent..");

  @ArchTest
  static final ArchRule slots_know_no_SMTP =
      noClasses()
          .that()
          .resideInAPackage("..slots..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..protocol..", "..session..", "..nexthop..", "..admin..", "..access..");

  @ArchTest
  static final ArchRule packages_depend_in_one_direction =
      slices().matching("dev.mailservice.smtpd.(*)..").should().beFreeOfCycles();

  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.time.Instant.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone");

  /** By a call, or by a reference to the method, which others call then. */
  @ArchTest
  static final ArchRule nobody_reads_the_system_clock_but_who_wires_the_parts =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.mailservice.smtpd", "..cli..")
          .should()
          .accessTargetWhere(
              describe(
                  "it is a clock of the system",
                  (JavaAccess<?> access) ->
                      CLOCKS.contains(
                          access.getTargetOwner().getName() + "." + access.getTarget().getName())));
}
