package io.parley.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * An interface of the domain that an adapter implements is a port, and ports have a place of their
 * own.
 */
final class AdaptersImplementPortsOnly extends ArchCondition<JavaClass> {

  private final String adapters;
  private final String domain;
  private final String ports;

  AdaptersImplementPortsOnly(String root) {
    super("implement, in an adapter, nothing of the domain but ports");
    this.adapters = root + ".adapter.";
    this.domain = root + ".domain.";
    this.ports = root + ".domain.port.";
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (!type.getName().startsWith(adapters)) {
      return;
    }
    for (JavaClass implemented : type.getAllRawInterfaces()) {
      String name = implemented.getName();
      if (name.startsWith(domain) && !name.startsWith(ports)) {
        events.add(
            SimpleConditionEvent.violated(
                type, type.getName() + " implements " + name + ", which is no port"));
      }
    }
  }
}
