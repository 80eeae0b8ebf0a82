package dev.gatun.formats.icu;

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
 * Reads the LSTMs with which ICU4X finds the words of Thai, Lao, Khmer and Burmese. The dictionary of characters goes with the
 * model: {@link IcuDictionary}. Source: github.com/unicode-org/lstm_word_segmentation.
 */
public final class IcuFormat implements ModelImporter {

    /** Called by {@link java.util.ServiceLoader}. */
    public IcuFormat() {}

    @Override
    public String name() {
        return "ICU4X segmenter";
    }

    @Override
    public List<String> endings() {
        return List.of(".json");
    }

    /** By its content: an object with {@code dic}. */
    @Override
    public boolean recognises(ModelSource source) {
        Arguments.required(source, "IcuFormat.recognises", "source", "what ModelSource.of gives");
        return JsonKind.of(source).filter(JsonKind.ICU::equals).isPresent();
    }

    @Override
    public Imported read(ModelSource source) throws IOException {
        Arguments.required(source, "IcuFormat.read", "source", "what ModelSource.of gives");
        Map<String, Object> json = JsonModel.of(source);
        try {
            return new IcuReader(source.name(), json).read();
        } catch (RuntimeException unfit) {
            throw new FormatException(source.name(), FormatException.reason(unfit)).because(unfit);
        }
    }
}
