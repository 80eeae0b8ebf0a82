package dev.gatun.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.CallPlace;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.PlanMemory;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.plan.WeightPlaces;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers that run as one: who is asked for which rows. */
final class RowsOperationTest {

    private static final Team ALONE = new Team(1);

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** Writes down what it is asked for. */
    private class Alone implements Operation {

        final String name;
        private final Value output;

        Alone(String name, Value output) {
            this.name = name;
            this.output = output;
        }

        @Override
        public List<Value> outputs() {
            return List.of(output);
        }

        @Override
        public void bind(Memory memory) {
            calls.add(name + " bound");
        }

        @Override
        public void resize() {
            calls.add(name + " resized");
        }

        @Override
        public void forward(RunContext run) {
            calls.add(name + " of step " + run.step());
        }

        @Override
        public void backward(RunContext run) {
            calls.add(name + " back");
        }
    }

    private final class Rows extends Alone implements RowOperation {

        Rows(String name, Value output) {
            super(name, output);
        }

        @Override
        public void forwardRows(RunContext run, int first, int count) {
            calls.add(name + " of step " + run.step() + " rows " + first + " and " + count);
        }
    }

    private static Value value(int rows) {
        return new PlanContext("a", new CallPlace(0, List.of(), List.of()), ExecutionMode.INFERENCE,
                CallArguments.of(List.<Value>of()), WeightPlaces.NONE, new PlanMemory(ExecutionMode.INFERENCE), ALONE)
                .output("", Shape.of(rows, 3));
    }

    private List<String> forward(int rows, int threads) {
        RunContext run = new RunContext();
        run.set(1, 5);
        try (Team team = new Team(threads)) {
            List<Operation> parts = List.of(new Rows("a", value(1)), new Rows("b", value(rows)));
            List<Operation> joined = PlanGroup.Kind.ROWS.joined(parts, team);
            assertEquals(1, joined.size());
            calls.clear();
            joined.getFirst().forward(run);
        }
        return calls.stream().sorted().toList();
    }

    @Test
    void aThreadAloneTakesAllRowsThroughAllLayers() {
        assertEquals(List.of("a of step 5 rows 0 and 1", "b of step 5 rows 0 and 1"), forward(1, 1));
        assertEquals(List.of("a of step 5 rows 0 and 9", "b of step 5 rows 0 and 9"), forward(9, 1));
    }

    @Test
    void membersShareWholeTilesOfRows() {
        assertEquals(List.of("a of step 5 rows 0 and 4", "a of step 5 rows 4 and 4", "b of step 5 rows 0 and 4",
                "b of step 5 rows 4 and 4"), forward(8, 2));
        assertEquals(List.of("a of step 5 rows 0 and 4", "a of step 5 rows 4 and 5", "b of step 5 rows 0 and 4",
                "b of step 5 rows 4 and 5"), forward(9, 2));
    }

    /** Each layer then shares its work as it does by itself. */
    @Test
    void tooFewRowsForAllMembersRunLayerByLayer() {
        assertEquals(List.of("a of step 5", "b of step 5"), forward(7, 2));
    }

    @Test
    void whatIsJoinedIsBoundFromTheEndAndResizedFromTheBeginning() {
        try (Team team = new Team(1)) {
            Value last = value(3);
            Operation joined = PlanGroup.Kind.ROWS.joined(
                    List.of(new Rows("a", value(3)), new Rows("b", last)), team).getFirst();
            assertEquals(List.of(last), joined.outputs());
            joined.bind(null);
            joined.resize();
            assertEquals(List.of("b bound", "a bound", "a resized", "b resized"), calls);
            assertThrows(IllegalStateException.class, () -> joined.backward(new RunContext()));
        }
    }

    @Test
    void whatCannotRunSomeRowsAloneStaysAsItIs() {
        try (Team team = new Team(1)) {
            List<Operation> parts = List.of(new Rows("a", value(3)), new Alone("b", value(3)));
            assertSame(parts, PlanGroup.Kind.ROWS.joined(parts, team));
            assertSame(parts, PlanGroup.Kind.SINGLE.joined(parts, team));
        }
    }
}
