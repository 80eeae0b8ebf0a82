package dev.gatun.tests.formats;

import dev.gatun.formats.PlainJson;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Models with everything in them that a file must keep, and files of them with one thing changed. */
public final class GatunModels {

    private GatunModels() {}

    /** Two inputs, a shared layer, states handed on, several outputs, metadata, and a training in the middle. */
    public static Model rich(long seed) {
        Input x = Input.shape(5, 3).named("x");
        Input y = Input.sequence(3);
        Lstm shared = Lstm.units(4).returnSequences(true).returnState(true).kernelInitializer(Initializer.HE_NORMAL);
        RecurrentOutput first = shared.on(x);
        RecurrentOutput second = shared.on(y, first.state());
        RecurrentOutput third = Lstm.units(4).goBackwards(true).recurrentActivation("hard_sigmoid").noBias()
                .on(Dropout.rate(0.25).on(second), first.state());
        Model model = Model.named(
                "rich", List.of(x, y),
                List.of(
                        TimeDistributed.of(Dense.units(2).named("head").activation("softmax")).on(second.sequence()),
                        Activation.of("tanh").on(third), second.state().c()));
        model.initialize(seed);
        model.metadata().put("scaling", "{\"mean\": 3.5}");
        model.metadata().put("author \u00e9\n", "");
        train(model, seed);
        return model;
    }

    private static void train(Model model, long seed) {
        Random random = new Random(seed);
        List<ParameterBlock> slots = List.of(
                model.network().parameters().twin(model.network().arena(), "momentum"),
                model.network().parameters().twin(model.network().arena(), "velocity"));
        for (ParameterBlock slot : slots) {
            model.weights().forEach(weight -> {
                float[] values = new float[(int) weight.shape().elements()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                weight.set(slot, Tensor.of(values, weight.shape().toArray()));
            });
        }
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put(TrainingState.STEPS, 12_345_678_901L);
        progress.put(TrainingState.EPOCHS, 17L);
        progress.put(TrainingState.SEED, -3L);
        progress.put(TrainingState.OPTIMIZER_NUMBERS, 0L);
        progress.put("best", Double.POSITIVE_INFINITY);
        progress.put("losses", List.of(0.1, 1e-300, 3.0));
        progress.put("last", null);
        model.network().progress(new TrainingState(
                Adam.rate(1e-3).toConfig(), progress, slots));
    }

    /** The same file with its metadata and tensors changed. */
    public static void rewrite(Path from, Path to, Change change) throws IOException {
        try (SafetensorsFile file = Safetensors.read(from)) {
            Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (TensorInfo info : file.tensors()) {
                tensors.put(info.name(), file.tensor(info.name()));
            }
            change.of(metadata, tensors);
            SafetensorsWriter writer = new SafetensorsWriter().metadata(metadata);
            tensors.forEach(writer::tensor);
            writer.write(to);
        }
    }

    @FunctionalInterface
    public interface Change {
        void of(Map<String, String> metadata, Map<String, Tensor> tensors);
    }

    /** Changes the model's configuration as a map. */
    public static Change configuration(UnaryOperator<Map<String, Object>> change) {
        return (metadata, tensors) -> metadata.computeIfPresent("gatun.model",
                (key, text) -> PlainJson.text(change.apply(PlainJson.object(key, text))));
    }
}
