package dev.gatun.formats.tensors;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;

/**
 * The numbers of an .npy file on their way into a tensor.
 *
 * @param file      for messages
 * @param window    on the file
 * @param dtype     of its numbers
 * @param bigEndian whether the most significant byte comes first
 * @param tensor    of floats or whole numbers, without row padding
 */
record NpyNumbers(Object file, MappedWindow window, Dtype dtype, boolean bigEndian, Tensor tensor) {

    /**
     * Copies numbers.
     *
     * @param position byte in the file
     * @param target   index in the tensor of the first
     * @param count    how many
     * @throws FormatException if one is no whole number where these are asked for
     */
    void copy(long position, long target, long count) throws FormatException {
        if (tensor.type() == DataType.FLOAT32) {
            window.toFloats(dtype, bigEndian, position, tensor.segment(), target * Float.BYTES, count);
            return;
        }
        long done = window.toInts(dtype, bigEndian, position, tensor.segment(), target * Integer.BYTES, count);
        if (done < count) {
            double number = window.toDouble(dtype, bigEndian, position + done * (dtype.bits / Byte.SIZE));
            throw new FormatException(file, NpyProblem.NOT_WHOLE, notWhole("number " + (target + done), number));
        }
    }

    /** @param which counted from 0 */
    static String notWhole(String which, double number) {
        return "holds " + number + " as " + which
                + " (counted from 0, row by row), which is no whole number of 32 bits;"
                + " save ids as int32";
    }
}
