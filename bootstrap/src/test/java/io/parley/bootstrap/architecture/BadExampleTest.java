package io.parley.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule finds what is wrong with the bad example: a rule that cannot fail guards nothing. */
final class BadExampleTest {

  private static final String ROOT = "io.parley.badexample";
  private static final JavaClasses BAD = new ClassFileImporter().importPackages(ROOT);
  private static final Map<String, ArchRule> RULES = new ArchitectureRules(ROOT).all();

  /** For every rule, pieces of text of which each stands in a violation that must be found. */
  private static Map<String, List<String>> expected() {
    Map<String, List<String>> found = new LinkedHashMap<>();
    found.put("the house has no other rooms", List.of("attic.Lost"));
    found.put("domain depends on nothing", List.of("domain.Chatty"));
    found.put("application depends on domain only", List.of("application.Shortcut"));
    found.put(
        "testkit depends on domain and test libraries only", List.of("testkit.ReachingContract"));
    for (AdapterFamily family : AdapterFamily.values()) {
      String home = "adapter." + family.packageName();
      found.put(
          home.replace('.', ' ') + " stays at home",
          List.of(home + ".Foreign.vendor", home + ".Foreign.neighbour"));
    }
    found.put(
        "only bootstrap names an adapter",
        List.of("application.Shortcut", "testkit.ReachingContract"));
    found.put(
        "contracts live in the testkit",
        List.of(
            "domain.LeaseContract is called a contract outside",
            "testkit.ClosedContract is a contract that no test can extend",
            "testkit.Checks has tests"));
    found.put("ports hold interfaces and values", List.of("domain.port.storage.Pile"));
    found.put("repositories take scopes", List.of("ShelfRepository.booksOf takes no scope"));
    found.put(
        "adapters implement ports only",
        List.of("adapter.storage.Shelf implements io.parley.badexample.domain.Chatty$Listener"));
    found.put(
        "names say what a thing is",
        List.of(
            "TextUtils is called a Utils",
            "TextUtil is called a Util",
            "BlobHelper is called a Helper",
            "BlobHelpers is called a Helpers",
            "JobManager is called a Manager",
            "RowsCommon is called a Common",
            "Drawer is in a package shared"));
    found.put("every package is null-marked", List.of("attic.Lost"));
    found.put("domain is free of cycles", List.of("domain.left", "domain.right"));
    found.put("application is free of cycles", List.of("application.left", "application.right"));
    return found;
  }

  @Test
  void everyRuleHasABadExample() {
    assertThat(expected().keySet()).isEqualTo(RULES.keySet());
  }

  @TestFactory
  Stream<DynamicTest> everyRuleFindsItsBadExample() {
    return expected().entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> finds(entry)));
  }

  @TestFactory
  Stream<DynamicTest> everyRuleFailsWhenItsPackagesDoNotExist() {
    return new ArchitectureRules("io.parlez")
        .all().entrySet().stream()
            .map(rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(),
                    () -> assertThrows(AssertionError.class, () -> rule.getValue().check(BAD))));
  }

  private static void finds(Map.Entry<String, List<String>> entry) {
    List<String> violations =
        RULES.get(entry.getKey()).evaluate(BAD).getFailureReport().getDetails();
    for (String text : entry.getValue()) {
      assertThat(violations).anySatisfy(violation -> assertThat(violation).contains(text));
    }
  }
}
