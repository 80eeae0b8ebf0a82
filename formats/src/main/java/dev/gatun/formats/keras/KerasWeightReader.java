package dev.gatun.formats.keras;

import dev.gatun.formats.ForeignFile;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Name;
import dev.gatun.formats.json.JsonKind;
import dev.gatun.formats.keras.arrays.KerasShards;
import dev.gatun.formats.source.LocalCopy;
import dev.gatun.formats.weights.ReadWeights;
import dev.gatun.formats.weights.WeightReader;
import dev.gatun.formats.weights.WeightSource;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads weights out of {@code .weights.h5} files of Keras 3, and of several that a {@code .weights.json} lists. */
public final class KerasWeightReader implements WeightReader {

    private static final String AGAIN = "save the weights again";

    /** Called by {@link java.util.ServiceLoader}; to load weights use {@link dev.gatun.formats.weights.NamedWeights}. */
    public KerasWeightReader() {}

    @Override
    public String name() {
        return "Keras 3 weights";
    }

    /** HDF5 with a group of layers and no list of their names, which older layouts have; or a list of such files. */
    @Override
    public boolean recognises(ModelSource source) throws IOException {
        Arguments.required(source, "KerasWeightReader.recognises", "source", "what ModelSource.of gives");
        if (!LocalCopy.isRepeatable(source)) {
            return false;
        }
        if (source.file().isPresent() && JsonKind.of(source).equals(Optional.of(JsonKind.KERAS_SHARDS))) {
            return true;
        }
        if (!ForeignFile.isHdf5(source)) {
            return false;
        }
        try (LocalCopy file = LocalCopy.of(source, ".h5")) {
            return Hdf5File.read(named(source), file.path(), hdf -> !hdf.hasAttribute("", "layer_names")
                    && !hdf.hasAttribute("", "layer_names0") && !hdf.hasAttribute("", "model_config")
                    && !hdf.hasGroup("model_weights") && !KerasPaths.of(hdf).layers().isEmpty());
        } catch (FormatException damaged) {
            return false; // Its damage is the business of whoever reads it.
        }
    }

    @Override
    public WeightSource open(ModelSource source, Model model, UnaryOperator<String> inModel) throws IOException {
        Arguments.required(source, "KerasWeightReader.open", "source", "what ModelSource.of gives");
        Arguments.required(model, "KerasWeightReader.open", "model", "an open model");
        Arguments.required(inModel, "KerasWeightReader.open", "inModel", "what the model calls a name of the file");
        return KerasShards.read(AGAIN, source, hdf -> new ReadWeights(source.name() + " (weights of Keras 3)",
                new KerasNamedWeights(hdf, model, inModel).tensors()));
    }

    private static Hdf5Name named(ModelSource source) {
        return new Hdf5Name(source.name(), "", AGAIN);
    }
}
