package dev.mailservice.maincf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.mailservice.maincf",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
  @ArchTest
  static final ArchRule the_library_is_pure_and_depends_on_the_JDK_alone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.mailservice.maincf",
              "java.lang..",
              "java.util..",
              "java.math",
              "java.time",
              "org.jspecify.annotations");
}
