package dev.gatun.tests.dropout;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A pass forward and back as a training makes it, with dropout; numbers batch-major.
 *
 * @param outputs of the model
 * @param weights gradients by the weight's name
 * @param input   gradient of the only input
 */
public record TrainingPass(List<float[]> outputs, Map<String, float[]> weights, float[] input) {

    private static final long SEED = 11;

    /**
     * A pass.
     *
     * @param prepare   what is done with the plan before it runs
     * @param gradients of the outputs, from the outputs
     */
    public static TrainingPass of(
            Model model, Tensor x, long step, Consumer<Execution> prepare,
            Function<List<float[]>, List<float[]>> gradients) {
        Execution execution = model.network().execution(List.of(x.shape()), ExecutionMode.TRAINING_TO_INPUTS);
        prepare.accept(execution);
        execution.load(0, x, 0);
        execution.forward(SEED, step);
        List<float[]> outputs = new ArrayList<>();
        for (int i = 0; i < execution.outputCount(); i++) {
            Tensor output = Tensor.zeros(execution.output(i).shape().toArray());
            execution.read(i, output, 0);
            outputs.add(output.toArray());
        }
        List<float[]> given = gradients.apply(outputs);
        for (int i = 0; i < outputs.size(); i++) {
            write(given.get(i), execution.output(i), execution.outputGradient(i));
        }
        model.network().gradients().clear();
        execution.backward();
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (Weight weight : model.weights()) {
            if (weight.role() == WeightRole.TRAINED) {
                weights.put(weight.name(), weight.get(model.network().gradients()).toArray());
            }
        }
        Tensor dx = Tensor.zeros(x.shape().toArray());
        execution.readInputGradient(0, dx);
        return new TrainingPass(outputs, weights, dx.toArray());
    }

    private static void write(float[] gradient, Value value, RowsView rows) {
        int columns = value.columns();
        for (int i = 0; i < gradient.length; i++) {
            int sample = i / columns / value.time();
            int t = i / columns % value.time();
            rows.segment().set(JAVA_FLOAT, rows.at((long) t * value.batch() + sample) + i % columns * 4L, gradient[i]);
        }
    }

    /** Everything in one row. */
    public float[] all() {
        List<float[]> parts = new ArrayList<>(outputs);
        parts.addAll(weights.values());
        parts.add(input);
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
