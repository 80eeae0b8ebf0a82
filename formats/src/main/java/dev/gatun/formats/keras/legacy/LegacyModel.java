package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.WeightShapes;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.formats.keras.generations.Generations;
import dev.gatun.formats.keras.training.SavedTraining;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelNodes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A model of its configuration and of the weights in a file, which may be two files. */
final class LegacyModel {

    /** Numbers of half precision take twice as much here. */
    private static final int MOST_GROWTH = 4;
    private static final int KERAS_3 = 3;
    /** Groups of each such file, of which paths on Windows were one name. */
    private static final Set<String> IN_KERAS_3 = Set.of("layers", "_layer_checkpoint_dependencies", "vars");

    private LegacyModel() {}

    /** @throws FormatException if the file has no configuration, or is not sound */
    static Imported of(String file, Hdf5File hdf, boolean withTraining) throws FormatException {
        LegacyHeader header = LegacyHeader.of(hdf);
        if (header.config() == null) {
            throw new FormatException(file, withoutModel(hdf));
        }
        return of(file, hdf, header, withTraining);
    }

    /** What a file without a configuration is, and what to do with it. */
    static String withoutModel(Hdf5File hdf) {
        if (hdf.hasAttribute("", LegacyLayers.LAYERS) || hdf.hasAttribute("", LegacyLayers.LAYERS + "0")) {
            return "holds weights without the model they belong to; build the model and give both to"
                    + " LegacyKerasFormat.load or loadByName, or give the model's JSON and this file to"
                    + " LegacyKerasFormat.of";
        }
        return isOfKeras3(hdf)
                ? "holds weights of Keras 3 without the model they belong to; build the model and load them into it, or"
                        + " save the model with model.save(\"name.keras\")"
                : "is an HDF5 file without a Keras model in it; save the model with model.save(\"name.keras\")";
    }

    /** Whether weights lie in groups and not in lists; those of a class of somebody's own may be called anything. */
    static boolean isOfKeras3(Hdf5File hdf) {
        return !hdf.hasGroup(LegacyLayers.WHOLE_MODEL) && !hdf.hasAttribute("", LegacyLayers.LAYERS)
                && !hdf.hasAttribute("", LegacyLayers.LAYERS + "0") && hdf.names("").stream()
                        .anyMatch(name -> IN_KERAS_3.contains(name.split("[\\\\]", 2)[0]));
    }

    /**
     * @param header       with a configuration, of this file or of another
     * @param withTraining whether the state of a training is read, too
     */
    static Imported of(String file, Hdf5File hdf, LegacyHeader header, boolean withTraining) throws FormatException {
        Map<String, Object> config = header.config();
        ModelNodes nodes;
        Graph graph;
        try {
            Map<String, Object> said = header.major() < KERAS_3
                    ? Generations.zerosWhereNothingCounts(config)
                    : config;
            nodes = KerasConfig.nodes(said, header.major(), UnaryOperator.identity());
            graph = nodes.graph();
        } catch (RuntimeException unsupported) {
            throw new FormatException(file, unsupported.getMessage() == null
                    ? "its configuration is not understood (" + FormatException.reason(unsupported)
                            + "); save the model again"
                    : unsupported.getMessage()).because(unsupported);
        }
        long bytes = WeightShapes.bytes(WeightShapes.of(graph));
        if (bytes / MOST_GROWTH > hdf.size()) {
            throw hdf.wrong("describes a model with " + bytes + " bytes of weights, but has " + hdf.size()
                    + " bytes in all");
        }
        Model model = Model.zeros(graph);
        try {
            LegacyLayers saved = LegacyLayers.of(hdf, config);
            LegacyWeights weights = new LegacyWeights(hdf, saved, header.flipsKernels());
            weights.plan(model, nodes.layers());
            weights.fill();
            List<String> notes = LegacyNotes.of(header, config, weights);
            List<String> ofTraining = withTraining
                    ? new LegacyTraining(hdf, header, saved).into(model)
                    : header.isCompiled() || header.hasOptimizer() ? List.of(SavedTraining.NOT_ASKED_FOR) : List.of();
            notes.addAll(ofTraining);
            return new Imported(model, new ImportReport(file + " (Keras " + header.version() + ", HDF5)",
                    weights.mapped(), notes, ofTraining));
        } catch (FormatException | RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }
}
