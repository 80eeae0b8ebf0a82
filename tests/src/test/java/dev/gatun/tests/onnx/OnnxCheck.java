package dev.gatun.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.graph.OnnxExport;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelWriter;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.perf.exchange.OnnxEngine;
import dev.gatun.tests.fixture.Measure;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A model as ONNX against the model: its nodes in double precision, and its file in each engine that is on the class path, which
 * profile {@code peers} puts there.
 */
public final class OnnxCheck {

    private static final double OUTPUTS = 1e-5;
    private static final List<OnnxEngine> ENGINES = ServiceLoader.load(OnnxEngine.class).stream()
            .map(ServiceLoader.Provider::get).toList();

    private OnnxCheck() {}

    /** What {@link #check} runs files in, by their names. */
    static List<String> engines() {
        return ENGINES.stream().map(OnnxEngine::name).toList();
    }

    /** The nodes of a model. */
    public static OnnxGraph onnx(Model model) {
        return OnnxExport.of(model.graph(), name -> model.weight(name).get());
    }

    /** Throws an AssertionError if an output differs by more than 1e-5 of the largest. */
    public static void check(Model model, List<Tensor> inputs) {
        check(onnx(model), model, inputs);
    }

    /** The same for nodes that are there already. */
    public static void check(OnnxGraph graph, Model model, List<Tensor> inputs) {
        List<double[]> expected = OnnxEvaluator.run(graph, inputs);
        List<Tensor> got = model.predict(inputs);
        for (int i = 0; i < got.size(); i++) {
            Measure.within(OUTPUTS, "output " + i, numbers(got.get(i)), expected.get(i));
        }
        for (OnnxEngine engine : ENGINES) {
            compare(engine, model, inputs, got);
        }
    }

    private static void compare(OnnxEngine engine, Model model, List<Tensor> inputs, List<Tensor> expected) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List<float[]> got;
        try {
            ModelWriter.of("onnx").save(model, file);
            got = engine.run(file.toByteArray(), inputs);
        } catch (Exception failed) {
            throw new AssertionError(engine.name() + ": " + failed.getMessage(), failed);
        }
        for (int i = 0; i < expected.size(); i++) {
            float[] numbers = numbers(expected.get(i));
            assertEquals(numbers.length, got.get(i).length, engine.name() + ": output " + i);
            double[] wide = new double[numbers.length];
            for (int k = 0; k < wide.length; k++) {
                wide[k] = numbers[k];
            }
            Measure.within(OUTPUTS, engine.name() + ": output " + i, got.get(i), wide);
        }
    }

    private static float[] numbers(Tensor tensor) {
        if (tensor.type() != DataType.INT32) {
            return tensor.toArray();
        }
        int[] whole = tensor.toIntArray();
        float[] numbers = new float[whole.length];
        for (int i = 0; i < whole.length; i++) {
            numbers[i] = whole[i];
        }
        return numbers;
    }
}
