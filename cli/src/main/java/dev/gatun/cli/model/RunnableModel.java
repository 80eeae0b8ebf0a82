package dev.gatun.cli.model;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxAxes;
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
            return OnnxModel.of(file, noLayers.getMessage());
        }
    }

    /**
     * Reads a file that must be layers.
     *
     * @param work what cannot be done with a graph, as the end of a sentence
     * @throws Refusal     if it is a graph that runs, but only node after node: says what takes it
     * @throws IOException if nobody can read the file: says what it is, or what of it is not known
     */
    static Imported layers(Path file, String work) throws IOException {
        try {
            return Imported.read(file);
        } catch (IOException noLayers) {
            if (!isOnnx(file)) {
                throw noLayers;
            }
            OnnxModel.of(file, noLayers.getMessage());
            throw new Refusal(file + " is an ONNX graph that runs node after node and has no layers, so " + work
                    + "; 'gatun predict' and 'gatun verify' run it, 'gatun inspect' says what is in it and why it has no"
                    + " layers");
        }
    }

    /** A model of layers, closed with it. */
    static RunnableModel of(Imported imported) {
        return new GatunModel(imported);
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

    /** What it takes, with what may be left out, as files name it. */
    List<Port> inputs();

    /** What it gives, as files name it. */
    List<Port> outputs();

    default List<String> outputNames() {
        return outputs().stream().map(Port::name).toList();
    }

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

    /** Of them those that matter to whoever runs it. */
    default List<String> notesToPredict() {
        return imported().map(read -> read.report().notesToPredict()).orElseGet(this::notes);
    }

    /** Up to where ids of its inputs may go, so that each of its layers knows them; at least 1. */
    int vocabulary();

    /** The model itself with what was said of its file, if it is one of Gatun's layers. */
    Optional<Imported> imported();

    /** The model itself, if it is one of Gatun's layers. */
    default Optional<Model> model() {
        return imported().map(Imported::model);
    }

    @Override
    void close();
}
