package dev.gatun.cli.model;

import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.formats.onnx.graph.OnnxSignature;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model file that a command runs on tensors. */
public interface RunnableModel extends AutoCloseable {

    /**
     * @param threads that compute
     * @throws IOException if nobody can run the file: says what it is, or what of it is not known
     */
    static RunnableModel open(Path file, int threads) throws IOException {
        try {
            return ofLayers(file, threads);
        } catch (IOException noLayers) {
            if (!isOnnx(file)) {
                throw noLayers;
            }
            return new OnnxModel(OnnxRunner.open(file));
        }
    }

    private static RunnableModel ofLayers(Path file, int threads) throws IOException {
        Imported imported = Imported.read(file);
        try {
            imported.model().threads(threads);
            Optional<OnnxAxes> axes = isOnnx(file) ? OnnxAxes.of(imported.model()) : Optional.empty();
            return axes.isPresent() ? new MappedGraph(imported, axes.get()) : new GatunModel(imported);
        } catch (IOException | RuntimeException | Error failed) {
            imported.close();
            throw failed;
        }
    }

    private static boolean isOnnx(Path file) throws IOException {
        try (ModelSource source = ModelSource.of(file)) {
            return OnnxSignature.matches(source.start());
        }
    }

    /** What it takes. */
    ModelShape shape();

    List<String> outputNames();

    /**
     * @param inputs one for each, in its order
     * @return one for each output, in its order
     */
    List<Tensor> run(List<Tensor> inputs);

    /** Whether it goes on in the next run where the last one ended. */
    boolean keepsStates();

    /** Lets its states begin at zeros again. */
    void reset();

    /** What its reader had to say: what was left out, which rule was chosen. */
    List<String> notes();

    /** Up to where ids of its inputs may go, so that each of its layers knows them; at least 1. */
    int vocabulary();

    /** The model itself, if it is one of Gatun's layers. */
    Optional<Model> model();

    @Override
    void close();
}
