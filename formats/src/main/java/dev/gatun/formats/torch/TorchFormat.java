package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.ModelImporter;
import dev.gatun.formats.json.JsonKind;
import dev.gatun.formats.tensors.StateDictHeader;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * State dicts of PyTorch: read from safetensors and from JSON, written as safetensors. A state dict holds weights and not what
 * is done with them: {@link TorchArchitecture} says what cannot be told from it, and the report what was decided.
 */
public final class TorchFormat implements ModelImporter {

    /** Called by {@link java.util.ServiceLoader}; to read a file with an architecture, use {@link #of}. */
    public TorchFormat() {}

    @Override
    public String name() {
        return "PyTorch state dict";
    }

    @Override
    public List<String> endings() {
        return List.of(".safetensors", ".json");
    }

    /** By its content: the names of parameters in the header of safetensors, or the keys of JSON. */
    @Override
    public boolean recognises(ModelSource source) {
        Arguments.required(source, "TorchFormat.recognises", "source", "what ModelSource.of gives");
        return StateDictHeader.isIn(source) || JsonKind.of(source).filter(JsonKind.TORCH::equals).isPresent();
    }

    @Override
    public Imported read(ModelSource source) throws IOException {
        Arguments.required(source, "TorchFormat.read", "source", "what ModelSource.of gives");
        return read(source, null);
    }

    /**
     * Reads a file whose architecture is known.
     *
     * @param path         of a file of any file system
     * @param architecture what the file does not say
     * @return to be closed
     * @throws FormatException if the file is not sound, does not go with the architecture, or needs what Gatun does not have
     * @throws IOException     if it cannot be read
     */
    public static Imported of(Path path, TorchArchitecture architecture) throws IOException {
        Arguments.required(path, "TorchFormat.of", "path", "the path of a file");
        Arguments.required(architecture, "TorchFormat.of", "architecture", "for example TorchArchitecture.inferred()");
        try (ModelSource source = ModelSource.of(path)) {
            return read(source, architecture);
        }
    }

    /**
     * Sets the weights of a model from the modules of a file: those of the layer {@code fc} from the module {@code fc}, those of
     * the layers {@code lstm_l0}, {@code lstm_l1} from the layers of the module {@code lstm}. A module within others, as
     * {@code encoder.lstm}, is found by the end of its name too, if one alone ends so.
     *
     * @param path  of a state dict
     * @param model changed where a module of the file fits
     * @return for each layer what was set; its notes say which layers no module was there for, and what was left over
     * @throws FormatException       if the file is not sound, or a module has other shapes than its layer: then nothing was set
     * @throws IOException           if it cannot be read
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public static ImportReport setWeights(Path path, Model model) throws IOException {
        Arguments.required(path, "TorchFormat.setWeights", "path", "the path of a state dict");
        Arguments.required(model, "TorchFormat.setWeights", "model", "an open model");
        try (ModelSource source = ModelSource.of(path); TorchFile file = TorchFile.open(source)) {
            return new WeightLoading(file.dict(), model).run();
        } catch (IllegalStateException inUse) {
            throw inUse;
        } catch (RuntimeException unfit) {
            throw new FormatException(path, FormatException.reason(unfit)).because(unfit);
        }
    }

    /**
     * Writes the weights of a model as a state dict in safetensors, which {@code load_state_dict(strict=True)} takes in a module
     * whose attributes are named as the layers: {@code nn.LSTM}, {@code nn.GRU}, {@code nn.RNN}, {@code nn.Linear},
     * {@code nn.Embedding}, {@code nn.Conv1d}, {@code nn.LayerNorm}, {@code nn.GroupNorm}, {@code nn.RMSNorm}, {@code nn.BatchNorm1d},
     * {@code nn.PReLU}. Recurrent layers named {@code rnn_l0}, {@code rnn_l1} become one module {@code rnn} of so many layers.
     *
     * @param model saved as it is now
     * @param path  written or replaced, whole or not at all
     * @throws FormatException if a layer has what PyTorch's class cannot hold: names both
     * @throws IOException     if it cannot be written; an old file is intact
     */
    public static void save(Model model, Path path) throws IOException {
        Arguments.required(model, "TorchFormat.save", "model", "an open model");
        Arguments.required(path, "TorchFormat.save", "path", "a file");
        try {
            new TorchWriter(model).write(path);
        } catch (IllegalArgumentException unfit) {
            throw new FormatException(path, FormatException.reason(unfit)).because(unfit);
        }
    }

    private static Imported read(ModelSource source, TorchArchitecture given) throws IOException {
        try (TorchFile file = TorchFile.open(source)) {
            return TorchReading.model(file, given);
        } catch (RuntimeException unfit) {
            throw new FormatException(source.name(), FormatException.reason(unfit)).because(unfit);
        }
    }
}
