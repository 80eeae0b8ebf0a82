package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.PlainJson;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Law;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Positional;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every layer must do. A layer joins with one class that extends this and lists instances; see {@code LstmTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LayerBattery extends KerasBattery {

    private static final double OUTPUTS = 1e-5;
    private static final double GRADIENTS = 1e-4;

    @ParameterizedTest
    @MethodSource("instances")
    void itsConfigurationMakesAnEqualLayer(Instance instance) {
        Map<String, Object> config = PlainJson.object("config", PlainJson.text(instance.layer().config()));
        assertEquals(instance.layer().named(NAME), BuiltInTypes.ALL.layer(instance.layer().kind(), NAME, config));
    }

    /** The battery runs all of them for every instance, but for steps where there are none. */
    @ParameterizedTest
    @MethodSource("instances")
    void itsTypeDeclaresTheLawsThatAreTriedHere(Instance instance) {
        Layer layer = instance.layer();
        LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
        Set<Law> tried = EnumSet.allOf(Law.class);
        if (!instance.steps()) {
            tried.remove(Law.STEPS);
        }
        assertEquals(tried, type.laws(layer));
        assertEquals(instance.steps(), !(type.stepping(layer) instanceof Stepping.WholeSequence));
        assertEquals(instance.outputs().size(), type.outputs(layer).size());
    }

    @ParameterizedTest
    @MethodSource("instances")
    void aFileGivesItBackBitForBit(Instance instance, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.gatun");
        Path again = folder.resolve("again.gatun");
        try (Model model = model(instance)) {
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertEquals(layer(model), layer(loaded));
                assertEquals(model.summaryText(), loaded.summaryText());
                List<Tensor> inputs = inputs(instance, 3);
                for (int i = 0; i < model.weights().size(); i++) {
                    assertEquals(model.weights().get(i).name(), loaded.weights().get(i).name());
                    Bits.same(loaded.weights().get(i).get().toArray(), model.weights().get(i).get().toArray(),
                            model.weights().get(i).name());
                }
                List<float[]> cotangents = EnginePass.cotangents(model, inputs, 1);
                Bits.same(EnginePass.of(loaded, inputs, cotangents).all(),
                        EnginePass.of(model, inputs, cotangents).all(), "the loaded model");
                loaded.save(again);
            }
        }
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again), "saved again");
    }

    @ParameterizedTest
    @MethodSource("instances")
    void theInferredShapesAreTheRealOnes(Instance instance) {
        try (Model model = model(instance)) {
            assertEquals(instance.outputs(), model.outputShapes());
            for (int batch : new int[] {1, 5}) {
                assertEquals(instance.outputs().stream().map(shape -> shape.with(0, batch)).toList(),
                        model.predict(inputs(instance, batch)).stream().map(Tensor::shape).toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("instances")
    void itsParametersAreCounted(Instance instance) {
        try (Model model = model(instance)) {
            assertEquals(instance.parameters(), model.parameterCount());
            assertEquals(instance.parameters(),
                    model.weights().stream().mapToLong(weight -> weight.shape().elements()).sum());
            String line = String.format(Locale.ROOT, "Total params: %,d ", instance.parameters());
            assertTrue(model.summaryText().contains(line), model.summaryText());
        }
    }

    /** A NaN in one row of the first input: its outputs are NaN where the reference's are, and no other row hears of it. */
    @ParameterizedTest
    @MethodSource("instances")
    void aNanStaysInItsRow(Instance instance) {
        if (instance.ids() > 0) {
            return;
        }
        try (Model model = model(instance)) {
            List<Tensor> clean = inputs(instance, 4);
            List<Tensor> spoiled = new ArrayList<>(clean);
            float[] values = clean.getFirst().toArray();
            values[2 * values.length / 4] = Float.NaN;
            spoiled.set(0, Tensor.of(values, clean.getFirst().shape().toArray()));
            List<Tensor> expected = model.predict(clean);
            List<Tensor> got = model.predict(spoiled);
            Reference reference = new Reference(instance, model, spoiled);
            for (int i = 0; i < got.size(); i++) {
                for (int row : new int[] {0, 1, 3}) {
                    Bits.same(rows(got.get(i), row, 1).toArray(), rows(expected.get(i), row, 1).toArray(),
                            "row " + row);
                }
                float[] all = got.get(i).toArray();
                double[] doubles = reference.output(i);
                for (int k = 0; k < all.length; k++) {
                    assertEquals(Double.isNaN(doubles[k]), Float.isNaN(all[k]), "output " + i + ", number " + k);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("instances")
    void outputsAndGradientsAreThoseOfTheReference(Instance instance) {
        try (Model model = model(instance)) {
            List<Tensor> inputs = inputs(instance, 3);
            List<float[]> cotangents = EnginePass.cotangents(model, inputs, 1);
            EnginePass pass = EnginePass.of(model, inputs, cotangents);
            Reference reference = new Reference(instance, model, inputs);
            assertTrue(reference.run.kinkDistance() > 1e-5, "too near a kink: choose another seed");
            for (int i = 0; i < pass.outputs().size(); i++) {
                Measure.within(OUTPUTS, "output " + i, pass.outputs().get(i), reference.output(i));
            }
            RefGraph.Gradients expected = reference.gradients(cotangents);
            pass.weights().forEach((name, gradient) -> gradientIs(name, gradient, expected.of("w/" + name)));
            for (int i = 0; i < inputs.size() && instance.ids() == 0; i++) {
                Measure.within(GRADIENTS, "gradient of input " + i, pass.inputs().get(i), expected.of("x" + i));
            }
        }
    }

    /** A gradient that is zero, as that of a bias of all keys, comes out as what roundings leave. */
    private static void gradientIs(String name, float[] gradient, double[] expected) {
        if (Arrays.stream(expected).allMatch(value -> Math.abs(value) < 1e-12)) {
            for (float number : gradient) {
                assertEquals(0, number, 1e-5, "gradient of " + name);
            }
            return;
        }
        Measure.within(GRADIENTS, "gradient of " + name, gradient, expected);
    }

    @ParameterizedTest
    @MethodSource("instances")
    void wrongShapesAreRefusedByItsName(Instance instance) {
        Layer layer = instance.layer();
        Shape input = instance.inputs().getFirst();
        List<Shape> rest = instance.inputs().subList(1, instance.inputs().size());
        refused(layer, with(Shape.of(-1, 2, 3, 4), rest), "(None, 2, 3, 4)");
        if (instance.ids() == 0) {
            refused(layer, with(Shape.of(-1), rest), "(None,)");
        }
        if (!takesSeveral(instance)) {
            refused(layer, List.of(input, input), "got");
        }
        // More than any layer here takes, and no even number of states.
        refused(layer, Collections.nCopies(10, input), "10");
        if (instance.parameters() > 0 && instance.ids() == 0) {
            refused(layer, with(input.with(-1, Shape.UNKNOWN), rest), "None");
            BuiltLayer built = Positional.build(layer, NAME, instance.inputs());
            Shape wider = input.with(-1, input.last() + 1);
            if (hasWeightsOfAnyWidth(built, layer, with(wider, rest))) {
                return;
            }
            String said = assertThrows(ShapeException.class, () -> Positional.outputs(layer, built, with(wider, rest)))
                    .getMessage();
            assertTrue(said.contains(QUOTED) && said.contains(wider.toString()), said);
        }
        // Of several data each may be of another width.
        for (int i = data(instance); i < instance.inputs().size(); i++) {
            List<Shape> wrong = new ArrayList<>(instance.inputs());
            wrong.set(i, wrong.get(i).with(-1, wrong.get(i).last() + 1));
            refused(layer, wrong, wrong.get(i).toString());
        }
    }

    /** As weights of steps are. */
    private static boolean hasWeightsOfAnyWidth(BuiltLayer built, Layer layer, List<Shape> wider) {
        try {
            return shapes(Positional.build(layer, NAME, wider)).equals(shapes(built));
        } catch (ShapeException unfit) {
            return false;
        }
    }

    private static List<Shape> shapes(BuiltLayer built) {
        return built.weights().stream().map(WeightSpec::shape).toList();
    }

    private static int data(Instance instance) {
        LayerType<Layer> type = BuiltInTypes.ALL.of(instance.layer());
        return type.arguments(instance.inputs()).inputs().size();
    }

    private static boolean takesSeveral(Instance instance) {
        LayerType<Layer> type = BuiltInTypes.ALL.of(instance.layer());
        return data(instance) > 1 || type.kerasCall().values().size() > 1;
    }

    private static List<Shape> with(Shape first, List<Shape> rest) {
        List<Shape> all = new ArrayList<>(rest);
        all.addFirst(first);
        return all;
    }

    private static void refused(Layer layer, List<Shape> shapes, String part) {
        String said = assertThrows(ShapeException.class,
                () -> Positional.outputs(layer, Positional.build(layer, NAME, shapes), shapes),
                () -> shapes.toString()).getMessage();
        assertTrue(said.contains(QUOTED) && said.contains(part), said);
    }

    @ParameterizedTest
    @MethodSource("instances")
    void dataOfTheWrongWidthAreRefused(Instance instance) {
        try (Model model = model(instance)) {
            List<Tensor> inputs = new ArrayList<>(inputs(instance, 2));
            Shape shape = inputs.getFirst().shape();
            if (instance.ids() > 0 && shape.rank() == 1) {
                return;
            }
            long[] wider = shape.with(-1, shape.last() + 1).toArray();
            inputs.set(0, instance.ids() == 0
                    ? Tensor.zeros(wider)
                    : Tensor.ofInts(new int[(int) Shape.of(wider).elements()], wider));
            String said = assertThrows(ShapeException.class, () -> model.predict(inputs)).getMessage();
            assertTrue(said.contains("'x0'") && said.contains(String.valueOf(shape.last() + 1)), said);
        }
    }

    /** The same layer in double precision on the same numbers. */
    private static final class Reference {
        private final RefGraph graph = new RefGraph();
        private final List<RefGraph.Value> outputs;
        private final RefGraph.Run run;

        Reference(Instance instance, Model model, List<Tensor> inputs) {
            Map<String, RefTensor> given = new HashMap<>();
            List<RefGraph.Value> values = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                values.add(graph.input("x" + i));
                given.put("x" + i, RefTensor.of(inputs.get(i)));
            }
            model.weights().forEach(weight -> given.put("w/" + weight.name(), RefTensor.of(weight.get())));
            outputs = instance.reference().of(graph, values);
            graph.outputs(outputs.toArray(RefGraph.Value[]::new));
            run = graph.run(given);
        }

        double[] output(int index) {
            return run.value(outputs.get(index)).values();
        }

        RefGraph.Gradients gradients(List<float[]> cotangents) {
            Map<RefGraph.Value, double[]> byValue = new HashMap<>();
            for (int i = 0; i < outputs.size(); i++) {
                byValue.put(outputs.get(i), doubles(cotangents.get(i)));
            }
            return run.backward(byValue);
        }

        private static double[] doubles(float[] floats) {
            double[] values = new double[floats.length];
            Arrays.setAll(values, i -> floats[i]);
            return values;
        }
    }
}
