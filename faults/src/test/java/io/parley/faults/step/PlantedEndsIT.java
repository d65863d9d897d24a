package io.parley.faults.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import io.parley.faults.check.PlantedDamage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Processes that end by themselves, or whose work never ends. */
class PlantedEndsIT extends PlantedDamage {
  private final RunReport report = new RunReport("planted");

  @Test
  void aProcessThatEndsByItselfIsNoticed() throws Exception {
    try (Lane lane = SampleStores.lane(samples.copied(stores), List.of(), report)) {
      assertThat(lane.carryOut("nonsense")).isEmpty();
    }
    assertThat(report.found()).containsExactly("the process ended by itself");
  }

  /** Somebody holds a job for a hundred years. */
  @Test
  void workThatDoesNotEndIsNoticed() throws Exception {
    sql(
        "insert into jobs (id, kind, tenant_id, owner_id, bot_id, state, not_before, worker, lease_token,"
            + " lease_expires_at) select gen_random_uuid(), 'ingest', tenant_id, owner_id, id, 'running',"
            + " now(), 'nobody', gen_random_uuid(), now() + interval '100 years' from bots limit 1");
    List<String> soon = List.of("-Dfaults.patience=PT1S");

    try (Lane lane = SampleStores.lane(samples.copied(stores), soon, report)) {
      lane.running();
    }

    assertThat(report.found()).contains("work does not end", "work is left");
  }
}
