package dev.gatun.formats.keras;

import dev.gatun.formats.ForeignFile;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.JsonFile;
import dev.gatun.formats.ModelImporter;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.WeightShapes;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Numbers;
import dev.gatun.formats.keras.arrays.KerasShards;
import dev.gatun.formats.keras.save.KerasArchiveWriter;
import dev.gatun.formats.keras.save.SavedTexts;
import dev.gatun.formats.keras.save.VariableOrder;
import dev.gatun.formats.keras.training.SavedTraining;
import dev.gatun.formats.keras.training.WrittenTraining;
import dev.gatun.formats.onnx.graph.OnnxSignature;
import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.layers.model.ModelWriter;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code .keras} files of Keras 3, Sequential and Functional, with the layers and options that Gatun has. */
public final class KerasFormat implements ModelImporter, ModelWriter {

    private static final String ENDING = ".keras";
    private static final int MAJOR = 3;
    /** The last versions before it wrote such archives, too. */
    private static final int OLDER = 2;
    private static final String OF_OLD = OLDER + ".1";
    private static final String COMPILED = "compile_config";
    private static final String METADATA = "metadata.json";
    private static final long MOST_CONFIG_BYTES = 1 << 26;

    /** HDF5's own structures, and an optimizer's moments beside the weights. */
    private static final long MOST_WEIGHTS_EXTRA_BYTES = 1 << 26;
    private static final long MOST_COPIES = 16;

    /** Called by {@link java.util.ServiceLoader}; to read a file with its report, use {@link #of}. */
    public KerasFormat() {}

    @Override
    public String name() {
        return "Keras 3";
    }

    @Override
    public List<String> endings() {
        return List.of(ENDING);
    }

    /** By its name or its first bytes; what begins as another kind of file is not one of Keras's. A folder by what is in it. */
    @Override
    public boolean recognises(ModelSource source) {
        Arguments.required(source, "KerasFormat.recognises", "source", "what ModelSource.of gives");
        if (source.isFolder()) {
            return KerasFolder.isModel(source);
        }
        return ForeignFile.byContent(source).isEmpty() && !OnnxSignature.matches(source.start())
                && (source.hasEnding(ENDING) || ForeignFile.isZip(source));
    }

    /**
     * Reads a file and says what of it became what.
     *
     * @param path of a file of any file system
     * @return to be closed
     * @throws FormatException for any file that is not a sound {@code .keras} file, or needs a layer or an option that
     *                         Gatun does not have: names it
     */
    public static Imported of(Path path) throws FormatException {
        Arguments.required(path, "KerasFormat.of", "path", "the path of a .keras file");
        return new KerasFormat().read(path);
    }

    /**
     * Reads a model whose configuration and weights lie in two files.
     *
     * @param json    what {@code model.to_json()} gave
     * @param weights what {@code model.save_weights} of Keras 3 wrote: {@code x.weights.h5}, or {@code x.weights.json}, which lists
     *                several files, on the machine's own file system
     * @return to be closed
     * @throws FormatException for any file that is not sound, or needs what Gatun does not have: names it
     */
    public static Imported of(Path json, Path weights) throws FormatException {
        Arguments.required(json, "KerasFormat.of", "json", "the path of a model's JSON");
        Arguments.required(weights, "KerasFormat.of", "weights", "the path of its .weights.h5 file");
        Map<String, Object> config = JsonFile.read(json, "the configuration", "write it with model.to_json()");
        boolean isOlder = String.valueOf(config.get("keras_version")).startsWith(OLDER + ".");
        ModelNodes nodes;
        Graph graph;
        try {
            nodes = KerasConfig.nodes(config, isOlder ? OLDER : MAJOR, layer -> layer);
            graph = nodes.graph();
        } catch (RuntimeException unsupported) {
            throw notUnderstood(json.toString(), "the configuration", unsupported);
        }
        return KerasShards.read("save the weights again", weights, hdf -> {
            KerasWeights read = KerasWeights.of(hdf, nodes, graph);
            ImportReport report = new ImportReport(weights + " (Keras " + (isOlder ? OLDER : MAJOR) + ", beside "
                    + json.getFileName() + ")", read.mapped(), notes(config, read));
            return new Imported(model(graph, read), report);
        });
    }

