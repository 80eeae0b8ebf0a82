package dev.gatun.formats.keras.training;

import dev.gatun.formats.hdf5.write.WrittenDataset;
import dev.gatun.formats.hdf5.write.WrittenGroup;
import dev.gatun.formats.hdf5.write.WrittenType;
import dev.gatun.formats.tensors.TensorBytes;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a training as Keras 3 writes it: the optimizer with loss and metrics in the configuration of the model, steps, learning
 * rate and moments beside its weights. Sources: {@code get_compile_config} in keras/src/trainers/trainer.py,
 * {@code save_own_variables} in keras/src/optimizers/base_optimizer.py.
 */
public final class WrittenTraining {

    private static final String NAME = "name";

    private final Model model;
    private final TrainingState state;
    private final Optimizer optimizer;
    private final Map<String, Object> config;

    private WrittenTraining(Model model, TrainingState state) {
        this.model = model;
        this.state = state;
        this.optimizer = Optimizer.fromConfig(state.optimizer());
        this.config = KerasOptimizer.of(optimizer);
    }

    /**
     * The state that a model keeps.
     *
     * @return empty if it was never trained, or by an optimizer that Keras does not have ({@link #whyNot})
     */
    public static Optional<WrittenTraining> of(Model model) {
        return whyNot(model).isPresent()
                ? Optional.empty()
                : model.trainingState().map(state -> new WrittenTraining(model, state));
    }

    /** Why the state that a model keeps is not written; empty if it is, or there is none. */
    public static Optional<String> whyNot(Model model) {
        try {
            model.trainingState().ifPresent(state -> new WrittenTraining(model, state));
            return Optional.empty();
        } catch (IllegalArgumentException unknown) {
            return Optional.of(unknown.getMessage());
        }
    }

    /** How many moments each weight has. */
    public int slots() {
        return optimizer.slots();
    }

    /** Whether Keras is told what was made small. */
    public boolean hasLoss() {
        return state.objective().isPresent();
    }

    /** What the model was compiled with. */
    public Map<String, Object> compileConfig() {
        Map<String, Object> compiled = new LinkedHashMap<>();
        compiled.put("optimizer", KerasObjects.of("keras.optimizers", optimizer.className(), config));
        compiled.putAll(KerasObjects.compiled(state.objective(), model.outputNames()));
        compiled.put("weighted_metrics", null);
        compiled.put("run_eagerly", false);
        compiled.put("steps_per_execution", 1);
        compiled.put("jit_compile", false);
        return compiled;
    }

    /**
     * Adds the optimizer's variables to a file.
     *
     * @param root    of the file
     * @param weights all of the model's, in Keras's order
     */
    public void addTo(WrittenGroup root, List<Weight> weights) {
        WrittenGroup variables = root.group("optimizer/vars");
        variables.attribute(NAME, String.valueOf(config.get(NAME)));
        add(variables, WrittenDataset.of(WrittenType.INT64, state.steps()));
        add(variables, WrittenDataset.of((float) optimizer.learningRate()));
        List<Weight> learnt = weights.stream().filter(Weight::isTrainable).toList();
        for (List<String> block : SlotOrder.of(optimizer, true).blocks()) {
            for (Weight weight : learnt) {
                for (String slot : block) {
                    ParameterBlock moments = state.slots().get(optimizer.slotNames().indexOf(slot));
                    add(variables, new WrittenDataset(weight.shape(), WrittenType.FLOAT32,
                            out -> TensorBytes.write(weight.get(moments), out)));
                }
            }
        }
    }

    private static void add(WrittenGroup variables, WrittenDataset dataset) {
        variables.put(String.valueOf(variables.size()), dataset);
    }
}
