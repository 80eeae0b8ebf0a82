package dev.gatun.formats.gatun;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reads one model: its header first, then, by way of memory of its own, its numbers. */
final class GatunReader {

    private final SafetensorsFile file;

    GatunReader(SafetensorsFile file) {
        this.file = file;
    }

    Model read() throws FormatException {
        GatunHeader.Contents contents = GatunHeader.ofFile(file.name(), file.metadata(), file.tensors());
        try {
            return build(contents);
        } catch (RuntimeException failed) {
            throw new FormatException(file.name(), GatunProblem.NOT_BUILT,
                    "the model cannot be built: " + FormatException.reason(failed)).because(failed);
        }
    }

    private Model build(GatunHeader.Contents contents) throws FormatException {
        Model model = Model.zeros(contents.graph());
        try (Arena staging = Arena.ofConfined()) { // What no other thread can free is not copied once more.
            long largest = 1;
            for (Weight weight : model.weights()) {
                largest = Math.max(largest, weight.shape().floatBytes());
            }
            MemorySegment segment = staging.allocate(largest, TensorArena.ALIGNMENT);
            copyWeights(model, segment);
            model.metadata().putAll(contents.user());
            if (contents.training() != null) {
                model.network().progress(state(model, contents.training(), segment));
            }
            return model;
        } catch (FormatException | RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }

    private TrainingState state(Model model, TrainingHeader training, MemorySegment staging)
            throws FormatException {
        List<ParameterBlock> slots = model.network().moments(training.moments().size());
        for (int slot = 0; slot < slots.size(); slot++) {
            copyMoments(model, slots.get(slot), training.moments().get(slot), staging);
        }
        return new TrainingState(training.optimizer(), training.progress(), slots);
    }

    private void copyWeights(Model model, MemorySegment staging) throws FormatException {
        for (Weight weight : model.weights()) {
            weight.set(read(weight, "", staging));
        }
    }

    private void copyMoments(Model model, ParameterBlock target, String prefix, MemorySegment staging)
            throws FormatException {
        for (Weight weight : model.weights()) {
            if (weight.role() == WeightRole.TRAINED) {
                weight.set(target, read(weight, prefix, staging));
            }
        }
    }

    /** By way of memory of our own: a mapped tensor may lie at any 4 bytes. */
    private Tensor read(Weight weight, String prefix, MemorySegment staging) throws FormatException {
        Tensor tensor = new Tensor(staging, 0, weight.shape());
        file.copyTo(prefix + weight.name(), tensor);
        return tensor;
    }
}
