package dev.gatun.cli.convert;

import dev.gatun.cli.console.WrongCall;
import dev.gatun.formats.keras.KerasWeightsFile;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a model is written as, and how what was written is read again. */
public interface OutputKind {

    /** The word for a state dict of PyTorch, whose files end as Gatun's own may. */
    String STATE_DICT = "pytorch";

    /** The word for weights alone of Keras 3; with a dot before it how such a file's name ends. */
    String KERAS_WEIGHTS = "weights.h5";

    /**
     * The kind of a file.
     *
     * @param out   where it will be
     * @param asked {@link #STATE_DICT}, {@link #KERAS_WEIGHTS} or the ending of a kind of model files; null if the name tells
     * @throws WrongCall if nobody writes that, or the name does not go with the kind: says what is written
     */
    static OutputKind of(Path out, String asked) {
        String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
        String word = asked == null && name.endsWith("." + KERAS_WEIGHTS) ? KERAS_WEIGHTS : asked;
        if (word == null) {
            return new ModelKind(writer(out));
        }
        return switch (word) {
            case STATE_DICT -> new WeightsKind("PyTorch state dict", TorchFormat::save,
                    (model, file) -> TorchFormat.setWeights(file, model));
            case KERAS_WEIGHTS -> {
                if (!name.endsWith("." + KERAS_WEIGHTS)) {
                    throw new WrongCall("OUT " + out + ": Keras reads weights from a file whose name ends in ."
                            + KERAS_WEIGHTS + "; give such a name");
                }
                yield new WeightsKind("weights of Keras 3", KerasWeightsFile::save, KerasWeightsFile::load);
            }
            default -> {
                try {
                    yield new ModelKind(ModelWriter.of(word));
                } catch (IOException unknown) {
                    throw new WrongCall("--as " + word + ": " + unknown.getMessage() + "; and " + STATE_DICT + ", "
                            + KERAS_WEIGHTS);
                }
            }
        };
    }

    private static ModelWriter writer(Path out) {
        try {
            return ModelWriter.of(out);
        } catch (IOException unknown) {
            throw new WrongCall(unknown.getMessage());
        }
    }

    /** As messages call it. */
    String name();

    /** @throws IOException if it cannot be written, or the kind cannot hold the model; an old file is intact */
    void write(Model model, Path out) throws IOException;

    /** For each thing of a model that such a file does not hold some words, as {@link ModelWriter#leavesOut} has them. */
    List<String> leavesOut(Model model);

    /**
     * What was written, read.
     *
     * @param model the one that was written
     * @return to be closed
     * @throws IOException if nobody can read it
     */
    ReadAgain read(Model model, Path out) throws IOException;
}
