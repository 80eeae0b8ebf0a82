package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.Node;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer whose sequence has steps that do not count, in any pattern. */
abstract class MaskBattery extends PlanBattery {

    /** What a row of a batch leaves out; of a shorter or longer sequence the pattern goes on from its beginning. */
    private static final int[][] PATTERNS = {
        {1, 1, 1, 1, 1}, {1, 1, 0, 0, 0}, {0, 1, 0, 1, 1}, {0, 0, 0, 0, 0}, {0, 0, 1, 1, 0}, {1, 0, 1, 0, 1}};

    /** Those that leave steps out of a sequence. */
    List<Instance> consumers() {
        return withMasks().filter(instance -> rule(instance) == MaskRule.CONSUME).toList();
    }

    private Stream<Instance> withMasks() {
        return instances().stream().filter(instance -> instance.inputs().getFirst().rank() == 3);
    }

    private static MaskRule rule(Instance instance) {
        LayerType<Layer> type = BuiltInTypes.ALL.of(instance.layer());
        return type.masks(instance.layer());
    }

    /** What a value carries follows from the rule; a layer that refuses says so by its name. */
    @ParameterizedTest
    @MethodSource("instances")
    void theOutputsCarryTheMaskThatTheRuleSays(Instance instance) {
        if (instance.inputs().getFirst().rank() != 3) {
            return;
        }
        if (Set.of(MaskRule.REFUSE, MaskRule.COMBINE, MaskRule.COMBINE_ALL).contains(rule(instance))) {
            String said = assertThrows(IllegalArgumentException.class, () -> masked(instance)).getMessage();
            assertTrue(said.contains(QUOTED) && said.contains("mask"), said);
            return;
        }
        try (Model model = masked(instance)) {
            Graph graph = model.graph();
            LayerType<Layer> type = BuiltInTypes.ALL.of(instance.layer());
            for (Graph.Ref output : graph.outputs()) {
                boolean isCarried = graph.shape(output).rank() > 2 && rule(instance) != MaskRule.DROP
                        && type.carriesMask(instance.layer(), output.output());
                assertEquals(isCarried, graph.masks().containsKey(output), output.toString());
            }
        }
    }

    /** Whatever stands in a step that does not count, NaN too, touches no output and no gradient. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("consumers")
    void stepsThatDoNotCountChangeNoBits(Instance instance) {
        try (Model model = masked(instance)) {
            int batch = PATTERNS.length;
            List<Tensor> inputs = inputs(instance, batch);
            Tensor mask = mask(instance, batch);
            List<Tensor> clean = with(inputs, filled(inputs.getFirst(), mask, 0.5f), mask);
            List<Tensor> spoiled = with(inputs, filled(inputs.getFirst(), mask, Float.NaN), mask);
            List<float[]> cotangents = EnginePass.cotangents(model, clean, 3);
            Bits.same(EnginePass.of(model, spoiled, cotangents).all(), EnginePass.of(model, clean, cotangents).all(),
                    "with and without NaN");
            List<Tensor> expected = model.predict(clean);
            List<Tensor> got = model.predict(spoiled);
            for (int i = 0; i < got.size(); i++) {
                Bits.same(got.get(i).toArray(), expected.get(i).toArray(), "predicted output " + i);
                Bits.same(got.get(i).toArray(), EnginePass.of(model, clean, cotangents).outputs().get(i),
                        "output " + i + " in a plan with gradients");
            }
        }
    }

    /** A sequence with steps left out is the sequence of the others: outputs, and gradients of weights and inputs. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("consumers")
    void theStepsThatCountAreASequenceOfTheirOwn(Instance instance) {
        try (Model model = masked(instance); Model plain = model(instance, true)) {
            List<Tensor> all = inputs(instance, PATTERNS.length);
            Tensor masks = mask(instance, PATTERNS.length);
            for (int row = 0; row < PATTERNS.length; row++) {
                List<Tensor> inputs = new ArrayList<>();
                for (Tensor tensor : all) {
                    inputs.add(rows(tensor, row, 1));
                }
                int[] steps = masks.row(row).toIntArray();
                int[] counted = counted(steps);
                if (counted.length > 0) {
                    List<Tensor> fewer = new ArrayList<>(inputs);
                    fewer.set(0, kept(inputs.getFirst(), counted));
                    inputs.add(Tensor.ofInts(new int[][] {steps}));
                    compare(instance, new Case(model, inputs), new Case(plain, fewer), counted);
                }
            }
        }
    }

    private record Case(Model model, List<Tensor> inputs) {
        EnginePass pass(List<float[]> cotangents) {
            return EnginePass.of(model, inputs, cotangents);
        }
    }

    private static void compare(Instance instance, Case masked, Case plain, int[] counted) {
        int time = (int) masked.inputs().getFirst().shape().dim(1);
        int[] places = Boolean.TRUE.equals(instance.layer().config().get("go_backwards"))
                ? flipped(counted, time)
                : counted;
        List<float[]> cotangents = EnginePass.cotangents(plain.model(), plain.inputs(), 4);
        List<float[]> spread = new ArrayList<>();
        for (int i = 0; i < cotangents.size(); i++) {
            boolean isSequence = instance.outputs().get(i).rank() == 3;
            spread.add(isSequence ? spread(cotangents.get(i), places, time) : cotangents.get(i));
        }
        EnginePass expected = plain.pass(cotangents);
        EnginePass got = masked.pass(spread);
        for (int i = 0; i < cotangents.size(); i++) {
            boolean isSequence = instance.outputs().get(i).rank() == 3;
            float[] output = got.outputs().get(i);
            Bits.same(isSequence ? gathered(output, places, time) : output, expected.outputs().get(i), "output " + i);
        }
        expected.weights().forEach((name, gradient) -> Bits.same(got.weights().get(name), gradient,
                "gradient of " + name));
        Bits.same(gathered(got.inputs().getFirst(), counted, time), expected.inputs().getFirst(), "gradient of x");
        for (int i = 1; i < instance.inputs().size(); i++) {
            Bits.same(got.inputs().get(i), expected.inputs().get(i), "gradient of input " + i);
        }
    }

    /** The layer alone, given a mask by name. */
    static Model masked(Instance instance) {
        List<Node> inputs = new ArrayList<>();
        for (Shape shape : instance.inputs()) {
            inputs.add(Input.batchShape(shape.toArray()).named("x" + inputs.size()));
        }
        LayerType<Layer> type = BuiltInTypes.ALL.of(instance.layer());
        CallArguments<Node> read = type.arguments(List.copyOf(inputs));
        Input mask = Input.mask(instance.inputs().getFirst().dim(1)).named("mask");
        LayerCall call = instance.layer().named(NAME)
                .call(new CallArguments<>(read.inputs(), read.initialState(), mask));
        List<Node> outputs = new ArrayList<>();
        for (int i = 0; i < instance.outputs().size(); i++) {
            outputs.add(call.output(i));
        }
        inputs.add(mask);
        Model model = Model.of(inputs, outputs);
        try (Model plain = model(instance)) {
            for (Weight weight : plain.weights()) {
                model.weight(weight.name()).set(weight.get());
            }
        }
        return model;
    }

