package dev.gatun.formats.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The bytes of a file, read by their places: what another process cuts off meanwhile is missed, and kills no mapping. */
interface Hdf5Bytes {

    /** As many as one read asks for; fits into the second-level cache. */
    int PIECE = 1 << 18;

    /** @return how many bytes there are */
    long size();

    /**
     * Fills a buffer.
     *
     * @throws IOException if there are fewer bytes from the place on
     */
    void read(long place, ByteBuffer into) throws IOException;

    static Hdf5Bytes of(byte[] bytes) {
        return new Hdf5Bytes() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long place, ByteBuffer into) throws IOException {
                if (place < 0 || place > bytes.length - into.remaining()) {
                    throw outside(place);
                }
                into.put(bytes, (int) place, into.remaining());
            }
        };
    }

    static Hdf5Bytes of(FileChannel file) throws IOException {
        long size = file.size();
        return new Hdf5Bytes() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public void read(long place, ByteBuffer into) throws IOException {
                for (long at = place; into.hasRemaining();) {
                    int count = at < 0 ? -1 : file.read(into, at);
                    if (count < 0) {
                        throw outside(place);
                    }
                    at += count;
                }
            }
        };
    }

    private static IOException outside(long place) {
        return new IOException("numbers at byte " + place + " lie outside of the file");
    }

    /** The float32 numbers from a place on, lowest byte first. */
    default float[] floats(long place, int count) throws IOException {
        float[] floats = new float[count];
        ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(PIECE, (long) count * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < count;) {
            int some = Math.min(count - done, piece.capacity() / Float.BYTES);
            piece.clear().limit(some * Float.BYTES);
            read(place + (long) done * Float.BYTES, piece);
            piece.flip().asFloatBuffer().get(floats, done, some);
            done += some;
        }
        return floats;
    }
}
