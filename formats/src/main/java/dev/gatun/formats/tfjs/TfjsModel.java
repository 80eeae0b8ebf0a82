package dev.gatun.formats.tfjs;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.JsonFile;
import dev.gatun.formats.WeightShapes;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A model.json, and what it names, as a model. */
final class TfjsModel {

    /** Said of files that hold it. */
    private static final String NOT_RESTORED = "the optimizer, loss and metrics it was compiled with are not restored;"
            + " give them to a Trainer";

    /** Weights of one byte take four here. */
    private static final int MOST_GROWTH = 4;

    private TfjsModel() {}

    static Imported read(Path file) throws IOException {
        Map<String, Object> json = JsonFile.read(file, "the model.json", "save the model again");
        if ("graph-model".equals(json.get("format"))) {
            throw new FormatException(file, "is a TensorFlow.js graph model, which holds single operations instead of"
                    + " layers; convert the Keras model it was made from with --output_format tfjs_layers_model, or save"
                    + " that with model.save(\"name.keras\")");
        }
        if (!(json.get("modelTopology") instanceof Map<?, ?> topology)) {
            throw new FormatException(file,
                    "has no modelTopology, so it holds weights without a model; save the whole model"
                            + " with model.save");
        }
        Map<String, Object> config = config(file, topology);
        TfjsVersion version = TfjsVersion.of(topology, config);
        ModelNodes nodes;
        Graph graph;
        try {
            nodes = KerasConfig.nodes(config, version.major(), UnaryOperator.identity());
            graph = nodes.graph();
        } catch (RuntimeException unsupported) {
            throw new FormatException(file, unsupported.getMessage() == null
                    ? "its modelTopology is not understood (" + FormatException.reason(unsupported)
                            + "); save the model again"
                    : unsupported.getMessage()).because(unsupported);
        }
        try (TfjsManifest manifest = TfjsManifest.of(file, json.get("weightsManifest"))) {
            long bytes = WeightShapes.bytes(WeightShapes.of(graph));
            if (bytes / MOST_GROWTH > manifest.bytes()) {
                throw new FormatException(file,
                        "describes a model with " + bytes + " bytes of weights, but its files have "
                                + manifest.bytes() + "; copy all of them");
            }
            Model model = Model.zeros(graph);
            try {
                TfjsWeights weights = new TfjsWeights(file, manifest.arrays(), json.get("convertedBy") != null);
                List<ImportReport.Mapped> mapped = weights.fill(model, nodes);
                return new Imported(model,
                        new ImportReport(file + " (TensorFlow.js, Keras " + version.words() + ")", mapped,
                                notes(json, topology, manifest, version), List.of(NOT_RESTORED)));
            } catch (IOException | RuntimeException | Error failed) {
                model.close();
                throw failed;
            }
        }
    }

    /** The converter puts Keras's configuration within one more map. */
    private static Map<String, Object> config(Path file, Map<?, ?> topology) throws FormatException {
        Map<?, ?> config = topology.get("model_config") instanceof Map<?, ?> inner ? inner : topology;
        if (!config.containsKey("class_name")) {
            throw new FormatException(file, "its modelTopology has no layers, only single operations; convert the Keras"
                    + " model it was made from with --output_format tfjs_layers_model");
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        config.forEach((key, value) -> plain.put(String.valueOf(key), value));
        return plain;
    }

    private static List<String> notes(Map<String, Object> json, Map<?, ?> topology, TfjsManifest manifest,
            TfjsVersion version) {
        List<String> notes = new ArrayList<>(manifest.notes());
        if (version.isGuessed()) {
            notes.add("it does not say which Keras wrote it, and is read as of Keras " + version.major()
                    + ", by the form of its layers");
        }
        if (json.get("trainingConfig") != null || topology.get("training_config") != null) {
            notes.add(NOT_RESTORED);
        }
        return notes;
    }
}
