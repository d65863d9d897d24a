package io.parley.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

/**
 * What is called a contract is an open type of the testkit, and what has tests there is called a
 * contract.
 */
final class ContractsLiveInTestkit extends ArchCondition<JavaClass> {

  private final String testkit;

  ContractsLiveInTestkit(String root) {
    super("live in the testkit if, and only if, they are contracts");
    this.testkit = root + ".testkit";
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean named = type.getSimpleName().endsWith("Contract");
    boolean inTestkit = (type.getPackageName() + ".").startsWith(testkit + ".");
    if (named && !inTestkit) {
      events.add(violated(type, "is called a contract outside the testkit"));
    }
    if (inTestkit && named && !isOpen(type)) {
      events.add(violated(type, "is a contract that no test can extend"));
    }
    if (inTestkit && !named && hasTests(type)) {
      events.add(violated(type, "has tests and is not called a contract"));
    }
  }

  private static boolean isOpen(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.ABSTRACT);
  }

  private static boolean hasTests(JavaClass type) {
    return type.isTopLevelClass()
        && type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Test.class));
  }

  private static ConditionEvent violated(JavaClass type, String why) {
    return SimpleConditionEvent.violated(type, type.getName() + " " + why);
  }
}
