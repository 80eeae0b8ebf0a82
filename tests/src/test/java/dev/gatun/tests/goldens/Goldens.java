package dev.gatun.tests.goldens;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.formats.PlainJson;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.StackModel;
import dev.gatun.tests.gradients.StackPlan;
import dev.gatun.tests.gradients.StackPlan.Head;
import dev.gatun.tests.gradients.StackPlan.Initial;
import dev.gatun.tests.gradients.StackPlan.LstmPlan;
import dev.gatun.tests.gradients.StackReference;
import dev.gatun.tests.reference.RefGraph;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The goldens: models with their weights, inputs and cotangents, and what the double reference computes of them, 12 digits
 * each, as JSON. {@code -Dgoldens.write=true} makes {@link GoldensTest} write them anew.
 */
final class Goldens {

    private static final MathContext DIGITS = new MathContext(12);

    private Goldens() {}

    /** By file name. */
    static Map<String, StackPlan> plans() {
        LstmPlan small = LstmPlan.of(3);
        Map<String, StackPlan> plans = new LinkedHashMap<>();
        plans.put("last_step",
                new StackPlan(2, 4, 2, List.of(small), false, Head.dense(ActivationFunction.TANH), false, 1));
        plans.put("stack",
                new StackPlan(2, 4, 2, List.of(LstmPlan.of(4), small), true,
                        Head.timeDistributed(ActivationFunction.GELU), false,
                        2));
        plans.put("backwards", new StackPlan(2, 4, 2, List.of(with(3, true, Initial.ZEROS, false), small), false,
                Head.dense(ActivationFunction.SOFTMAX), false, 3));
        plans.put("states_in_and_out", new StackPlan(3, 3, 2,
                List.of(with(3, false, Initial.INPUTS, false), with(3, false, Initial.PREVIOUS, false)), true,
                Head.NONE, true, 4));
        plans.put("states_through_dense", new StackPlan(2, 3, 2,
                List.of(LstmPlan.of(2), with(3, false, Initial.PREVIOUS, false)), false,
                Head.activation(ActivationFunction.SIGMOID), false, 5));
        plans.put("shared", new StackPlan(2, 3, 3, List.of(with(3, false, Initial.ZEROS, true)), false,
                Head.dense(ActivationFunction.TANH), false, 6));
        plans.put("other_gates", new StackPlan(2, 3, 2,
                List.of(new LstmPlan(3, ActivationFunction.SOFTSIGN, ActivationFunction.HARD_SIGMOID, false, false,
                        Initial.ZEROS, false)),
                true, Head.dense(ActivationFunction.SOFTMAX), false, 7));
        plans.put("past_a_block",
                new StackPlan(1, 3, 1, List.of(LstmPlan.of(17)), false, Head.dense(ActivationFunction.TANH), false, 8));
        return plans;
    }

    private static LstmPlan with(int units, boolean backwards, Initial initial, boolean twice) {
        return new LstmPlan(units, ActivationFunction.TANH, ActivationFunction.SIGMOID, true, backwards, initial,
                twice);
    }

    /** What the file of this plan holds. */
    static Map<String, Object> golden(StackPlan plan) {
        try (StackModel stack = new StackModel(plan)) {
            Model model = stack.model();
            List<Tensor> inputs = stack.inputs();
            List<float[]> cotangents = EnginePass.cotangents(model, inputs, plan.seed() * 1000 + 700);
            StackReference reference = new StackReference(plan, stack);
            if (reference.kinkDistance() < 1e-3) {
                throw new IllegalStateException("too near a kink, choose another seed: " + plan);
            }
            RefGraph.Gradients gradients = reference.gradients(cotangents);
            Map<String, Object> weights = new LinkedHashMap<>();
            Map<String, Object> weightGradients = new LinkedHashMap<>();
            model.weights().forEach(weight -> {
                weights.put(weight.name(), exact(weight.get().toArray()));
                weightGradients.put(weight.name(), rounded(gradients.of("w/" + weight.name())));
            });
            List<Object> given = new ArrayList<>();
            List<Object> inputGradients = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                Map<String, Object> input = new LinkedHashMap<>();
                input.put("shape", java.util.Arrays.stream(inputs.get(i).shape().toArray()).boxed().toList());
                input.put("values", exact(inputs.get(i).toArray()));
                given.add(input);
                inputGradients.add(rounded(gradients.of(stack.inputNames().get(i))));
            }
            List<Object> outputs = new ArrayList<>();
            for (int i = 0; i < cotangents.size(); i++) {
                outputs.add(rounded(reference.output(i)));
            }
            Map<String, Object> golden = new LinkedHashMap<>();
            golden.put("plan", plan.toString());
            golden.put("model", ModelConfig.toMap(model.graph()));
            golden.put("weights", weights);
            golden.put("inputs", given);
            golden.put("cotangents", cotangents.stream().map(Goldens::exact).toList());
            golden.put("outputs", outputs);
            golden.put("weight_gradients", weightGradients);
            golden.put("input_gradients", inputGradients);
            return golden;
        }
    }

    /** Writes all files. */
    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, StackPlan> entry : plans().entrySet()) {
            String text = PlainJson.text(golden(entry.getValue()));
            // One part per line, so that a change can be seen.
            Files.writeString(folder.resolve(entry.getKey() + ".json"),
                    text.replaceAll(",\"(\\w+/?\\w*)\":([\\[{])", ",\n\"$1\":$2") + "\n");
        }
    }

    /** The shortest decimals that give the same floats. */
    private static List<Double> exact(float[] floats) {
        List<Double> values = new ArrayList<>();
        for (float number : floats) {
            values.add(Double.parseDouble(Float.toString(number)));
        }
        return values;
    }

    private static List<Double> rounded(double[] doubles) {
        List<Double> values = new ArrayList<>();
        for (double number : doubles) {
            values.add(new BigDecimal(number).round(DIGITS).doubleValue());
        }
        return values;
    }
}
