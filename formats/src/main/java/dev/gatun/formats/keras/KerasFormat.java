package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.WeightShapes;
import dev.gatun.layers.model.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelFormat;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.model.Weight;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code .keras} files of Keras 3, Sequential and Functional, with the layers and options that Gatun has. */
public final class KerasFormat implements ModelFormat {

    private static final String ENDING = ".keras";
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final int MAJOR = 3;
    private static final long MOST_METADATA_BYTES = 1 << 20;
    private static final long MOST_CONFIG_BYTES = 1 << 26;

    /** HDF5's own structures, and an optimizer's moments beside the weights. */
    private static final long MOST_WEIGHTS_EXTRA_BYTES = 1 << 26;
    private static final long MOST_COPIES = 16;

    @Override
    public String name() {
        return "Keras 3 (.keras, read only)";
    }

    @Override
    public boolean writes(Path path) {
        Arguments.required(path, "KerasFormat.writes", "path", "a file");
        return hasEnding(path);
    }

    private static boolean hasEnding(Path path) {
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    @Override
    public boolean recognises(Path path) throws IOException {
        Arguments.required(path, "KerasFormat.recognises", "path", "a file");
        if (hasEnding(path) || !Files.isRegularFile(path)) {
            return hasEnding(path);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }

    /** @throws FormatException always: Gatun reads these files and does not write them */
    @Override
    public void save(Model model, Path path) throws IOException {
        Arguments.required(model, "KerasFormat.save", "model", "an open model");
        Arguments.required(path, "KerasFormat.save", "path", "a file");
        String name = String.valueOf(path.getFileName());
        String own = name.substring(0, name.length() - ENDING.length()) + ".gatun";
        throw new FormatException(path,
                "cannot be written: Gatun reads Keras's files, its own end in .gatun; save it as "
                        + own);
    }

    @Override
    public Model load(Path path) throws IOException {
        Arguments.required(path, "KerasFormat.load", "path", "a file");
        return read(path).model();
    }

    /**
     * Reads a file and says what of it became what.
     *
     * @return to be closed
     * @throws FormatException for any file that is not a sound {@code .keras} file, or needs a layer or an option that
     *                         Gatun does not have: names it
     */
    public static Imported read(Path path) throws FormatException {
        Arguments.required(path, "KerasFormat.read", "path", "a file");
        try (KerasArchive archive = KerasArchive.open(path)) {
            String version = version(path, archive);
            Map<String, Object> config;
            ModelNodes nodes;
            Graph graph;
            long mostBytes;
            try {
                config = PlainJson.object("config.json", archive.text("config.json", MOST_CONFIG_BYTES));
                nodes = KerasConfig.nodes(config, MAJOR, layer -> layer);
                graph = nodes.graph();
                mostBytes = mostBytes(graph);
            } catch (RuntimeException unsupported) {
                throw new FormatException(path, unsupported.getMessage()).because(unsupported);
            }
            byte[] bytes = archive.bytes(KerasWeights.ENTRY, mostBytes);
            KerasWeights weights = KerasWeights.read(path, bytes, nodes, graph);
            ImportReport report = new ImportReport(
                    path + " (Keras " + version + ")", weights.mapped(), notes(config, weights));
            return new Imported(model(graph, weights), report);
        }
    }

    private static String version(Path path, KerasArchive archive) throws FormatException {
        Object version;
        try {
            version = PlainJson.object("metadata.json", archive.text("metadata.json", MOST_METADATA_BYTES))
                    .get("keras_version");
        } catch (IllegalArgumentException malformed) {
            throw new FormatException(path, malformed.getMessage()).because(malformed);
        }
        if (!String.valueOf(version).startsWith(MAJOR + ".")) {
            throw new FormatException(path, "was written by Keras " + FormatException.quote(String.valueOf(version))
                    + ", supported is " + MAJOR + ".x; load and save it with Keras " + MAJOR);
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
        if (config.get("compile_config") instanceof Map<?, ?> compiled && compiled.get("optimizer") != null) {
            notes.add("the optimizer, loss and metrics it was compiled with are not restored; give them to a Trainer");
        }
        if (weights.hasOptimizer()) {
            notes.add("the optimizer's moments are not restored; a training begins anew");
        }
        return notes;
    }
}
