package dev.gatun.cli.convert;

import dev.gatun.cli.model.RunnableModel;
import dev.gatun.cli.model.Vocabulary;
import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.cli.verify.Comparison;
import dev.gatun.cli.verify.Expected;
import dev.gatun.cli.verify.RandomInputs;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Random numbers, and what a model made of them.
 *
 * @param names   of its outputs
 * @param inputs  in its order
 * @param outputs in its order
 */
public record Trial(List<String> names, List<Tensor> inputs, List<Tensor> outputs) {

    private static final int SAMPLES = 2;
    private static final int STEPS = 5;

    /** @throws IllegalArgumentException if the model does not take random numbers */
    public static Trial of(Model model) {
        List<Tensor> inputs = new RandomInputs(0, SAMPLES, STEPS, Vocabulary.of(model)).of(ModelShape.of(model));
        return new Trial(model.outputNames(), inputs, model.predict(inputs));
    }

    /**
     * Another model on the same numbers; outputs that it makes beyond those of the first are passed over.
     *
     * @return what became of each output
     * @throws IllegalArgumentException if it does not take the same inputs
     */
    public List<Comparison> repeat(RunnableModel other) {
        List<Tensor> got = other.run(inputs);
        List<Comparison> all = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            all.add(Comparison.of(names.get(i), got.get(i), Expected.of(outputs.get(i))));
        }
        return all;
    }
}
