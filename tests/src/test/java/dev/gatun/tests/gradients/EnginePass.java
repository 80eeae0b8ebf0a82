package dev.gatun.tests.gradients;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.runtime.GivenInputs;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.Mask;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * One pass of a model forward and backward, for the loss "sum of cotangent times output"; all arrays batch-major, row-major.
 *
 * @param outputs one for each output of the model
 * @param weights gradients by the weight's name
 * @param inputs  gradients, one for each input of the model; of a mask none
 * @param states  gradients of the initial h and c, by the LSTM's name; of the first call, if there are several
 */
public record EnginePass(
        List<float[]> outputs, SequencedMap<String, float[]> weights, List<float[]> inputs,
        SequencedMap<String, List<float[]>> states) {

    public static EnginePass of(Model model, List<Tensor> inputs, List<float[]> cotangents) {
        return of(model, inputs, List.of(), cotangents);
    }

    /** With masks that are given with the data. */
    public static EnginePass of(Model model, List<Tensor> inputs, List<Mask> masks, List<float[]> cotangents) {
        GivenInputs given = model.network().given(inputs, masks);
        List<Shape> shapes = given.tensors().stream().map(Tensor::shape).toList();
        Execution execution = model.network().execution(given.masked(), shapes, ExecutionMode.DIFFERENTIATION);
        for (int i = 0; i < shapes.size(); i++) {
            execution.load(i, given.tensors().get(i), 0);
        }
        execution.forward();
        List<float[]> outputs = new ArrayList<>();
        for (int i = 0; i < execution.outputCount(); i++) {
            Tensor output = Tensor.zeros(execution.output(i).shape().toArray());
            execution.read(i, output, 0);
            outputs.add(output.toArray());
            write(cotangents.get(i), execution.output(i), execution.outputGradient(i));
        }
        model.network().gradients().clear();
        execution.backward();
        SequencedMap<String, float[]> weights = new LinkedHashMap<>();
        for (Weight weight : model.weights()) {
            if (weight.role() == WeightRole.TRAINED) {
                weights.put(weight.name(), weight.get(model.network().gradients()).toArray());
            }
        }
        List<float[]> inputGradients = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (!execution.input(i).requiresGradient()) {
                inputGradients.add(new float[0]);
                continue;
            }
            Tensor gradient = Tensor.zeros(shapes.get(i).toArray());
            execution.readInputGradient(i, gradient);
            inputGradients.add(gradient.toArray());
        }
        return new EnginePass(outputs, weights, inputGradients, states(model, execution, shapes));
    }

    private static SequencedMap<String, List<float[]>> states(Model model, Execution execution, List<Shape> shapes) {
        SequencedMap<String, List<float[]>> states = new LinkedHashMap<>();
        int operation = 0;
        Graph graph = model.network().flatGraph();
        for (int index = 0; index < graph.steps().size(); index++) {
            if (graph.inputs().contains(index)) {
                continue;
            }
            Graph.NamedLayer layer = graph.layerOf(graph.steps().get(index));
            List<RowsView> rows = execution.stateGradients(operation++);
            if (layer.layer() instanceof RecurrentLayer<?> recurrent && !rows.isEmpty()) {
                int batch = (int) shapes.getFirst().dim(0);
                states.putIfAbsent(layer.name(), IntStream.range(0, rows.size())
                        .mapToObj(i -> read(rows.get(i), batch, recurrent.stateWidths().get(i))).toList());
            }
        }
        return states;
    }

    private static float[] read(RowsView rows, int count, int columns) {
        float[] values = new float[count * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.segment().get(JAVA_FLOAT, rows.at(i / columns) + i % columns * 4L);
        }
        return values;
    }

    /** Batch-major numbers into time-major rows; columns only, paddings stay. */
    private static void write(float[] cotangent, Value value, RowsView rows) {
        for (int b = 0; b < value.batch() && rows != null; b++) {
            for (int t = 0; t < value.time(); t++) {
                for (int column = 0; column < value.columns(); column++) {
                    float number = cotangent[(b * value.time() + t) * value.columns() + column];
                    rows.segment().set(JAVA_FLOAT, rows.at((long) t * value.batch() + b) + column * 4L, number);
                }
            }
        }
    }

    /** Everything in one row: outputs, gradients of weights, of inputs, of states. */
    public float[] all() {
        List<float[]> parts = new ArrayList<>(outputs);
        parts.addAll(weights.values());
        parts.addAll(inputs);
        states.values().forEach(parts::addAll);
        FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }

    /** Random cotangents for these input shapes. */
    public static List<float[]> cotangents(Model model, List<Tensor> inputs, long seed) {
        List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
        Execution execution = model.network().execution(shapes, ExecutionMode.DIFFERENTIATION);
        List<float[]> cotangents = new ArrayList<>();
        for (int i = 0; i < execution.outputCount(); i++) {
            cotangents.add(uniform((int) execution.output(i).shape().elements(), 1, seed + i));
        }
        return cotangents;
    }

    /** Numbers between -size and size. */
    public static float[] uniform(int count, float size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = size * (2 * random.nextFloat() - 1);
        }
        return values;
    }
}
