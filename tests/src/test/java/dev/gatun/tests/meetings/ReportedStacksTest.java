package dev.gatun.tests.meetings;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.MergeMode;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph;
import dev.gatun.tests.reference.RefGraph.LstmValues;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefLstm;
import dev.gatun.tests.reference.RefMerge;
import dev.gatun.tests.reference.RefTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * deeplearning4j #3659, #4738, #6408 and #2536: stacks that differed after they had been imported or saved. Each against double
 * precision, before and after it went through a file.
 */
final class ReportedStacksTest {

    private static final int BATCH = 3;
    private static final int TIME = 12;
    private static final int INPUTS = 5;

    @TempDir
    private Path folder;

    @Test
    void threeLayersAndADense() {
        Model model = Sequential.of(Input.sequence(INPUTS), Lstm.units(128).returnSequences().named("one"),
                Lstm.units(64).returnSequences().named("two"), Lstm.units(64).named("three"),
                Dense.units(3).named("dense"));
        RefGraph graph = new RefGraph();
        Value x = graph.input("x");
        x = graph.lstm("one", options(RefActivation.TANH, false), true, x).y();
        x = graph.lstm("two", options(RefActivation.TANH, false), true, x).y();
        x = graph.lstm("three", options(RefActivation.TANH, false), false, x).y();
        holds(model, graph, graph.dense("dense", RefActivation.LINEAR, x));
    }

    @Test
    void bidirectionalOverBidirectionalThatMultiplies() {
        Model model = Sequential.of(Input.sequence(INPUTS),
                Bidirectional.of(Lstm.units(8).returnSequences().named("a")).named("one"),
                Bidirectional.of(Lstm.units(6).returnSequences().named("b")).named("two"),
                Bidirectional.of(Lstm.units(1).activation("sigmoid").named("c")).merge(MergeMode.MUL).named("three"));
        RefGraph graph = new RefGraph();
        Value x = both(graph, "one", "a", RefActivation.TANH, true, MergeMode.CONCAT, graph.input("x"));
        x = both(graph, "two", "b", RefActivation.TANH, true, MergeMode.CONCAT, x);
        holds(model, graph, both(graph, "three", "c", RefActivation.SIGMOID, false, MergeMode.MUL, x));
    }

    private static Value both(
            RefGraph graph, String layer, String half, RefActivation activation, boolean sequences, MergeMode merge,
            Value x) {
        LstmValues there = graph.lstm(layer + "/forward_" + half, options(activation, false), sequences, x);
        LstmValues back = graph.lstm(layer + "/backward_" + half, options(activation, true), sequences, x);
        return graph.add(new RefMerge(merge.keyword()), List.of(there.y(), back.y()), "y/" + layer).getFirst();
    }

    private static RefLstm.Options options(RefActivation activation, boolean backwards) {
        return new RefLstm.Options(activation, RefActivation.SIGMOID, backwards, false);
    }

    private void holds(Model model, RefGraph graph, Value y) {
        Tensor x = Tensor.of(EnginePass.uniform(BATCH * TIME * INPUTS, 1, 3), BATCH, TIME, INPUTS);
        Path file = folder.resolve("stack.gatun");
        try (Model random = RandomWeights.into(model, 0.4f, 7)) {
            Map<String, RefTensor> given = new HashMap<>();
            given.put("x", tensor(x));
            random.weights().forEach(weight -> given.put("w/" + weight.name(), tensor(weight.get())));
            double[] expected = graph.outputs(y).run(given).value(y).values();
            random.save(file);
            Measure.within(1e-5, "as it was made", random.predict(x).toArray(), expected);
            try (Model loaded = Model.load(file)) {
                Measure.within(1e-5, "from its file", loaded.predict(x).toArray(), expected);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static RefTensor tensor(Tensor tensor) {
        float[] numbers = tensor.toArray();
        double[] wide = new double[numbers.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = numbers[i];
        }
        long[] dims = tensor.shape().toArray();
        int[] shape = new int[dims.length];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = (int) dims[axis];
        }
        return new RefTensor(shape, wide);
    }
}
