package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.ForeignFile;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.JsonFile;
import dev.gatun.formats.ModelImporter;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Name;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.formats.keras.arrays.KerasShards;
import dev.gatun.formats.source.LocalCopy;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads models in HDF5 ({@code .h5}, {@code .hdf5}, and older {@code .keras} files) as Keras 1, Keras 2, tf.keras and, with
 * {@code model.save("x.h5")}, Keras 3 write them. Of the file only the weights are read; what an optimizer keeps stays where it
 * is unless it is asked for ({@link Imported#withTraining}).
 */
public final class LegacyKerasFormat implements ModelImporter {

    /** Called by {@link java.util.ServiceLoader}; to read a file with its report, use {@link #of}. */
    public LegacyKerasFormat() {}

    @Override
    public String name() {
        return "Keras HDF5";
    }

    @Override
    public List<String> endings() {
        return List.of(".h5", ".hdf5");
    }

    /** By its first bytes, whatever its name. */
    @Override
    public boolean recognises(ModelSource source) {
        Arguments.required(source, "LegacyKerasFormat.recognises", "source", "what ModelSource.of gives");
        return ForeignFile.isHdf5(source);
    }

    /**
     * Reads a file and says what of it became what.
     *
     * @param path of a file of any file system
     * @return to be closed
     * @throws FormatException for any file that is not a sound model in HDF5, or needs a layer or an option that Gatun does not
     *                         have: names it
     */
    public static Imported of(Path path) throws FormatException {
        Arguments.required(path, "LegacyKerasFormat.of", "path", "the path of an .h5 file");
        return new LegacyKerasFormat().read(path);
    }

    /**
     * Reads a model whose configuration and weights lie in two files.
     *
     * @param json    what {@code model.to_json()} gave
     * @param weights what {@code model.save_weights("x.h5")} wrote, or a whole model of which only the weights are taken; or what
     *                Keras 3 writes: {@code x.weights.h5}, or {@code x.weights.json}, which lists several files
     * @return to be closed
     * @throws FormatException for any file that is not sound, or needs what Gatun does not have: names it
     */
    public static Imported of(Path json, Path weights) throws FormatException {
        Arguments.required(json, "LegacyKerasFormat.of", "json", "the path of a model's JSON");
        Arguments.required(weights, "LegacyKerasFormat.of", "weights", "the path of its .h5 file");
        try (ModelSource source = ModelSource.of(weights)) {
            if (KerasShards.isList(source) || opened(source, LegacyModel::isOfKeras3)) {
                return KerasFormat.of(json, weights);
            }
            Map<String, Object> config = JsonFile.read(json, "the configuration", "write it with model.to_json()");
            return opened(source,
                    hdf -> LegacyModel.of(weights.toString(), hdf, LegacyHeader.of(hdf).with(config), false));
        } catch (IOException failed) {
            throw FormatException.unreadable(weights, failed);
        }
    }

    /**
     * Puts the weights of a file into a model, layer after layer in their order, whatever the layers are called.
     *
     * @param model   with as many layers that have weights as the file has, and weights of the same shapes
     * @param weights what {@code model.save_weights("x.h5")} wrote, or a whole model of which only the weights are taken
     * @return what went where
     * @throws FormatException if the file is not sound or its weights are others; the model is as it was
     */
    public static ImportReport load(Model model, Path weights) throws FormatException {
        Arguments.required(model, "LegacyKerasFormat.load", "model", "an open model");
        Arguments.required(weights, "LegacyKerasFormat.load", "weights", "the path of an .h5 file");
        return opened(weights, hdf -> LegacyLoading.inOrder(model, weights.toString(), hdf));
    }

    /**
     * Puts the weights of a file into those layers of a model that have the same names. The report says which layers of the
     * model are not in the file and which of the file are not in the model; neither is an error.
     *
     * @param model   whose layers keep their weights if the file has none of their names
     * @param weights what {@code model.save_weights("x.h5")} wrote, or a whole model of which only the weights are taken
     * @return what went where, and what was left
     * @throws FormatException if the file is not sound, or weights of a layer are others than the model's layer of that name
     *                         has; the model is as it was
     */
    public static ImportReport loadByName(Model model, Path weights) throws FormatException {
        Arguments.required(model, "LegacyKerasFormat.loadByName", "model", "an open model");
        Arguments.required(weights, "LegacyKerasFormat.loadByName", "weights", "the path of an .h5 file");
        return opened(weights, hdf -> LegacyLoading.byName(model, weights.toString(), hdf));
    }

    private static <R> R opened(Path path, Hdf5File.Work<R> work) throws FormatException {
        try (ModelSource source = ModelSource.of(path)) {
            return opened(source, work);
        } catch (IOException failed) {
            throw FormatException.unreadable(path, failed);
        }
    }

    private static <R> R opened(ModelSource source, Hdf5File.Work<R> work) throws FormatException {
        try (LocalCopy file = LocalCopy.of(source, ".h5")) {
            return Hdf5File.read(new Hdf5Name(source.name(), "", "save the model again"), file.path(), work);
        }
    }

    @Override
    public Imported read(ModelSource source) throws FormatException {
        Arguments.required(source, "LegacyKerasFormat.read", "source", "what ModelSource.of gives");
        return opened(source, hdf -> LegacyModel.of(source.name(), hdf, false));
    }

    @Override
    public Imported readWithTraining(ModelSource source) throws FormatException {
        Arguments.required(source, "LegacyKerasFormat.readWithTraining", "source", "what ModelSource.of gives");
        return opened(source, hdf -> LegacyModel.of(source.name(), hdf, true));
    }
}
