package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.Fixture;
import dev.gatun.tests.fixture.FixtureModels;
import dev.gatun.tests.fixture.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class KerasConfigTest {

    @Test
    void everyFixtureIsWiredOrRefusedByName() {
        Assumptions.assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        int wired = 0;
        List<String> refused = new ArrayList<>();
        for (Fixture fixture : Fixtures.where(each -> each.kerasModel().isObject())) {
            try {
                Graph graph = FixtureModels.withStates(fixture).graph();
                assertTrue(
                        fixture.layers().stream().allMatch(
                                layer -> BuiltInTypes.ALL.knows(layer.path("class_name").asText())),
                        fixture.name());
                assertTrue(graph.outputs().size() >= 1);
                wired++;
            } catch (IllegalArgumentException named) {
                refused.add(fixture.name() + ": " + named.getMessage());
            }
        }
        refused.forEach(System.out::println);
        System.out.println(wired + " of the fixtures' models wired, " + refused.size() + " refused by name");
        assertTrue(wired >= 50, wired + " wired");
    }
}
