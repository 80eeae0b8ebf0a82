package dev.gatun.formats.torch;

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
        boolean isInside = json.containsKey(STATE_DICT);
        FoldedStateDict dict = new FoldedStateDict(
                new JsonStateDict(file, isInside ? OptionReader.asMap(json.get(STATE_DICT), STATE_DICT) : json),
                Map.of());
        List<String> notes = new ArrayList<>(dict.notes());
        if (!isInside || !json.containsKey(AmplifierData.KEY)) {
            return new TorchFile(dict, null, 0, notes);
        }
        AmplifierData data = new AmplifierData(OptionReader.asMap(json.get(AmplifierData.KEY), AmplifierData.KEY));
        notes.addAll(data.notes());
        return new TorchFile(dict, data.architecture(TorchModules.of(dict.shapes())), data.skipped(), notes);
    }

    @Override
    public void close() {
        dict.close();
    }
}
