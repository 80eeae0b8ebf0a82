package dev.gatun.formats.gatun;

import dev.gatun.formats.ForeignFile;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.formats.tensors.StateDictHeader;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.ModelReader;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.layers.model.ModelWriter;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;

/**
 * Gatun's own model file: one safetensors file. Its metadata hold {@code gatun.format} (the version), {@code gatun.model}
 * (the configuration as JSON), {@code gatun.user} (the user's text) and, if the model was trained, {@code gatun.training}
 * (optimizer and progress); its tensors are the weights under their names, in Keras's layout, and the optimizer's moments
 * as {@code moments/<name>/<weight>}. Equal models give equal bytes: no clock, no random order.
 */
public final class GatunFormat implements ModelReader, ModelWriter {

    static final String FORMAT = "gatun.format";
    static final String MODEL = "gatun.model";
    static final String USER = "gatun.user";
    static final String TRAINING = "gatun.training";

    private static final List<String> ENDINGS = List.of(".gatun", ".safetensors");

    /** Called by {@link java.util.ServiceLoader}; to load and save models, use {@link Model}. */
    public GatunFormat() {}

    @Override
    public String name() {
        return "Gatun";
    }

    @Override
    public List<String> endings() {
        return ENDINGS;
    }

    /** By its name or its first bytes; what begins as another kind of file, or is a state dict, is not one of ours. */
    @Override
    public boolean recognises(ModelSource source) {
        Arguments.required(source, "GatunFormat.recognises", "source", "what ModelSource.of gives");
        return ForeignFile.byContent(source).isEmpty()
                && !ForeignFile.isZip(source)
                && (hasEnding(source) || isSafetensors(source.start()))
                && !StateDictHeader.isIn(source);
    }

    private static boolean hasEnding(ModelSource source) {
        for (String ending : ENDINGS) {
            if (source.hasEnding(ending)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSafetensors(byte[] start) {
        if (start.length <= Long.BYTES || start[Long.BYTES] != '{') {
            return false;
        }
        long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return header > 0 && header <= Safetensors.LONGEST_HEADER;
    }

    /** @throws IOException if it cannot be written, or could not be loaded again; the old file of that name is intact */
    @Override
    public void save(Model model, Path path) throws IOException {
        Arguments.required(model, "GatunFormat.save", "model", "an open model");
        Arguments.required(path, "GatunFormat.save", "path", "a file");
        String file = path.toString();
        writer(model, file).write(path,
                (metadata, tensors) -> GatunHeader.requireLoadable(file, metadata, tensors));
    }

    /** @throws IOException if it cannot be written, or could not be loaded again: then nothing is written */
    @Override
    public void save(Model model, OutputStream out) throws IOException {
        Arguments.required(model, "GatunFormat.save", "model", "an open model");
        Arguments.required(out, "GatunFormat.save", "out", "a stream");
        String file = "the stream";
        writer(model, file).writeTo(Channels.newChannel(out),
                (metadata, tensors) -> GatunHeader.requireLoadable(file, metadata, tensors));
        out.flush();
    }

    private static SafetensorsWriter writer(Model model, String file) throws FormatException {
        SafetensorsWriter writer = new SafetensorsWriter();
        try {
            writer.metadata(FORMAT, String.valueOf(FormatVersion.LATEST.number()));
            writer.metadata(MODEL, PlainJson.text(ModelConfig.toMap(model.graph())));
            writer.metadata(USER, PlainJson.text(model.metadata()));
            for (Weight weight : model.weights()) {
                writer.tensor(weight.name(), weight.shape(), weight::get);
            }
            model.trainingState().ifPresent(state -> add(writer, model, state));
            return writer;
        } catch (IllegalArgumentException unwritable) {
            throw new FormatException(file, "the model cannot be written: " + FormatException.reason(unwritable))
                    .because(unwritable);
        }
    }

    private static void add(SafetensorsWriter writer, Model model, TrainingState state) {
        TrainingHeader training = TrainingHeader.of(state);
        writer.metadata(TRAINING, PlainJson.text(training.plain()));
        for (int slot = 0; slot < state.slots().size(); slot++) {
            ParameterBlock moments = state.slots().get(slot);
            String prefix = training.moments().get(slot);
            if (!moments.entries().equals(model.network().parameters().entries())) {
                throw new IllegalArgumentException("the moments of its training state are those of another model;"
                        + " make them with model.parameters().twin");
            }
            for (Weight weight : model.weights()) {
                if (weight.role() == WeightRole.TRAINED) {
                    writer.tensor(prefix + weight.name(), weight.shape(), () -> weight.get(moments));
                }
            }
        }
    }

    /**
     * The tensors of a file that are weights: of one that Gatun wrote all but the moments of an optimizer, of any other all.
     *
     * @param file open
     * @return in the order of their bytes
     * @throws NullPointerException if the file is null
     * @throws FormatException      if the training state that it tells of is not understood
     */
    public static List<TensorInfo> weights(SafetensorsFile file) throws FormatException {
        Arguments.required(file, "GatunFormat.weights", "file", "an open file");
        return GatunHeader.weights(file);
    }

    /** @throws FormatException for whatever is wrong with the file, with a {@link GatunProblem} or a problem of safetensors */
    @Override
    public Model load(ModelSource source) throws IOException {
        Arguments.required(source, "GatunFormat.load", "source", "what ModelSource.of gives");
        try (SafetensorsFile file = open(source)) {
            return new GatunReader(file).read();
        }
    }

    private static SafetensorsFile open(ModelSource source) throws IOException {
        return source.file().isPresent()
                ? Safetensors.read(source.file().get())
                : Safetensors.read(source.name(), source.bytes());
    }
}
