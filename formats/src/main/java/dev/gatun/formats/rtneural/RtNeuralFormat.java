package dev.gatun.formats.rtneural;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.ModelImporter;
import dev.gatun.formats.json.JsonKind;
import dev.gatun.formats.build.JsonModel;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON of RTNeural, and of AIDA-X, which adds gains and a signal that goes past the network. Weights are in Keras's
 * layout. Source: {@code RTNeural/model_loader.h} of github.com/jatinchowdhury18/RTNeural.
 */
public final class RtNeuralFormat implements ModelImporter {

    /** Called by {@link java.util.ServiceLoader}. */
    public RtNeuralFormat() {}

    @Override
    public String name() {
        return "RTNeural";
    }

    @Override
    public List<String> endings() {
        return List.of(".json", ".aidax");
    }

    /** By its content: an object with {@code in_shape}. */
    @Override
    public boolean recognises(ModelSource source) {
        Arguments.required(source, "RtNeuralFormat.recognises", "source", "what ModelSource.of gives");
        return JsonKind.of(source).filter(JsonKind.RTNEURAL::equals).isPresent();
    }

    @Override
    public Imported read(ModelSource source) throws IOException {
        Arguments.required(source, "RtNeuralFormat.read", "source", "what ModelSource.of gives");
        Map<String, Object> json = JsonModel.of(source);
        try {
            return new RtNeuralReader(source.name(), json).read();
        } catch (RuntimeException unfit) {
            throw new FormatException(source.name(), FormatException.reason(unfit)).because(unfit);
        }
    }
}
