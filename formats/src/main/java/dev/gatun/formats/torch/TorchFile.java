package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.json.JsonKind;
import dev.gatun.formats.build.JsonModel;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An open file: parameters, and what it says beside them.
 *
 * @param dict         the parameters, as those of plain modules
 * @param architecture what the file says of it; null if nothing
 * @param skipped      features of the input that are added to what the modules make
 * @param notes        how that was decided
 */
record TorchFile(FoldedStateDict dict, TorchArchitecture architecture, int skipped, List<String> notes)
        implements
            AutoCloseable {

    /** The key of the metadata that says in which order the modules run. */
    static final String ARCHITECTURE = "gatun.torch";

    private static final String MODEL_DATA = "model_data";
    private static final String STATE_DICT = "state_dict";

    /** @throws FormatException if it is not sound */
    static TorchFile open(ModelSource source) throws IOException {
        if (JsonKind.of(source).isPresent()) {
            Map<String, Object> json = JsonModel.of(source);
            return json.containsKey(TensorParts.MAP)
                    ? ofSafetensors(source, TensorParts.open(source,
                            OptionReader.asMap(json.get(TensorParts.MAP), TensorParts.MAP)), Map.of())
                    : ofJson(source.name(), json);
        }
        SafetensorsFile tensors = source.file().isPresent()
                ? Safetensors.read(source.file().get())
                : Safetensors.read(source.name(), source.bytes());
        return ofSafetensors(source, SafetensorsStateDict.of(tensors), tensors.metadata());
    }

    private static TorchFile ofSafetensors(ModelSource source, SafetensorsStateDict tensors,
            Map<String, String> metadata) {
        try {
            String said = metadata.get(ARCHITECTURE);
            TorchArchitecture architecture = said == null ? null : TorchArchitecture.of(said);
            FoldedStateDict dict = new FoldedStateDict(tensors, metadata);
            List<String> notes = new ArrayList<>(dict.notes());
            String part = TensorParts.note(source);
            if (part != null) {
                notes.add(part);
            }
            return new TorchFile(dict, architecture, 0, notes);
        } catch (RuntimeException | Error failed) {
            tensors.close();
            throw failed;
        }
    }

    private static TorchFile ofJson(String file, Map<String, Object> json) {
        if (!json.containsKey(STATE_DICT)) {
            FoldedStateDict dict = new FoldedStateDict(new JsonStateDict(file, json), Map.of());
            return new TorchFile(dict, null, 0, dict.notes());
        }
        Map<String, Object> tensors = OptionReader.asMap(json.get(STATE_DICT), STATE_DICT);
        FoldedStateDict dict = new FoldedStateDict(new JsonStateDict(file, tensors), Map.of());
        List<String> notes = new ArrayList<>(dict.notes());
        int skipped = json.containsKey(MODEL_DATA)
                ? skipped(new OptionReader("Its " + MODEL_DATA, OptionReader.asMap(json.get(MODEL_DATA), MODEL_DATA)),
                        notes)
                : 0;
        return new TorchFile(dict, null, skipped, notes);
    }

    /** Trainers of guitar amplifiers write a class of theirs: a recurrent module, a linear one, and a way past both. */
    private static int skipped(OptionReader data, List<String> notes) {
        String model = data.text("model", "SimpleRNN");
        if (!model.equals("SimpleRNN")) {
            throw new IllegalArgumentException("its model_data says model " + FormatException.quote(model)
                    + ", expected SimpleRNN: a recurrent module and a linear one");
        }
        int skipped = data.has("skip") ? data.integer("skip") : 1;
        if (skipped < 0) {
            throw new IllegalArgumentException("its model_data says skip " + skipped + ", expected at least 0");
        }
        if (!data.has("skip")) {
            notes.add("its model_data say nothing of skip: it is 1, the default of the class SimpleRNN");
        }
        if (skipped > 0) {
            notes.add("skip " + skipped + ": the input is added to what the modules make");
        }
        return skipped;
    }

    @Override
    public void close() {
        dict.close();
    }
}
