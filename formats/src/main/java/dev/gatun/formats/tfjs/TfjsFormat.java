package dev.gatun.formats.tfjs;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.ModelImporter;
import dev.gatun.formats.json.JsonKind;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads models of TensorFlow.js that are made of layers: {@code model.json} and the files of weights that it names, which lie
 * beside it.
 */
public final class TfjsFormat implements ModelImporter {

    static final String FILE = "model.json";

    /** Called by {@link java.util.ServiceLoader}; to read a file with its report, use {@link #of}. */
    public TfjsFormat() {}

    @Override
    public String name() {
        return "TensorFlow.js";
    }

    @Override
    public List<String> endings() {
        return List.of(".json");
    }

    /** By the keys of its outermost object; of a folder by those of the model.json in it. */
    @Override
    public boolean recognises(ModelSource source) throws IOException {
        Arguments.required(source, "TfjsFormat.recognises", "source", "what ModelSource.of gives");
        if (!source.isFolder()) {
            return isModel(source);
        }
        Path inner = source.path().map(folder -> folder.resolve(FILE)).orElseThrow();
        if (!Files.isRegularFile(inner)) {
            return false;
        }
        try (ModelSource file = ModelSource.of(inner)) {
            return isModel(file);
        }
    }

    private static boolean isModel(ModelSource source) {
        return JsonKind.of(source).filter(JsonKind.TENSORFLOW_JS::equals).isPresent();
    }

    /**
     * Reads a model and says what of it became what.
     *
     * @param path of model.json, or of the folder that holds it
     * @return to be closed
     * @throws FormatException for any file that is not a sound model of layers, or needs a layer or an option that Gatun does
     *                         not have: names it
     */
    public static Imported of(Path path) throws FormatException {
        Arguments.required(path, "TfjsFormat.of", "path", "the path of a model.json");
        return new TfjsFormat().read(path);
    }

    @Override
    public Imported read(ModelSource source) throws IOException {
        Arguments.required(source, "TfjsFormat.read", "source", "what ModelSource.of gives");
        Path path = source.path().orElseThrow(() -> new FormatException(source.name(),
                "is a TensorFlow.js model, whose weights lie in files beside it; give the path of its model.json"));
        Path file = source.isFolder() ? path.resolve(FILE) : path;
        return TfjsModel.read(file);
    }
}
