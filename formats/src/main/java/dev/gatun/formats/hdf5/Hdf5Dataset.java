package dev.gatun.formats.hdf5;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteOrder;

/** Numbers of an HDF5 file, which are read when they are asked for. */
public final class Hdf5Dataset {

    private final Hdf5File file;
    private final String path;
    private final Dataset dataset;

    Hdf5Dataset(Hdf5File file, String path, Dataset dataset) {
        this.file = file;
        this.path = path;
        this.dataset = dataset;
    }

    /** Sizes on every axis, as the file has them. */
    public Shape shape() {
        return Shape.of(dataset.getDimensionsAsLong());
    }

    /**
     * What the numbers are in the file.
     *
     * @throws FormatException if they are none that a weight may be
     */
    public Hdf5Numbers numbers() throws FormatException {
        Hdf5Numbers numbers = Hdf5Numbers.of(dataset, file.hasOpaque());
        if (numbers == null) {
            throw file.wrong("has " + path + " as " + dataset.getJavaType().getSimpleName()
                    + ", expected float32, float16, bfloat16 or float64");
        }
        return numbers;
    }

    /**
     * The numbers, as float32. Whoever asks has looked at the shape.
     *
     * @return a new heap tensor
     * @throws FormatException if they are no numbers, or more than the file has bytes
     */
    public Tensor tensor() throws FormatException {
        Hdf5Numbers numbers = numbers();
        file.take(path, dataset.getSizeInBytes());
        if (dataset instanceof ChunkedDataset chunked && chunkBytes(chunked, numbers) > file.size()) {
            throw file.wrong("has " + path + " in pieces of " + chunkBytes(chunked, numbers) + " bytes, but has "
                    + file.size() + " bytes in all");
        }
        return Tensor.of(floats(numbers), shape().toArray());
    }

    /** Whether the numbers are whole, int32 or int64. */
    public boolean isWhole() throws FormatException {
        return numbers() == Hdf5Numbers.WHOLE;
    }

    /**
     * The one number of a dataset without axes, which float32 might not hold.
     *
     * @throws FormatException if there are others, or it is not whole
     */
    public long whole() throws FormatException {
        if (!isWhole() || shape().rank() != 0 || !(dataset.getData() instanceof Number number)) {
            throw file.wrong("has " + path + " of shape " + shape() + ", expected one whole number");
        }
        return number.longValue();
    }

    private float[] floats(Hdf5Numbers numbers) throws FormatException {
        return numbers == Hdf5Numbers.FLOAT32 && dataset instanceof ContiguousDataset contiguous && !dataset.isEmpty()
                && dataset.getDataType() instanceof FloatingPoint type
                && type.getByteOrder() == ByteOrder.LITTLE_ENDIAN
                        ? file.floats(contiguous.getDataAddress(), Math.toIntExact(dataset.getSize()))
                        : numbers.floats(dataset);
    }

    /** Bytes of one piece, or the largest number there is. */
    private static long chunkBytes(ChunkedDataset dataset, Hdf5Numbers numbers) {
        long bytes = numbers.bytes();
        for (int size : dataset.getChunkDimensions()) {
            bytes = size <= 0 || bytes > Long.MAX_VALUE / size ? Long.MAX_VALUE : bytes * size;
        }
        return bytes;
    }
}
