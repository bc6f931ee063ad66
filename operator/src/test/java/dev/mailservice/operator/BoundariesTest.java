package dev.mailservice.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** What the packages promise in their opening comments. */
@AnalyzeClasses(
    packages = "dev.mailservice.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
  @ArchTest
  static final ArchRule decision_knows_the_jdk_and_nothing_else =
      classes()
          .that()
          .resideInAPackage("..operator.decision..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.mailservice.operator.decision..",
              "java.lang..",
              "java.time..",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "org.jspecify..");

  @ArchTest
  static final ArchRule nobody_but_the_wiring_makes_a_clock =
      noClasses()
          .that()
          .doNotHaveSimpleName("Wiring")
          .should()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule what_is_computed_has_no_input_or_output =
      noClasses()
          .that()
          .resideInAnyPackage("..operator.apply..", "..operator.status..", "..operator.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..", "java.net..", "io.fabric8.kubernetes.client", "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule gather_decide_and_apply_meet_in_the_loop_only =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("api")
          .definedBy("..operator.api..")
          .layer("decision")
          .definedBy("..operator.decision..")
          .layer("cluster")
          .definedBy("..operator.cluster..")
          .layer("config")
          .definedBy("..operator.config..")
          .layer("gather")
          .definedBy("..operator.gather..")
          .layer("apply")
          .definedBy("..operator.apply..")
          .layer("status")
          .definedBy("..operator.status..")
          .layer("loop")
          .definedBy("..operator.loop..")
          .whereLayer("loop")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("gather")
          .mayOnlyBeAccessedByLayers("loop")
          .whereLayer("apply")
          .mayOnlyBeAccessedByLayers("loop")
          .whereLayer("status")
          .mayOnlyBeAccessedByLayers("loop")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("loop")
          .whereLayer("cluster")
          .mayOnlyBeAccessedByLayers("gather", "apply", "status", "loop")
          .whereLayer("decision")
          .mayOnlyBeAccessedByLayers("gather", "status", "loop");

  @ArchTest
  static final ArchRule stress_is_rendered_in_one_place =
      classes()
          .that()
          .haveSimpleName("Personality")
          .should()
          .onlyBeAccessed()
          .byAnyPackage("..operator.apply..");
}
