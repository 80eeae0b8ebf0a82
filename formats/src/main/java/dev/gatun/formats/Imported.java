package dev.gatun.formats;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.ModelReader;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model from a foreign file.
 *
 * @param model  to be closed by whoever asked for it
 * @param report what of the file it holds
 */
public record Imported(Model model, ImportReport report) implements AutoCloseable {
    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if the model or the report is null
     */
    public Imported {
        Arguments.required(model, "Imported", "model", "an open model");
        Arguments.required(report, "Imported", "report", "what was imported");
    }

    /**
     * Reads a model file of any kind that is known; its content decides, not its name.
     *
     * @param path of a file of any file system
     * @return to be closed
     * @throws NullPointerException if the path is null
     * @throws IOException          if no reader knows the file, or it is not sound, or needs what Gatun does not have: names it
     */
    public static Imported read(Path path) throws IOException {
        Arguments.required(path, "Imported.read", "path", "the path of a model file");
        try (ModelSource source = ModelSource.of(path)) {
            return read(source);
        }
    }

    /**
     * As {@link #read(Path)}, of a source that may be a stream.
     *
     * @param source an open file or stream, whose bytes nobody has asked for
     * @return to be closed
     * @throws NullPointerException if the source is null
     * @throws IOException          if no reader knows it, or it is not sound, or needs what Gatun does not have: names it
     */
    public static Imported read(ModelSource source) throws IOException {
        Arguments.required(source, "Imported.read", "source", "what ModelSource.of gives");
        ModelReader reader = ModelReader.of(source);
        return reader instanceof ModelImporter importer
                ? importer.read(source)
                : plain(reader.name(), source, reader.load(source));
    }

    /**
     * As {@link #read(Path)}, and what the file holds of a training goes into the model: the optimizer with its settings, moments
     * and steps, so that {@link dev.gatun.layers.train.Trainer#resume} goes on from there. Of Keras's files it is read here
     * alone, since it takes time, and twice the memory of the weights or more; {@code .gatun} files always give it.
     *
     * @param path of a file of any file system
     * @return to be closed; the report says what of a training fits, and why something does not
     * @throws NullPointerException if the path is null
     * @throws IOException          as {@link #read(Path)}; not for the state of a training that does not fit
     */
    public static Imported withTraining(Path path) throws IOException {
        Arguments.required(path, "Imported.withTraining", "path", "the path of a model file");
        try (ModelSource source = ModelSource.of(path)) {
            return withTraining(source);
        }
    }

    /**
     * As {@link #withTraining(Path)}, of a source that may be a stream.
     *
     * @param source an open file or stream, whose bytes nobody has asked for
     * @return to be closed
     * @throws NullPointerException if the source is null
     * @throws IOException          as {@link #read(ModelSource)}
     */
    public static Imported withTraining(ModelSource source) throws IOException {
        Arguments.required(source, "Imported.withTraining", "source", "what ModelSource.of gives");
        ModelReader reader = ModelReader.of(source);
        return reader instanceof ModelImporter importer
                ? importer.readWithTraining(source)
                : plain(reader.name(), source, reader.load(source));
    }

    /** What a reader gave that has no report of its own: all of it is there. */
    private static Imported plain(String format, ModelSource source, Model model) {
        List<ImportReport.Mapped> layers = new ArrayList<>();
        for (Graph.NamedLayer layer : model.graph().layers()) {
            List<String> weights = layer.built() == null
                    ? List.of()
                    : layer.built().weights().stream().map(spec -> spec.name() + " " + spec.shape()).toList();
            layers.add(new ImportReport.Mapped(layer.name(), layer.layer().kind(), weights));
        }
        return new Imported(model, new ImportReport(source.name() + " (" + format + ")", layers, List.of()));
    }

    /** Closes the model. */
    @Override
    public void close() {
        model.close();
    }
}
