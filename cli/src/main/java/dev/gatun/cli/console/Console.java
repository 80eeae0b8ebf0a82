package dev.gatun.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;

/**
 * Where words go: results to standard output, progress and remarks to standard error. Quiet drops progress and remarks;
 * with JSON the one object is all that standard output gets.
 */
public final class Console {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean quiet;
    private final boolean json;

    public Console(PrintWriter out, PrintWriter err, boolean quiet, boolean json) {
        this.out = out;
        this.err = err;
        this.quiet = quiet;
        this.json = json;
    }

    /** A result for people; nothing if JSON was asked for. */
    public void result(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    /** What happens on the way, for people; nothing if JSON or quiet was asked for. */
    public void tell(String text) {
        if (!quiet) {
            result(text);
        }
    }

    /** A remark on standard error; nothing if quiet was asked for. */
    public void remark(String text) {
        if (!quiet) {
            err.println(text);
            err.flush();
        }
    }

    /** The object of {@code --json}; nothing if it was not asked for. */
    public void json(Object object) {
        if (json) {
            try {
                out.println(JSON.writeValueAsString(object));
                out.flush();
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("Not plain values: " + object, impossible);
            }
        }
    }

    /** Writes a progress line as it is, without a line's end; nothing if quiet was asked for. */
    public void progress(String text) {
        if (!quiet) {
            err.print(text);
            err.flush();
        }
    }

    public boolean isQuiet() {
        return quiet;
    }
}
