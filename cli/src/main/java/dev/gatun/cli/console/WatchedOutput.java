package dev.gatun.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A stream that remembers what went wrong, for those above it, such as a print writer, keep it to themselves. */
public final class WatchedOutput extends FilterOutputStream {

    private IOException failed;

    /** @param out where all bytes go */
    public WatchedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException first) {
            failed = failed == null ? first : failed;
            throw first;
        }
    }

    /** Why something was not written; nothing if all was, or if the reader had enough and closed the pipe. */
    public Optional<String> failure() {
        return Optional.ofNullable(failed).map(IOException::getMessage).filter(said -> !said.contains("Broken pipe"));
    }
}
