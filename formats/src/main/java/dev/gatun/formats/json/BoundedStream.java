package dev.gatun.formats.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, which seems to end behind them. */
final class BoundedStream extends FilterInputStream {

    private long left;

    BoundedStream(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        return left-- > 0 ? super.read() : -1;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        if (left <= 0) {
            return -1;
        }
        int got = super.read(target, from, (int) Math.min(count, left));
        left -= Math.max(0, got);
        return got;
    }
}
