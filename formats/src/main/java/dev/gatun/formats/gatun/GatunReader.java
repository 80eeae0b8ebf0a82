package dev.gatun.formats.gatun;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.runtime.WeightFilling;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import java.io.IOException;
import java.util.List;

/** Reads one model: its header first, then its numbers, from the mapping to their places. */
final class GatunReader {

    private final SafetensorsFile file;

    GatunReader(SafetensorsFile file) {
        this.file = file;
    }

    Model read() throws IOException {
        GatunHeader.Contents contents = GatunHeader.ofFile(file.name(), file.metadata(), file.tensors());
        try {
            return build(contents);
        } catch (RuntimeException failed) {
            throw new FormatException(file.name(), GatunProblem.NOT_BUILT,
                    "the model cannot be built: " + FormatException.reason(failed)).because(failed);
        }
    }

    private Model build(GatunHeader.Contents contents) throws IOException {
        Model model = Model.zeros(contents.graph());
        try (WeightFilling filling = model.network().filling()) {
            for (Weight weight : model.weights()) {
                filling.fill(weight, file.floats(weight.name()));
            }
            model.metadata().putAll(contents.user());
            if (contents.training() != null) {
                model.network().progress(state(model, contents.training(), filling));
            }
            return model;
        } catch (IOException | RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }

    private TrainingState state(Model model, TrainingHeader training, WeightFilling filling) throws IOException {
        List<ParameterBlock> slots = model.network().moments(training.moments().size());
        for (int slot = 0; slot < slots.size(); slot++) {
            for (Weight weight : model.weights()) {
                if (weight.role() == WeightRole.TRAINED) {
                    filling.fill(weight, slots.get(slot),
                            file.floats(training.moments().get(slot) + weight.name()));
                }
            }
        }
        return new TrainingState(training.optimizer(), training.progress(), slots);
    }
}
