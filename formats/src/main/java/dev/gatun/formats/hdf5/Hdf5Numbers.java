package dev.gatun.formats.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * The numbers of a dataset, in whatever type Keras wrote them. HDF5 has no bfloat16: it is written as two bytes without a meaning,
 * and an attribute says what they are (keras/src/saving/saving_lib.py, {@code H5Entry}).
 */
public enum Hdf5Numbers {
    FLOAT32(Float.BYTES), FLOAT16(Short.BYTES), BFLOAT16(Short.BYTES), FLOAT64(Double.BYTES),
    /** Counts, of int32 or int64. */
    WHOLE(Long.BYTES);

    private static final String TYPE = "dtype";
    /** Longer than the name of any type. */
    private static final long LONGEST_NAME = 64;
    private static final Set<Class<?>> WHOLES = Set.of(int.class, Integer.class, long.class, Long.class);

    /** The message of an object that says its type: two bytes without a meaning and without a name. */
    private static final byte[] OPAQUE = {3, 0, 8, 0, 1, 0, 0, 0, 0x15, 0, 0, 0, 2, 0, 0, 0};
    /** Where in it the class of types stands. */
    private static final int CLASS = 8;
    /** A text of two bytes. */
    private static final byte TEXT = 0x13;

    private final int bytes;

    Hdf5Numbers(int bytes) {
        this.bytes = bytes;
    }

    /**
     * Makes a file with bfloat16 readable: jHDF 0.13.0 stops at a type without a meaning that has no name either ("End of buffer
     * reached before NULL"). As texts of two bytes the numbers lie where they lay.
     *
     * @param file changed
     */
    static void uncover(byte[] file) {
        for (int at = 0; at + OPAQUE.length <= file.length; at++) {
            if (file[at + CLASS] == OPAQUE[CLASS]
                    && Arrays.equals(file, at, at + OPAQUE.length, OPAQUE, 0, OPAQUE.length)) {
                file[at + CLASS] = TEXT;
            }
        }
    }

    /** Null if they are no such numbers. */
    static Hdf5Numbers of(Dataset dataset) {
        Class<?> type = dataset.getJavaType();
        long each = dataset.getSize() == 0 ? 0 : dataset.getSizeInBytes() / dataset.getSize();
        if (type == float.class || type == Float.class) {
            return each == Short.BYTES ? FLOAT16 : FLOAT32;
        }
        if (type == double.class || type == Double.class) {
            return FLOAT64;
        }
        if (WHOLES.contains(type)) {
            return WHOLE;
        }
        Attribute said = dataset.getAttributes().get(TYPE);
        boolean isBfloat = each == Short.BYTES && dataset instanceof ContiguousDataset && said != null
                && said.getSizeInBytes() <= LONGEST_NAME && "bfloat16".equals(said.getData());
        return isBfloat ? BFLOAT16 : null;
    }

    /** Bytes of a number in the file, at most. */
    int bytes() {
        return bytes;
    }

    /** Whether nothing needs to be said of them. */
    public boolean isPlain() {
        return this == FLOAT32 || this == WHOLE;
    }

    /** What becomes of them, for a report. */
    public String words() {
        return "its weights of " + name().toLowerCase(Locale.ROOT) + " are "
                + (this == FLOAT64 ? "rounded to float32" : "read as float32, which holds them exactly");
    }

    float[] floats(Dataset dataset) {
        if (this == BFLOAT16) {
            return widened(((ContiguousDataset) dataset).getBuffer().slice().order(ByteOrder.LITTLE_ENDIAN));
        }
        Object numbers = dataset.getDataFlat();
        return switch (numbers) {
            case float[] floats -> floats;
            case Number number -> new float[] {number.floatValue()};
            default -> rounded(numbers);
        };
    }

    /** Of an array of any numbers. */
    private static float[] rounded(Object numbers) {
        float[] floats = new float[Array.getLength(numbers)];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((Number) Array.get(numbers, i)).floatValue();
        }
        return floats;
    }

    /** The upper halves of float32. */
    private static float[] widened(ByteBuffer halves) {
        float[] floats = new float[halves.remaining() / Short.BYTES];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.intBitsToFloat(halves.getShort(i * Short.BYTES) << Short.SIZE);
        }
        return floats;
    }
}
