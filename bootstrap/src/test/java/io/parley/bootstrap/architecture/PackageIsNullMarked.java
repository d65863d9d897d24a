package io.parley.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Null is a choice in every package: each has a package-info that says so. */
final class PackageIsNullMarked extends ArchCondition<JavaClass> {

  PackageIsNullMarked() {
    super("be in a package whose package-info is @NullMarked");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
      events.add(
          SimpleConditionEvent.violated(
              type, type.getName() + " is in a package that is not @NullMarked"));
    }
  }
}
