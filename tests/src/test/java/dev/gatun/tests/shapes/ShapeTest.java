package dev.gatun.tests.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.StatefulInputs;
import dev.gatun.tests.gradients.StackModel;
import dev.gatun.tests.gradients.StackPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

/** What a model says about its shapes and sizes is what it does. */
final class ShapeTest {

    @Property
    @Domain(LargerStacks.class)
    void inferredShapesAreTheRealOnes(@ForAll StackPlan plan) {
        try (StackModel stack = new StackModel(plan)) {
            Model model = stack.model();
            List<Shape> inferred = model.outputShapes().stream().map(shape -> shape.with(0, plan.batch())).toList();
            List<Shape> real = model.predict(stack.inputs()).stream().map(Tensor::shape).toList();
            assertEquals(inferred, real);
            List<Shape> expected = new ArrayList<>(List.of(plan.outputShape()));
            if (plan.states()) {
                Shape state = Shape.of(plan.batch(), plan.lstms().getLast().units());
                expected.addAll(List.of(state, state));
            }
            assertEquals(expected, real);
            assertEquals(plan.parameters(), model.parameterCount());
            assertTrue(model.summaryText()
                    .contains(String.format(Locale.ROOT, "Total params: %,d ", plan.parameters())));
        }
    }

    /** Every row of the summary, and their sum, count what the weights hold. */
    @Property
    @Domain(LargerStacks.class)
    void theSummaryCountsTheWeights(@ForAll StackPlan plan) {
        try (StackModel stack = new StackModel(plan)) {
            Model model = stack.model();
            Map<String, Long> counts = new HashMap<>();
            model.weights().forEach(weight -> counts.merge(weight.layer(), weight.shape().elements(), Long::sum));
            List<Long> expected = model.graph().layers().stream()
                    .map(layer -> counts.getOrDefault(layer.name(), 0L)).toList();
            List<Long> rows = new ArrayList<>();
            for (String line : model.summaryText().lines().toList()) {
                String[] cells = line.split("│");
                if (cells.length > 3 && cells[3].strip().matches("[0-9,]+")) {
                    rows.add(Long.parseLong(cells[3].strip().replace(",", "")));
                }
            }
            assertEquals(expected, rows, model::summaryText);
            long total = expected.stream().mapToLong(Long::longValue).sum();
            for (String what : List.of("Total", "Trainable")) {
                assertTrue(model.summaryText().contains(String.format(Locale.ROOT, "%s params: %,d ", what, total)),
                        model.summaryText());
            }
        }
    }

    @Property
    @Domain(LargerStacks.class)
    void everyLstmHasItsThreeWeights(@ForAll StackPlan plan) {
        try (StackModel stack = new StackModel(plan)) {
            Graph graph = stack.model().graph();
            for (Graph.Step step : graph.steps()) {
                Graph.NamedLayer layer = graph.layerOf(step);
                if (!(layer.layer() instanceof Lstm lstm)) {
                    continue;
                }
                long inputs = graph.shape(step.arguments().input()).last();
                long units = lstm.units();
                assertEquals(Shape.of(inputs, 4 * units), shape(stack.model(), layer.name() + "/kernel"));
                assertEquals(Shape.of(units, 4 * units), shape(stack.model(), layer.name() + "/recurrent_kernel"));
                if (lstm.useBias()) {
                    assertEquals(Shape.of(4 * units), shape(stack.model(), layer.name() + "/bias"));
                }
                long count = stack.model().weights().stream().filter(weight -> weight.layer().equals(layer.name()))
                        .mapToLong(weight -> weight.shape().elements()).sum();
                assertEquals(4 * units * (inputs + units + (lstm.useBias() ? 1 : 0)), count);
            }
        }
    }

    private static Shape shape(Model model, String weight) {
        return model.weight(weight).shape();
    }

    @Test
    void batchAndTimeMayBeUnknownUntilTheFirstCall() {
        try (Model model = Sequential.of(Input.sequence(3), Lstm.units(4).returnSequences(), Dense.units(2))) {
            assertEquals(List.of(Shape.of(-1, -1, 3)), model.inputShapes());
            assertEquals(List.of(Shape.of(-1, -1, 2)), model.outputShapes());
            for (int[] size : new int[][] {{1, 1}, {5, 7}, {2, 30}, {40, 2}, {1, 1}}) {
                assertEquals(Shape.of(size[0], size[1], 2), model.predict(Tensor.zeros(size[0], size[1], 3)).shape());
            }
            assertTrue(model.summaryText().contains("(None, None, 4)"), model.summaryText());
        }
    }

    /** The last h of no steps is the first, in both directions; without one it is zero. */
    @Test
    void theLastOutputOfNoStepsIsTheFirstH() {
        for (boolean backwards : new boolean[] {false, true}) {
            StatefulInputs inputs = StatefulInputs.of(Input.sequence(3), 4);
            Lstm lstm = Lstm.units(4).goBackwards(backwards);
            try (Model wired = inputs.to(inputs.through(lstm));
                    Model alone = Sequential.of(Input.sequence(3), lstm)) {
                Tensor first = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
                Tensor none = Tensor.zeros(2, 0, 3);
                assertArrayEquals(first.toArray(),
                        wired.predict(List.of(none, first, Tensor.zeros(2, 4))).getFirst().toArray());
                assertArrayEquals(new float[8], alone.predict(none).toArray());
            }
        }
    }

    /** No steps: the state is as it began. No samples: nothing, of the right shape. */
    @Test
    void nothingHasAShapeToo() {
        StatefulInputs inputs = StatefulInputs.of(Input.sequence(3), 4);
        RecurrentOutput lstm = inputs.through(Lstm.units(4).returnSequences().returnState());
        try (Model model = inputs.to(lstm, lstm.state().h(), lstm.state().c())) {
            Tensor first = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
            Tensor second = Tensor.of(new float[] {8, 7, 6, 5, 4, 3, 2, 1}, 2, 4);
            List<Tensor> noSteps = model.predict(List.of(Tensor.zeros(2, 0, 3), first, second));
            assertEquals(Shape.of(2, 0, 4), noSteps.get(0).shape());
            assertArrayEquals(first.toArray(), noSteps.get(1).toArray());
            assertArrayEquals(second.toArray(), noSteps.get(2).toArray());
            List<Tensor> noSamples = model.predict(
                    List.of(Tensor.zeros(0, 5, 3), Tensor.zeros(0, 4), Tensor.zeros(0, 4)));
            assertEquals(List.of(Shape.of(0, 5, 4), Shape.of(0, 4), Shape.of(0, 4)),
                    noSamples.stream().map(Tensor::shape).toList());
        }
    }
}
