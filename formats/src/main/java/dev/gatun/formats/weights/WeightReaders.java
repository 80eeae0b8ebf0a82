package dev.gatun.formats.weights;

import dev.gatun.formats.Imported;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds who opens a file: a reader of weights, one for tensors by name, or whoever reads it as a model. */
final class WeightReaders {

    private WeightReaders() {}

    /** @throws IOException if nobody knows the file, or it is not sound */
    static WeightSource open(ModelSource source, Graph graph) throws IOException {
        Optional<WeightReader> reader = reader(source);
        if (reader.isPresent()) {
            return reader.get().open(source, graph);
        }
        return SafetensorsWeights.is(source)
                ? SafetensorsWeights.open(source)
                : new ModelWeightSource(Imported.read(source));
    }

    /** @throws IOException if it cannot be read */
    static boolean recognises(ModelSource source) throws IOException {
        return SafetensorsWeights.is(source) || reader(source).isPresent();
    }

    private static Optional<WeightReader> reader(ModelSource source) throws IOException {
        for (WeightReader reader : ServiceLoader.load(WeightReader.class, WeightReader.class.getClassLoader())) {
            if (reader.recognises(source)) {
                return Optional.of(reader);
            }
        }
        return Optional.empty();
    }
}
