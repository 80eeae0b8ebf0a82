package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.hdf5.Hdf5Dataset;
import dev.gatun.formats.hdf5.Hdf5Tree;
import dev.gatun.formats.keras.arrays.KerasShards;
import dev.gatun.formats.keras.save.KerasWeightsLayout;
import dev.gatun.formats.keras.training.SavedOptimizer;
import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.formats.weights.ReadWeights;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Weights alone, as {@code model.save_weights("name.weights.h5")} of Keras 3 writes them and {@code model.load_weights} reads
 * them: groups are named after the classes of layers, numbered in the order of the model, whatever the layers are called.
 */
public final class KerasWeightsFile {

    private static final String FIX = "give the weights of a model of the same layers";
    private static final int MOST_SAID = 5;

    private KerasWeightsFile() {}

    /**
     * Writes the weights of a model, whole or not at all. Equal weights give equal bytes.
     *
     * @param model open
     * @param path  written or replaced; Keras wants a name that ends with {@code .weights.h5}
     * @throws NullPointerException if an argument is null
     * @throws IOException          if Keras does not have one of the layers, naming it, or the file cannot be written; the old
     *                              file is intact
     */
    public static void save(Model model, Path path) throws IOException {
        Arguments.required(model, "KerasWeightsFile.save", "model", "an open model");
        Arguments.required(path, "KerasWeightsFile.save", "path", "a file");
        AtomicFile.write(path, layout(model, path).file()::writeTo);
    }

    /**
     * Puts the weights of a file into a model, all of them or none.
     *
     * @param model that was built with the same layers; names may differ
     * @param path  of a {@code .weights.h5} file of Keras 3, of any file system, or of the {@code .weights.json} that lists several,
     *              on the machine's own
     * @return what came from where, and what the file holds besides
     * @throws NullPointerException if an argument is null
     * @throws FormatException      if a weight is missing or of another shape, naming those; the file is no such file; or Keras
     *                              does not have one of the layers. The model is then as it was
     */
    public static ImportReport load(Model model, Path path) throws FormatException {
        Arguments.required(model, "KerasWeightsFile.load", "model", "an open model");
        Arguments.required(path, "KerasWeightsFile.load", "path", "a file");
        return load(model, path, (layout, hdf) -> List.of());
    }

    /**
     * As {@link #load(Model, Path)}, and the state of an optimizer that the file holds goes into the model, so that
     * {@link dev.gatun.layers.train.Trainer#resume} goes on from there. The file does not say which optimizer it is of.
     *
     * @param model     that was built with the same layers; names may differ
     * @param path      of a {@code .weights.h5} file of Keras 3, of any file system
     * @param optimizer as the one that the weights were trained with; the learning rate is the file's, if it has one
     * @return what came from where; a state that is of another optimizer is left out, with a note, and a
     *         training begins anew
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if Keras does not have the optimizer
     * @throws FormatException          as {@link #load(Model, Path)}
     */
    public static ImportReport load(Model model, Path path, Optimizer optimizer) throws FormatException {
        Arguments.required(model, "KerasWeightsFile.load", "model", "an open model");
        Arguments.required(path, "KerasWeightsFile.load", "path", "a file");
        Arguments.required(optimizer, "KerasWeightsFile.load", "optimizer", "for example Adam.rate(0.001)");
        SavedOptimizer given = SavedOptimizer.given(optimizer);
        return load(model, path, (layout, hdf) -> {
            model.network().progress(null); // An earlier training was one of other weights.
            return KerasTraining.into(model, hdf, given, layout.ordered(), Map.of());
        });
    }

    /** What is done about the state of a training once the weights are set. */
    private interface Then {
        List<String> notes(KerasWeightsLayout layout, Hdf5Tree hdf) throws FormatException;
    }

    private static ImportReport load(Model model, Path path, Then then) throws FormatException {
        KerasWeightsLayout layout = layout(model, path);
        return KerasShards.read(FIX, path, hdf -> loaded(model, path, hdf, layout, then));
    }

    private static ImportReport loaded(Model model, Path path, Hdf5Tree hdf, KerasWeightsLayout layout, Then then)
            throws FormatException {
        SequencedMap<String, String> places = layout.places();
        KerasPaths paths = KerasPaths.of(hdf);
        Map<String, Tensor> read = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> unlike = new ArrayList<>();
        for (Weight weight : model.weights()) {
            String place = paths.of(places.get(weight.name()));
            Hdf5Dataset dataset = hdf.dataset(place);
            if (dataset == null) {
                missing.add("'" + weight.name() + "' (" + place + ")");
            } else if (!dataset.shape().equals(weight.shape())) {
                unlike.add("'" + weight.name() + "' of shape " + weight.shape() + ", where " + place + " has "
                        + dataset.shape());
            } else {
                read.put(weight.name(), dataset.tensor());
            }
        }
        if (!missing.isEmpty()) {
            throw hdf.wrong("has no weights for " + said(missing));
        }
        if (!unlike.isEmpty()) {
            throw hdf.wrong("does not fit " + said(unlike));
        }
        new ReadWeights(path.toString(), read).into(model);
        List<String> training = then.notes(layout, hdf);
        List<String> left = KerasGroups.leftOver(hdf, places.values().stream().map(paths::of).toList());
        if (!training.isEmpty()) {
            left.remove(KerasGroups.OPTIMIZER);
        }
        return report(model, path, places, training, left);
    }

    private static KerasWeightsLayout layout(Model model, Path path) throws FormatException {
        try {
            return new KerasWeightsLayout(model);
        } catch (IllegalArgumentException notKerass) {
            throw new FormatException(path, "the model's weights have no place in a file of Keras's: "
                    + FormatException.reason(notKerass)).because(notKerass);
        }
    }

    private static String said(List<String> all) {
        return String.join("; ", all.subList(0, Math.min(MOST_SAID, all.size())))
                + (all.size() > MOST_SAID ? " and " + (all.size() - MOST_SAID) + " more" : "");
    }

    private static ImportReport report(
            Model model, Path path, Map<String, String> places, List<String> training, List<String> leftOver) {
        List<ImportReport.Mapped> layers = new ArrayList<>();
        for (Graph.NamedLayer layer : model.graph().layers()) {
            List<String> lines = layer.built() == null
                    ? List.of()
                    : layer.built().weights().stream().map(spec -> spec.name() + " " + spec.shape() + " <- "
                            + places.get(layer.name() + "/" + spec.name())).toList();
            layers.add(new ImportReport.Mapped(layer.name(), layer.layer().kind(), lines));
        }
        List<String> notes = new ArrayList<>(training);
        if (!leftOver.isEmpty()) {
            notes.add("the file holds besides, and no weight of the model took: " + said(leftOver));
        }
        return new ImportReport(path + " (weights of Keras 3)", layers, notes);
    }
}
