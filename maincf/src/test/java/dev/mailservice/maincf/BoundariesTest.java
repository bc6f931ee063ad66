package dev.mailservice.maincf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.mailservice.maincf",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
  private static final String READS_ITS_OWN_RESOURCE =
      "dev.mailservice.maincf.parameters.PostfixParameters";

  @ArchTest
  static final ArchRule the_library_is_pure_and_depends_on_the_JDK_alone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.mailservice.maincf..",
              "java.lang..",
              "java.util..",
              "java.math",
              "java.nio.charset",
              "java.time",
              "org.jspecify.annotations")
          .orShould()
          .haveFullyQualifiedName(READS_ITS_OWN_RESOURCE)
          .orShould()
          .haveFullyQualifiedName(READS_ITS_OWN_RESOURCE + "$Declared");

  @ArchTest
  static final ArchRule the_language_knows_no_parameter_by_name =
      noClasses()
          .that()
          .resideInAPackage("dev.mailservice.maincf")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.mailservice.maincf.parameters");
}
