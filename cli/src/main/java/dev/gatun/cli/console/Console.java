package dev.gatun.cli.console;

import dev.gatun.formats.PlainJson;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Where words go: results to standard output, progress and remarks to standard error. Quiet drops progress and remarks;
 * with JSON the one object is all that standard output gets.
 *
 * @param out   standard output
 * @param err   standard error
 * @param quiet whether progress and remarks are dropped
 * @param json  whether the object is asked for
 */
public record Console(PrintWriter out, PrintWriter err, boolean quiet, boolean json) {

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
    public void json(Map<String, ?> object) {
        if (json) {
            out.println(PlainJson.inOrder(PlainValues.of(object)));
            out.flush();
        }
    }

    /** Writes a progress line as it is, without a line's end; nothing if quiet was asked for. */
    public void progress(String text) {
        if (!quiet) {
            err.print(text);
            err.flush();
        }
    }
}
