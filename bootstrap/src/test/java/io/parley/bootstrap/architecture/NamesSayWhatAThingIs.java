package io.parley.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/** Neither a class nor a package is a drawer for everything. */
final class NamesSayWhatAThingIs extends ArchCondition<JavaClass> {

  private static final List<String> SUFFIXES =
      List.of("Util", "Utils", "Helper", "Helpers", "Manager", "Common");

  private static final Set<String> PACKAGES =
      Set.of("common", "helper", "helpers", "manager", "shared", "util", "utils");

  NamesSayWhatAThingIs() {
    super("have names that say what they are");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (String suffix : SUFFIXES) {
      if (type.getSimpleName().endsWith(suffix)) {
        events.add(SimpleConditionEvent.violated(type, type.getName() + " is called a " + suffix));
      }
    }
    for (String part : type.getPackageName().split("\\.", -1)) {
      if (PACKAGES.contains(part)) {
        events.add(
            SimpleConditionEvent.violated(type, type.getName() + " is in a package " + part));
      }
    }
  }
}
