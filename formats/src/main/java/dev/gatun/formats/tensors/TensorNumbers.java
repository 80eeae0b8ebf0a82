package dev.gatun.formats.tensors;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.FloatSource;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** The numbers of one tensor in a mapping. */
final class TensorNumbers implements FloatSource {

    private final String file;
    private final MemorySegment mapped;
    private final Dtype dtype;
    private final long beginBytes;
    private final long count;

    /**
     * @param file       for messages
     * @param dtype      a numeric one
     * @param beginBytes where they begin in the mapping
     * @param count      how many there are
     */
    TensorNumbers(String file, MemorySegment mapped, Dtype dtype, long beginBytes, long count) {
        this.file = file;
        this.mapped = mapped;
        this.dtype = dtype;
        this.beginBytes = beginBytes;
        this.count = count;
    }

    /**
     * @throws IndexOutOfBoundsException if the tensor, or the target, ends before
     * @throws FormatException           if the file is shorter than it was when it was opened
     */
    @Override
    public void read(long first, float[] target, int some) throws FormatException {
        Arguments.required(target, "FloatSource.read", "target", "an array");
        Objects.checkFromIndexSize(first, some, count);
        Objects.checkFromIndexSize(0, some, target.length);
        long position = beginBytes + first * (dtype.bits / Byte.SIZE);
        try {
            MappedWindow.toFloats(mapped, dtype, position, MemorySegment.ofArray(target), some);
        } catch (InternalError fault) {
            throw FileBytes.shortened(file, SafetensorsProblem.CHANGED_WHILE_OPEN, fault);
        }
    }
}
