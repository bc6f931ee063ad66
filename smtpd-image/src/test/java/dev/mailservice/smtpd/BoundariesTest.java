package dev.mailservice.smtpd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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

  @ArchTest
  static final ArchRule nobody_reads_the_system_clock_but_who_wires_the_parts =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..session..", "..slots..", "..drain..", "..nexthop..", "..protocol..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");
}
