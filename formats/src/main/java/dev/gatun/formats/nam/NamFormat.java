package dev.gatun.formats.nam;

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
 * Reads files of Neural Amp Modeler that hold an LSTM, with the states it begins at. Source: {@code NAM/lstm.cpp} of
 * github.com/sdatkinson/NeuralAmpModelerCore.
 */
public final class NamFormat implements ModelImporter {

    /** Called by {@link java.util.ServiceLoader}. */
    public NamFormat() {}

    @Override
    public String name() {
        return "Neural Amp Modeler";
    }

    @Override
    public List<String> endings() {
        return List.of(".nam");
    }

    /** By its content: an object with {@code architecture} beside {@code config}, {@code weights} or {@code version}. */
    @Override
    public boolean recognises(ModelSource source) {
        Arguments.required(source, "NamFormat.recognises", "source", "what ModelSource.of gives");
        return JsonKind.of(source).filter(JsonKind.NAM::equals).isPresent();
    }

    @Override
    public Imported read(ModelSource source) throws IOException {
        Arguments.required(source, "NamFormat.read", "source", "what ModelSource.of gives");
        Map<String, Object> json = JsonModel.of(source);
        try {
            return new NamReader(source.name(), json).read();
        } catch (RuntimeException unfit) {
            throw new FormatException(source.name(), FormatException.reason(unfit)).because(unfit);
        }
    }
}
