package dev.gatun.formats.keras.legacy;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.ModelImporter;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Name;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads models in HDF5 ({@code .h5}, {@code .hdf5}, and older {@code .keras} files) as Keras 1, Keras 2, tf.keras and, with
 * {@code model.save("x.h5")}, Keras 3 write them. Of the file only the weights are read; those of an optimizer stay where they
 * are.
 */
public final class LegacyKerasFormat implements ModelImporter {

    private static final byte[] MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** Where HDF5 begins in a file that has something else in front of it. */
    private static final int USER_BLOCK = 512;

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
        byte[] start = source.start();
        return isAt(start, 0) || isAt(start, USER_BLOCK);
    }

    private static boolean isAt(byte[] start, int place) {
        return start.length >= place + MAGIC.length
                && Arrays.equals(start, place, place + MAGIC.length, MAGIC, 0, MAGIC.length);
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

    @Override
    public Imported read(ModelSource source) throws FormatException {
        Arguments.required(source, "LegacyKerasFormat.read", "source", "what ModelSource.of gives");
        try (LocalCopy file = LocalCopy.of(source)) {
            return Hdf5File.read(new Hdf5Name(source.name(), "", "save the model again"), file.path(),
                    hdf -> LegacyModel.of(source.name(), hdf));
        }
    }
}
