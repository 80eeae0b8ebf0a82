package dev.gatun.formats.gatun;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.ModelFormat;
import dev.gatun.layers.model.Weight;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Gatun's own model file: one safetensors file. Its metadata hold {@code gatun.format} (the version), {@code gatun.model}
 * (the configuration as JSON), {@code gatun.user} (the user's text) and, if the model was trained, {@code gatun.training}
 * (optimizer and progress); its tensors are the weights under their names, in Keras's layout, and the optimizer's moments
 * as {@code optimizer/<slot>/<weight>}. Equal models give equal bytes: no clock, no random order.
 */
public final class GatunFormat implements ModelFormat {

    static final int VERSION = 1;
    static final String FORMAT = "gatun.format";
    static final String MODEL = "gatun.model";
    static final String USER = "gatun.user";
    static final String TRAINING = "gatun.training";

    private static final String OWN_ENDING = ".gatun";
    private static final String ENDING = ".safetensors";

    @Override
    public String name() {
        return "Gatun (.gatun)";
    }

    @Override
    public boolean writes(Path path) {
        Arguments.required(path, "GatunFormat.writes", "path", "a file");
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(OWN_ENDING) || name.endsWith(ENDING);
    }

    /** By its name or its first bytes; a file that begins as another kind of archive is not one of ours. */
    @Override
    public boolean recognises(Path path) throws IOException {
        Arguments.required(path, "GatunFormat.recognises", "path", "a file");
        if (!Files.isRegularFile(path)) {
            return writes(path);
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(Long.BYTES + 1);
        }
        boolean archive = start.length > 3
                && (start[0] == 'P' && start[1] == 'K' || start[1] == 'H' && start[2] == 'D' && start[3] == 'F');
        return !archive && (writes(path) || isSafetensors(start));
    }

    private static boolean isSafetensors(byte[] start) {
        if (start.length <= Long.BYTES || start[Long.BYTES] != '{') {
            return false;
        }
        long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return header > 0 && header <= Safetensors.LONGEST_HEADER;
    }

    /** @throws IOException if it cannot be written; the old file of that name is intact */
    @Override
    public void save(Model model, Path path) throws IOException {
        Arguments.required(model, "GatunFormat.save", "model", "an open model");
        Arguments.required(path, "GatunFormat.save", "path", "a file");
        SafetensorsWriter writer = new SafetensorsWriter();
        try {
            writer.metadata(FORMAT, String.valueOf(VERSION));
            writer.metadata(MODEL, PlainJson.text(ModelConfig.toMap(model.graph())));
            writer.metadata(USER, PlainJson.text(model.metadata()));
            for (Weight weight : model.weights()) {
                writer.tensor(weight.name(), weight.shape(), weight::get);
            }
            model.trainingState().ifPresent(state -> add(writer, model, state));
        } catch (IllegalArgumentException unwritable) {
            throw new FormatException(path, "the model cannot be written: " + unwritable.getMessage())
                    .because(unwritable);
        }
        writer.write(path);
    }

    private static void add(SafetensorsWriter writer, Model model, TrainingState state) {
        Map<String, Object> training = new LinkedHashMap<>();
        training.put("optimizer", state.optimizer());
        training.put("progress", state.progress());
        training.put("slots", (long) state.slots().size());
        writer.metadata(TRAINING, PlainJson.text(training));
        for (int slot = 0; slot < state.slots().size(); slot++) {
            ParameterBlock moments = state.slots().get(slot);
            for (Weight weight : model.weights()) {
                writer.tensor(slotName(slot, weight.name()), weight.shape(), () -> weight.get(moments));
            }
        }
    }

    static String slotName(int slot, String weight) {
        return "optimizer/" + slot + "/" + weight;
    }

    /** @throws FormatException for whatever is wrong with the file, with a {@link GatunProblem} or a problem of safetensors */
    @Override
    public Model load(Path path) throws IOException {
        Arguments.required(path, "GatunFormat.load", "path", "a file");
        try (SafetensorsFile file = Safetensors.read(path)) {
            return new GatunReader(file).read();
        }
    }
}
