package dev.gatun.formats.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    private final int bytes;

    Hdf5Numbers(int bytes) {
        this.bytes = bytes;
    }

    /**
     * What the numbers of a dataset are.
     *
     * @param hasOpaque whether two bytes without a meaning, which nobody named, may be bfloat16: files of the old layout have no
     *                  attribute for it
     * @return null if they are no such numbers
     */
    static Hdf5Numbers of(Dataset dataset, boolean hasOpaque) {
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
        boolean isSaid = said == null
                ? hasOpaque
                : said.getSizeInBytes() <= LONGEST_NAME && "bfloat16".equals(said.getData());
        boolean isBfloat = isSaid && each == Short.BYTES && dataset instanceof ContiguousDataset;
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
