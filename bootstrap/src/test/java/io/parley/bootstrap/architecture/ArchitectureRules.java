package io.parley.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of the house below one root package, so that the same rules hold for {@code io.parley}
 * and are broken, one by one, by the bad example. Arrows are allow-lists, and no rule accepts an
 * empty set of classes: a package that is misspelt here is a failure.
 *
 * @param root the root package, without a trailing dot
 */
record ArchitectureRules(String root) {

  private static final List<String> LANGUAGE = List.of("java..", "org.jspecify..");

  /** Every rule under the name by which the bad example refers to it. */
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("the house has no other rooms", noOtherRooms());
    rules.put("domain depends on nothing", dependsOnly("domain", List.of()));
    rules.put(
        "application depends on domain only",
        dependsOnly("application", List.of("org.slf4j..", in("domain"))));
    rules.put(
        "testkit depends on domain and test libraries only",
        dependsOnly(
            "testkit",
            List.of(
                in("domain"),
                "org.junit.jupiter.api..",
                "org.junit.jupiter.params..",
                "org.assertj.core..",
                // servers of real protocols
                "com.google.gson..",
                "com.google.protobuf..",
                "com.sun.net.httpserver..",
                "io.grpc..",
                "io.pinecone.proto..",
                "io.qdrant.client.grpc..",
                "org.gaul.s3proxy..",
                "redis.embedded..",
                "software.amazon.awssdk..")));
    for (AdapterFamily family : AdapterFamily.values()) {
      rules.put("adapter " + family.packageName() + " stays at home", staysAtHome(family));
    }
    rules.put("only bootstrap names an adapter", onlyBootstrapNamesAdapters());
    rules.put("contracts live in the testkit", conditioned(new ContractsLiveInTestkit(root)));
    rules.put("ports hold interfaces and values", portsHoldInterfacesAndValues());
    rules.put("repositories take scopes", conditioned(new RepositoriesTakeScopes(root)));
    rules.put("adapters implement ports only", conditioned(new AdaptersImplementPortsOnly(root)));
    rules.put("names say what a thing is", conditioned(new NamesSayWhatAThingIs()));
    rules.put("every package is null-marked", conditioned(new PackageIsNullMarked()));
    rules.put("domain is free of cycles", freeOfCycles("domain"));
    rules.put("application is free of cycles", freeOfCycles("application"));
    return rules;
  }

  private ArchRule noOtherRooms() {
    List<String> rooms = new ArrayList<>();
    for (String room : List.of("domain", "application", "testkit", "bootstrap")) {
      rooms.add(in(room));
    }
    for (AdapterFamily family : AdapterFamily.values()) {
      rooms.add(in("adapter." + family.packageName()));
    }
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .resideInAnyPackage(rooms.toArray(String[]::new));
  }

  private ArchRule staysAtHome(AdapterFamily family) {
    List<String> allowed = new ArrayList<>(family.vendors());
    allowed.addAll(List.of("org.slf4j..", in("domain"), in("application")));
    return dependsOnly("adapter." + family.packageName(), allowed);
  }

  private ArchRule dependsOnly(String room, List<String> others) {
    List<String> allowed = new ArrayList<>(LANGUAGE);
    allowed.add(in(room));
    allowed.addAll(others);
    return classes()
        .that()
        .resideInAPackage(in(room))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new));
  }

  private ArchRule onlyBootstrapNamesAdapters() {
    return classes()
        .that()
        .resideInAPackage(in("adapter"))
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage(in("bootstrap"), in("adapter"));
  }

  private ArchRule portsHoldInterfacesAndValues() {
    return classes()
        .that()
        .resideInAPackage(in("domain.port"))
        .and()
        .areTopLevelClasses()
        .should(new BeInterfaceOrValue());
  }

  private ArchRule conditioned(ArchCondition<JavaClass> condition) {
    return classes().that().resideInAPackage(root + "..").should(condition);
  }

  private ArchRule freeOfCycles(String room) {
    return slices().assignedFrom(new EachPackage(root + "." + room)).should().beFreeOfCycles();
  }

  private String in(String room) {
    return root + "." + room + "..";
  }

  /** One slice a package, also for packages inside packages. */
  private record EachPackage(String top) implements SliceAssignment {

    @Override
    public String getDescription() {
      return "each package in " + top;
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      return name.equals(top) || name.startsWith(top + ".")
          ? SliceIdentifier.of(name)
          : SliceIdentifier.ignore();
    }
  }
}
