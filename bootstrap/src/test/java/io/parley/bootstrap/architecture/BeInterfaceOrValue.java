package io.parley.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * A type between domain and adapters is an interface, or a value that crosses it: record, enum or
 * throwable.
 */
final class BeInterfaceOrValue extends ArchCondition<JavaClass> {

  BeInterfaceOrValue() {
    super("be interfaces, records, enums or throwables");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (type.isInterface()
        || type.isRecord()
        || type.isEnum()
        || type.isAssignableTo(Throwable.class)) {
      return;
    }
    events.add(SimpleConditionEvent.violated(type, type.getName() + " is a class among the ports"));
  }
}
