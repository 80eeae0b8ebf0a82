package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.ForeignFile;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Name;
import dev.gatun.formats.keras.arrays.ModelWeight;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.formats.keras.arrays.WeightPlaces;
import dev.gatun.formats.source.LocalCopy;
import dev.gatun.formats.weights.ReadWeights;
import dev.gatun.formats.weights.WeightReader;
import dev.gatun.formats.weights.WeightSource;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads weights out of Keras's HDF5 files, be there a model in them or not, in whatever layout its version had: the layers of the
 * model that they are for say what an array is.
 */
public final class LegacyWeightReader implements WeightReader {

    private static final String AGAIN = "save the weights again";

    /** Called by {@link java.util.ServiceLoader}; to load weights use {@link dev.gatun.formats.weights.NamedWeights}. */
    public LegacyWeightReader() {}

    @Override
    public String name() {
        return "Keras HDF5 weights";
    }

    /** HDF5 that lists its layers. */
    @Override
    public boolean recognises(ModelSource source) throws IOException {
        Arguments.required(source, "LegacyWeightReader.recognises", "source", "what ModelSource.of gives");
        if (!ForeignFile.isHdf5(source) || !LocalCopy.isRepeatable(source)) {
            return false;
        }
        try (LocalCopy file = LocalCopy.of(source, ".h5")) {
            return Hdf5File.read(named(source), file.path(), hdf -> hdf.hasGroup("model_weights")
                    || hdf.hasAttribute("", LegacyLayers.LAYERS) || hdf.hasAttribute("", LegacyLayers.LAYERS + "0"));
        } catch (FormatException damaged) {
            return false; // Its damage is the business of whoever reads it.
        }
    }

    @Override
    public WeightSource open(ModelSource source, Model model, UnaryOperator<String> inModel) throws IOException {
        Arguments.required(source, "LegacyWeightReader.open", "source", "what ModelSource.of gives");
        Arguments.required(model, "LegacyWeightReader.open", "model", "an open model");
        Arguments.required(inModel, "LegacyWeightReader.open", "inModel", "what the model calls a name of the file");
        try (LocalCopy file = LocalCopy.of(source, ".h5")) {
            return Hdf5File.read(named(source), file.path(), hdf -> read(source.name(), hdf, model, inModel));
        }
    }

    private static Hdf5Name named(ModelSource source) {
        return new Hdf5Name(source.name(), "", AGAIN);
    }

    private static WeightSource read(String file, Hdf5File hdf, Model model, UnaryOperator<String> inModel)
            throws FormatException {
        LegacyHeader header = LegacyHeader.of(hdf);
        WeightPlaces places = new WeightPlaces(hdf::wrong, header.flipsKernels());
        Map<String, List<ModelWeight>> own = ModelWeight.of(model);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, List<SavedArray>> layer : LegacyLayers.of(hdf, header.config()).arrays().entrySet()) {
            String before = layer.getKey() + "/";
            String renamed = inModel.apply(before);
            List<ModelWeight> weights = renamed.endsWith("/")
                    ? own.getOrDefault(renamed.substring(0, renamed.length() - 1), List.of())
                    : List.of();
            for (Map.Entry<String, SavedArray> each : named(before, weights, layer.getValue(), places).entrySet()) {
                tensors.put(each.getKey(), each.getValue().numbers().read());
            }
        }
        return new ReadWeights(file + " (Keras " + header.version() + ", HDF5)", tensors);
    }

    /** By the names that the model's layer gives them, or, if it is another layer, by their own. */
    private static Map<String, SavedArray> named(
            String before, List<ModelWeight> weights, List<SavedArray> arrays, WeightPlaces places) {
        Map<String, SavedArray> named = new LinkedHashMap<>();
        try {
            for (WeightPlaces.Placed placed : places.of(before, weights, arrays)) {
                named.put(before + placed.weight().name(), placed.array());
            }
        } catch (FormatException others) {
            named.clear();
            for (SavedArray array : arrays) {
                if (named.putIfAbsent(before + lastOf(array.name()), array) != null) {
                    named.put(before + array.name(), array);
                }
            }
        }
        return named;
    }

    /** {@code kernel} of {@code lstm/lstm_cell/kernel:0}. */
    private static String lastOf(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 ? last : last.substring(0, colon);
    }
}
