package dev.gatun.formats.json;

import java.io.IOException;

/** A text is not JSON, or asks for more than any model needs. */
public final class JsonException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean isLimit;

    JsonException(String message, boolean isLimit) {
        super(message);
        this.isLimit = isLimit;
    }

    /**
     * What is the matter.
     *
     * @return true if the text goes beyond a limit, and the message says what it does; false if it is not JSON, and the message
     *         says why, and where
     */
    public boolean isLimit() {
        return isLimit;
    }
}
