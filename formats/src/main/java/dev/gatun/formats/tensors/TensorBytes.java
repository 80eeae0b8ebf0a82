package dev.gatun.formats.tensors;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** A tensor's numbers, float32 or int32, little-endian, row-major and without padding, into a channel. */
public final class TensorBytes {

    private static final ValueLayout.OfFloat LITTLE_ENDIAN = JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Large enough that calls to the system do not count, small enough to stay in the second-level cache. */
    private static final int CHUNK_BYTES = 1 << 18;

    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private final MemorySegment memory = MemorySegment.ofBuffer(chunk);
    private final WritableByteChannel out;

    TensorBytes(WritableByteChannel out) {
        this.out = out;
    }

    /**
     * Writes all numbers of a tensor.
     *
     * @param tensor whose numbers are written
     * @param out    takes four bytes for each; stays open
     * @throws NullPointerException  if an argument is null
     * @throws IllegalStateException if the tensor's memory has been freed
     * @throws IOException           what the channel has to say
     */
    public static void write(Tensor tensor, WritableByteChannel out) throws IOException {
        Arguments.required(tensor, "TensorBytes.write", "tensor", "a tensor");
        Arguments.required(out, "TensorBytes.write", "out", "a channel");
        new TensorBytes(out).write(tensor);
    }

    /** @throws IllegalStateException in the tensor's words if its memory has been freed, also by another thread meanwhile */
    void write(Tensor tensor) throws IOException {
        tensor.requireAlive();
        try {
            writeRows(tensor);
        } catch (IllegalStateException freed) {
            tensor.requireAlive();
            throw freed;
        }
    }

    private void writeRows(Tensor tensor) throws IOException {
        if (tensor.shape().elements() == 0) {
            return;
        }
        boolean dense = tensor.rowStride() == tensor.columns();
        long rows = dense ? 1 : tensor.rows();
        long columns = dense ? tensor.shape().elements() : tensor.columns();
        for (long row = 0; row < rows; row++) {
            writeRow(tensor.segment(), tensor.baseBytes() + row * tensor.rowBytes(), columns);
        }
        flush();
    }

    /** Four bytes each, whatever they mean: of whole numbers too they are only put in order. */
    private void writeRow(MemorySegment source, long sourceBytes, long columns) throws IOException {
        long done = 0;
        while (done < columns) {
            if (chunk.remaining() < Float.BYTES) {
                flush();
            }
            int count = (int) Math.min(columns - done, chunk.remaining() / Float.BYTES);
            MemorySegment.copy(
                    source,
                    JAVA_FLOAT_UNALIGNED,
                    sourceBytes + done * Float.BYTES,
                    memory,
                    LITTLE_ENDIAN,
                    chunk.position(),
                    count);
            chunk.position(chunk.position() + count * Float.BYTES);
            done += count;
        }
    }

    private void flush() throws IOException {
        writeAll(out, chunk.flip());
        chunk.clear();
    }

    /** A channel may take less than it is given. */
    static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
