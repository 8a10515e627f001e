package dev.mneme;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The floors of the house, its fences, and no circles between packages. */
class ArchitectureTest {
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("common"),
          List.of("store", "net", "secret", "web"),
          List.of(
              "agent", "memory", "message", "run", "search", "tool", "sandbox", "model", "file"),
          List.of("engine", "mcp.client"),
          List.of("api", "mcp.server", "console"),
          List.of("app", "cli", "relay"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.mneme");

  @Test
  void noPackageImportsAHigherFloor() {
    classes().should(importNothingAbove()).check(CLASSES);
  }

  @Test
  void packagesFormNoCircles() {
    slices().matching("dev.mneme.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheWorkerKnowsGraal() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.mneme.sandbox.graalpy.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.graalvm..")
        .check(CLASSES);
  }

  @Test
  void theWorkerUsesTheJdkAndPolyglotOnly() {
    classes()
        .that()
        .resideInAPackage("dev.mneme.sandbox.graalpy.worker..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.mneme.sandbox.graalpy.worker..",
            "java..",
            "javax..",
            "org.graalvm.polyglot..",
            "org.jspecify..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theRelayUsesTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("dev.mneme.relay..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.mneme.relay..", "java..", "org.jspecify..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void reactiveTypesStayInTheMcpAdapters() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.mneme.mcp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("reactor..", "org.reactivestreams..", "io.modelcontextprotocol..")
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    classes()
        .that(
            DescribedPredicate.describe(
                "are in a package of their own", c -> !c.getPackageName().isEmpty()))
        .should(
            new ArchCondition<>("be in a package with a package-info that is @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean described =
                    type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                events.add(
                    new SimpleConditionEvent(
                        type, described, type.getPackageName() + " has no package-info.java"));
              }
            })
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> importNothingAbove() {
    Map<String, Integer> floorOf = new TreeMap<>();
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      for (String name : FLOORS.get(floor)) {
        floorOf.put("dev.mneme." + name, floor);
      }
    }
    return new ArchCondition<>("import nothing of a higher floor") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        int own = floor(type);
        type.getDirectDependenciesFromSelf()
            .forEach(dependency -> {
              JavaClass target = dependency.getTargetClass().getBaseComponentType();
              if (target.getPackageName().startsWith("dev.mneme") && floor(target) > own) {
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
              }
            });
      }

      private int floor(JavaClass type) {
        String name = type.getPackageName();
        return floorOf.entrySet().stream()
            .filter(e -> name.equals(e.getKey()) || name.startsWith(e.getKey() + "."))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " stands on no floor of the house"));
      }
    };
  }
}