    private static FormatException notUnderstood(String file, String what, RuntimeException unsupported) {
        return new FormatException(file, unsupported.getMessage() == null
                ? what + " is not understood (" + FormatException.reason(unsupported) + "); save the model again"
                : unsupported.getMessage()).because(unsupported);
    }

    @Override
    public Imported read(ModelSource source) throws FormatException {
        return read(Arguments.required(source, "KerasFormat.read", "source", "what ModelSource.of gives"), false);
    }

    @Override
    public Imported readWithTraining(ModelSource source) throws FormatException {
        return read(Arguments.required(source, "KerasFormat.readWithTraining", "source", "what ModelSource.of gives"),
                true);
    }

    private static Imported read(ModelSource source, boolean withTraining) throws FormatException {
        String file = source.name();
        try (KerasEntries archive = KerasEntries.open(source)) {
            Map<String, Object> metadata = metadata(file, archive);
            String version = version(file, metadata);
            Map<String, String> texts;
            Map<String, Object> config;
            ModelNodes nodes;
            Graph graph;
            long mostBytes;
            try {
                texts = SavedTexts.read(metadata);
            } catch (IllegalArgumentException malformed) {
                throw notUnderstood(file, "its " + METADATA, malformed);
            }
            try {
                config = new KerasVocabularies(archive).in(
                        PlainJson.object("config.json", archive.text("config.json", MOST_CONFIG_BYTES)));
                nodes = KerasConfig.nodes(config, version.startsWith(OF_OLD) ? OLDER : MAJOR, layer -> layer);
                graph = nodes.graph();
                mostBytes = mostBytes(graph);
            } catch (RuntimeException unsupported) {
                throw notUnderstood(file, "its config.json", unsupported);
            }
            byte[] bytes = archive.bytes(KerasWeights.ENTRY, mostBytes);
            KerasWeights weights = KerasWeights.read(file, bytes, nodes, graph);
            List<String> notes = notes(config, weights);
            Model model = model(graph, weights);
            List<String> ofTraining;
            try {
                model.metadata().putAll(texts);
                ofTraining = withTraining
                        ? training(file, bytes, model, new Found(config, version, nodes, weights))
                        : whatIsLeft(config, weights);
                notes.addAll(ofTraining);
            } catch (FormatException | RuntimeException | Error failed) {
                model.close();
                throw failed;
            }
            return new Imported(model, new ImportReport(file + " (Keras " + version + ")", weights.mapped(), notes,
                    ofTraining));
        }
    }

    /** What an archive holds beside the training. */
    private record Found(Map<String, Object> config, String version, ModelNodes nodes, KerasWeights weights) {}

    private static List<String> training(String file, byte[] bytes, Model model, Found found) throws FormatException {
        List<Weight> order = VariableOrder.of(found.nodes.layers()).of(found.weights.places()).stream()
                .map(model::weight).toList();
        return Hdf5File.read(KerasWeights.named(file), bytes,
                hdf -> KerasTraining.into(model, hdf, found.config.get(COMPILED), found.version, order));
    }

    /** @throws IOException if Keras cannot hold the model, naming what, or it cannot be written; the old file is intact */
    @Override
    public void save(Model model, Path path) throws IOException {
        Arguments.required(model, "KerasFormat.save", "model", "an open model");
        Arguments.required(path, "KerasFormat.save", "path", "a file");
        KerasArchiveWriter archive = archive(model, path.toString());
        AtomicFile.write(path, archive::writeTo);
    }

    /** @throws IOException if Keras cannot hold the model, naming what: then nothing is written; or the stream refuses */
    @Override
    public void save(Model model, OutputStream out) throws IOException {
        Arguments.required(model, "KerasFormat.save", "model", "an open model");
        Arguments.required(out, "KerasFormat.save", "out", "a stream");
        archive(model, "the stream").writeTo(Channels.newChannel(out));
        out.flush();
    }