    static Tensor mask(Instance instance, int batch) {
        int time = (int) instance.inputs().getFirst().dim(1);
        int[][] steps = new int[batch][time];
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < time; t++) {
                steps[b][t] = PATTERNS[b][t % PATTERNS[b].length];
            }
        }
        return Tensor.ofInts(steps);
    }

    private static List<Tensor> with(List<Tensor> inputs, Tensor first, Tensor mask) {
        List<Tensor> all = new ArrayList<>(inputs);
        all.set(0, first);
        all.add(mask);
        return all;
    }

    private static Tensor filled(Tensor x, Tensor mask, float number) {
        float[] numbers = x.toArray();
        int columns = (int) x.shape().last();
        int[] steps = mask.toIntArray();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = steps[i / columns] == 0 ? number : numbers[i];
        }
        return Tensor.of(numbers, x.shape().toArray());
    }

    private static int[] counted(int[] steps) {
        List<Integer> counted = new ArrayList<>();
        for (int t = 0; t < steps.length; t++) {
            if (steps[t] != 0) {
                counted.add(t);
            }
        }
        return counted.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The places of steps that are processed from the last to the first. */
    private static int[] flipped(int[] counted, int time) {
        int[] places = new int[counted.length];
        for (int i = 0; i < counted.length; i++) {
            places[i] = time - 1 - counted[counted.length - 1 - i];
        }
        return places;
    }

    private static Tensor kept(Tensor x, int[] counted) {
        int time = (int) x.shape().dim(1);
        return Tensor.of(gathered(x.toArray(), counted, time), x.shape().with(1, counted.length).toArray());
    }

    /** Of one sample [T,F] the steps of these places. */
    private static float[] gathered(float[] steps, int[] places, int time) {
        int columns = steps.length / time;
        float[] gathered = new float[places.length * columns];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(steps, places[i] * columns, gathered, i * columns, columns);
        }
        return gathered;
    }

    /** The other way: zeros everywhere else. */
    private static float[] spread(float[] steps, int[] places, int time) {
        int columns = steps.length / places.length;
        float[] spread = new float[time * columns];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(steps, i * columns, spread, places[i] * columns, columns);
        }
        return spread;
    }
}