    /** The state of a training whose optimizer Keras does not have, or that makes the file larger than is read. */
    @Override
    public List<String> leavesOut(Model model) {
        Arguments.required(model, "KerasFormat.leavesOut", "model", "an open model");
        List<String> left = new ArrayList<>();
        if (SavedTexts.kept(model).isEmpty() && !model.metadata().isEmpty()) {
            left.add("its metadata " + new TreeSet<>(model.metadata().keySet()) + ", which are more than is read");
        }
        Optional<WrittenTraining> training = training(model);
        if (training.isPresent() && !training.get().hasLoss()) {
            left.add("the loss of its training, which is your own or not known: compile the model with it in Keras");
        } else if (training.isEmpty() && model.trainingState().isPresent()) {
            left.add("the state of its training, so that it begins anew: " + WrittenTraining.whyNot(model)
                    .orElse("with it the file would be larger than what is read"));
        }
        return left;
    }

    /** What is written of a training. */
    private static Optional<WrittenTraining> training(Model model) {
        long most = (KerasEntries.MOST_BYTES - MOST_WEIGHTS_EXTRA_BYTES) / Float.BYTES;
        return WrittenTraining.of(model).filter(state -> model.parameterCount() <= most / (1 + state.slots()));
    }

    /** What is about to be written, once it is known that it can be read. */
    private static KerasArchiveWriter archive(Model model, String file) throws FormatException {
        try {
            KerasArchiveWriter archive = new KerasArchiveWriter(model, training(model));
            if (archive.weightBytes() > KerasEntries.MOST_BYTES || archive.config().length() > MOST_CONFIG_BYTES) {
                throw new IllegalArgumentException("it has " + archive.weightBytes() + " bytes of weights and "
                        + archive.config().length() + " of configuration, more than is read from a .keras file; save it"
                        + " as .gatun");
            }
            KerasConfig.nodes(archive.config(), MAJOR, layer -> layer).graph();
            return archive;
        } catch (IllegalArgumentException | IllegalStateException unwritable) {
            throw new FormatException(file, "the model cannot be written as .keras: "
                    + FormatException.reason(unwritable)).because(unwritable);
        }
    }

    private static Map<String, Object> metadata(String file, KerasEntries archive) throws FormatException {
        try {
            return PlainJson.object(METADATA, archive.text(METADATA, SavedTexts.MOST_BYTES));
        } catch (IllegalArgumentException malformed) {
            throw new FormatException(file, malformed.getMessage()).because(malformed);
        }
    }

    private static String version(String file, Map<String, Object> metadata) throws FormatException {
        Object version = metadata.get("keras_version");
        if (!String.valueOf(version).startsWith(MAJOR + ".") && !String.valueOf(version).startsWith(OF_OLD)) {
            throw new FormatException(file, "was written by Keras " + FormatException.quote(String.valueOf(version))
                    + ", supported are " + MAJOR + ".x and 2.13 to 2.15; load and save it with Keras " + MAJOR);
        }
        return (String) version;
    }

    private static long mostBytes(Graph graph) {
        long bytes = WeightShapes.bytes(WeightShapes.of(graph));
        boolean small = bytes < (Long.MAX_VALUE - MOST_WEIGHTS_EXTRA_BYTES) / MOST_COPIES;
        return small ? MOST_WEIGHTS_EXTRA_BYTES + MOST_COPIES * bytes : Long.MAX_VALUE;
    }

    private static Model model(Graph graph, KerasWeights weights) {
        Model model = Model.zeros(graph);
        try {
            for (Weight weight : model.weights()) {
                weight.set(weights.tensors().get(weight.name()));
            }
            return model;
        } catch (RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }

    private static List<String> notes(Map<String, Object> config, KerasWeights weights) {
        List<String> notes = new ArrayList<>();
        for (Hdf5Numbers precision : weights.precisions()) {
            if (!precision.isPlain()) {
                notes.add(precision.words());
            }
        }
        Set<String> policies = KerasPolicies.others(config);
        if (!policies.isEmpty()) {
            notes.add("layers that compute in " + String.join(", ", policies) + " there compute in float32 here");
        }
        return notes;
    }

    private static List<String> whatIsLeft(Map<String, Object> config, KerasWeights weights) {
        boolean isCompiled = config.get(COMPILED) instanceof Map<?, ?> compiled && compiled.get("optimizer") != null;
        return isCompiled || weights.hasOptimizer() ? List.of(SavedTraining.NOT_ASKED_FOR) : List.of();
    }
}
